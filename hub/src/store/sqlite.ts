// Owns Kysely on an SQLite file of this thread's own.
import type { Database as SqliteFile } from 'better-sqlite3'
import { Kysely } from 'kysely'
import type { Database, Schema } from './schema.ts'
import { HubSqliteDialect } from './sqlite-dialect.ts'
import { openSqliteFile, type SqliteOptions } from './sqlite-file.ts'

export { isDatabaseBusy, isDatabaseFault } from './sqlite-file.ts'

/** Opens or makes the database file for this thread's own use. A commit is on the disk when it returns. */
export function openSqlite(options: SqliteOptions): Database {
  return kyselyOn(openSqliteFile(options))
}

export function kyselyOn(database: SqliteFile): Database {
  return new Kysely<Schema>({ dialect: new HubSqliteDialect({ database }) })
}
