// Owns the lock by which one hub at a time has a data directory.
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'

export interface DirectoryLock {
  close(): void
}

const LOCK_FILE = 'hub.lock'

/**
 * Takes the lock, or returns undefined when another hub has it. It is a transaction that never writes, on a database of
 * its own: SQLite locks files on every system, and such a lock ends with its process, however that ends.
 */
export function lockDirectory(path: string): DirectoryLock | undefined {
  const database = new SqliteDatabase(join(path, LOCK_FILE), { timeout: 0 })
  try {
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined
    throw error
  }
  return { close: () => void database.close() }
}
