// Owns the constants that the kernel gives each process at its start (man 3 getauxval) and that /proc counts in.
import { readFileSync } from 'node:fs'
import os from 'node:os'

const AT_PAGESZ = 6n
const AT_CLKTCK = 17n

export interface KernelUnits {
  readonly pageBytes: number
  /** Ticks per second of the times in /proc/[pid]/stat. */
  readonly ticksPerS: number
}

/** Reads the units of this machine; those of nearly all machines where the kernel does not tell. */
export function readKernelUnits(): KernelUnits {
  const found = new Map<bigint, bigint>()
  try {
    const bytes = readFileSync('/proc/self/auxv')
    for (let at = 0; at + 16 <= bytes.length; at += 16) {
      found.set(word(bytes, at), word(bytes, at + 8))
    }
  } catch {
    // Some sandboxes hide the file.
    found.clear()
  }
  return {
    pageBytes: Number(found.get(AT_PAGESZ) ?? 4096n),
    ticksPerS: Number(found.get(AT_CLKTCK) ?? 100n),
  }
}

function word(bytes: Buffer, at: number): bigint {
  return os.endianness() === 'LE' ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)
}
