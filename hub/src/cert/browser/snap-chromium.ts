// Owns what is known of Chromium as a snap, which Ubuntu installs: where it may write, and why it does not start for a service.
import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Ubuntu's own `chromium-browser` is a script of some lines that starts the snap. */
const MAX_SCRIPT_BYTES = 2_000

/** Whether the program is a snap, or a script that starts one. */
export function isSnap(program: string): boolean {
  try {
    const file = realpathSync(program)
    return program.startsWith('/snap/') || file.endsWith('/snap') || isScriptOfSnap(file)
  } catch {
    // It is not there, or cannot be read: whoever starts it finds out.
    return false
  }
}

function isScriptOfSnap(file: string): boolean {
  const beginning = Buffer.alloc(MAX_SCRIPT_BYTES)
  const descriptor = openSync(file, 'r')
  try {
    const text = beginning.toString('latin1', 0, readSync(descriptor, beginning))
    return text.startsWith('#!') && text.includes('/snap/bin/')
  } finally {
    closeSync(descriptor)
  }
}

/**
 * A folder that the snap and the hub see alike: a snap has a `/tmp` of its own and may not look into hidden folders, so that
 * a profile elsewhere would stay there when its run is over. Undefined where the snap has never run for this user.
 */
export function snapFolder(home = homedir()): string | undefined {
  const folder = join(home, 'snap', 'chromium', 'common')
  return existsSync(folder) ? folder : undefined
}

/** What somebody may do when it does not start. */
export const SNAP_ADVICE =
  'it is a snap, which does not start for a service or for a user without a folder in /home; ' +
  'name another with VIGIE_CHROMIUM, such as that of "npx playwright install chromium"'
