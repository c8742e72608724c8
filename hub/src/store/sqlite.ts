// Owns everything that only SQLite understands: how its file is opened, tuned, tended and closed.
import SqliteDatabase from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import type { Database, Schema } from './schema.ts'
import { HubSqliteDialect } from './sqlite-dialect.ts'

export interface SqliteOptions {
  readonly path: string
  /** How long a statement waits, blocking this process, for another process that holds the write lock. */
  readonly busyTimeoutMs: number
}

/** Opens or makes the database file. A commit is on the disk when it returns, power cut or not. */
export function openSqlite({ path, busyTimeoutMs }: SqliteOptions): Database {
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
  return new Kysely<Schema>({ dialect: new HubSqliteDialect({ database }) })
}

/** Gives up to `pages` free pages back to the file system. */
export async function giveSpaceBack(db: Database, pages: number): Promise<void> {
  await sql`pragma incremental_vacuum(${sql.lit(pages)})`.execute(db)
}

/** Refreshes the planner's statistics where they are stale; cheap, meant to run now and then. */
export async function optimize(db: Database): Promise<void> {
  await sql`pragma optimize`.execute(db)
}

/** Whether an error is the database's own (a full disk, a lock, a broken file) rather than a bug of ours. */
export function isDatabaseFault(error: unknown): error is Error & { code: string } {
  return error instanceof SqliteDatabase.SqliteError
}
