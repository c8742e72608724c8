// Owns the name of this run of the kernel: it changes when the machine has booted and at no other time.
import { readFile } from 'node:fs/promises'
import os from 'node:os'

/** The kernel's boot id; where there is none, the minute of the boot. */
export async function readBootId(): Promise<string> {
  try {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    return `boot-${Math.round((Date.now() / 1000 - os.uptime()) / 60)}`
  }
}
