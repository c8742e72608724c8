// Owns how a thread that only reads opens the database file, which is there and migrated.
import SqliteDatabase from 'better-sqlite3'
import type { Database } from './schema.ts'
import { kyselyOn } from './sqlite.ts'

/** Readers of a database in WAL wait only while it is recovered. */
const BUSY_TIMEOUT_MS = 5000
/** What is read is read once, and the system keeps the file's pages in memory too. */
const CACHE_KIB = 1024

/** Throws SQLite's own errors. */
export function openSqliteReader(path: string): Database {
  const options = { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS }
  const database = new SqliteDatabase(path, options)
  database.pragma(`cache_size = -${CACHE_KIB}`)
  return kyselyOn(database)
}
