// Owns the data directory as a place: made when it is not there, and one hub's alone while that hub runs.
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { lockDirectory, type DirectoryLock } from './store/directory-lock.ts'

/** Another hub runs on the data directory. */
export class DirectoryInUseError extends Error {
  constructor(path: string) {
    super(`${path} is in use by another hub: stop that one, or set VIGIE_DATA to another directory`)
    this.name = 'DirectoryInUseError'
  }
}

/**
 * Makes the directory if need be and takes it for this process; it is free again when the lock is closed or the process
 * dies. Throws a {@link DirectoryInUseError}, or the system's or SQLite's own error.
 */
export async function takeDataDirectory(path: string): Promise<DirectoryLock> {
  await makeDirectory(path)
  const lock = lockDirectory(path)
  if (!lock) throw new DirectoryInUseError(path)
  return lock
}

// Level by level: Node's own recursive mkdir never ends where the file system takes no directories, as in /proc.
async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return
    const parent = dirname(path)
    if (code !== 'ENOENT' || parent === path) throw error
    await makeDirectory(parent)
    await mkdir(path, { mode: 0o700 })
  }
}
