// Owns how a thread that only reads opens the database file, which is there and migrated.
import SqliteDatabase from 'better-sqlite3'
import type { Database } from './schema.ts'
import { kyselyOn } from './sqlite.ts'

/** Readers of a database in WAL wait only while it is recovered. */
const BUSY_TIMEOUT_MS = 5000

/** Throws SQLite's own errors. */
export function openSqliteReader(path: string): Database {
  return kyselyOn(
    new SqliteDatabase(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS }),
  )
}
