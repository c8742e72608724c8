// Owns a file that only takes room: given up when the disk is full, so that there is some to delete with.
import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export const RESERVE_FILE = 'vigie.reserve'
export const RESERVE_BYTES = 8 * 2 ** 20

/** Makes the file where there is none. */
export async function keepReserve(dataDirectory: string): Promise<void> {
  const path = join(dataDirectory, RESERVE_FILE)
  if (await exists(path)) return
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    // What is random takes its room on file systems that compress, too.
    await file.writeFile(randomBytes(RESERVE_BYTES))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}

export async function giveUpReserve(dataDirectory: string): Promise<void> {
  for (const name of [RESERVE_FILE, `${RESERVE_FILE}.new`]) {
    await rm(join(dataDirectory, name), { force: true })
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
