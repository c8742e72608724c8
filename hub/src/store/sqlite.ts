// Owns everything that only SQLite understands: how its file is opened, tuned, tended and closed.
import type { Database as SqliteFile } from 'better-sqlite3'
import { Kysely, sql } from 'kysely'
import type { Database, Schema } from './schema.ts'
import { HubSqliteDialect } from './sqlite-dialect.ts'
import { openSqliteFile, type SqliteOptions } from './sqlite-file.ts'

export { isDatabaseFault } from './sqlite-file.ts'

/** Opens or makes the database file for this thread's own use. A commit is on the disk when it returns. */
export function openSqlite(options: SqliteOptions): Database {
  return kyselyOn(openSqliteFile(options))
}

export function kyselyOn(database: SqliteFile): Database {
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
