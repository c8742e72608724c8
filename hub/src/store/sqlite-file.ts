// Owns how the database file is opened and tuned, whichever thread or process opens it.
import SqliteDatabase from 'better-sqlite3'

export interface SqliteOptions {
  readonly path: string
  /** How long a statement waits, blocking its thread, for whoever else holds the write lock. */
  readonly busyTimeoutMs: number
}

/** Opens or makes the file. A commit is on the disk when it returns, power cut or not. */
export function openSqliteFile({ path, busyTimeoutMs }: SqliteOptions): SqliteDatabase.Database {
  const database = new SqliteDatabase(path, { timeout: busyTimeoutMs })
  try {
    // auto_vacuum only takes on an empty file, before anything else is written to it.
    database.pragma('auto_vacuum = INCREMENTAL')
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = FULL')
    database.pragma('foreign_keys = ON')
    database.pragma('temp_store = MEMORY')
    database.pragma('journal_size_limit = 67108864')
  } catch (cause) {
    database.close()
    throw cause
  }
  return database
}

/** Whether an error is the database's own (a full disk, a lock, a broken file) rather than a bug of ours. */
export function isDatabaseFault(error: unknown): error is Error & { code: string } {
  return error instanceof SqliteDatabase.SqliteError
}

/** Whether somebody else held the write lock for longer than this connection waits. */
export function isDatabaseBusy(error: unknown): boolean {
  return isDatabaseFault(error) && error.code.startsWith('SQLITE_BUSY')
}
