// Owns how much room there is: what the database takes on its disk, and what that disk has left.
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface DiskRoom {
  /** The database with its log (`-wal`). */
  readonly databaseBytes: number
  /** What this user may still write to the file system. */
  readonly freeBytes: number
  readonly diskBytes: number
}

export async function diskRoom(databasePath: string): Promise<DiskRoom> {
  const [file, log] = await Promise.all([databasePath, `${databasePath}-wal`].map(sizeOf))
  const disk = await statfs(dirname(databasePath))
  return {
    databaseBytes: (file ?? 0) + (log ?? 0),
    freeBytes: disk.bavail * disk.bsize,
    diskBytes: disk.blocks * disk.bsize,
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}
