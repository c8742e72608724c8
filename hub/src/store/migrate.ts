// Owns bringing a database to this version's schema, and refusing one that a newer version has written.
import { sql } from 'kysely'
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration'
import { MIGRATIONS } from './migrations.ts'
import type { Database } from './schema.ts'
import { isDatabaseFault } from './sqlite-file.ts'

/** The database has migrations that this version does not know. */
export class NewerDatabaseError extends Error {
  constructor(unknown: readonly string[]) {
    super(
      `the database was written by a newer version (it has ${unknown.join(', ')}); upgrade the hub, or restore an older backup`,
    )
    this.name = 'NewerDatabaseError'
  }
}

/** Runs what has not run yet, all of it or nothing. Throws {@link NewerDatabaseError}, SQLite's own error, or that a migration failed. */
export async function migrate(db: Database): Promise<void> {
  // A command beside a busy hub should not wait for the write lock to learn that there is nothing to do.
  if ((await pendingMigrations(db)).length === 0) return
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  })
  const { error } = await migrator.migrateToLatest()
  // A full disk or a lock is no fault of the migration, and is told as what it is.
  if (isDatabaseFault(error)) throw error
  if (error !== undefined) throw new Error('a migration of the database failed', { cause: error })
}

/** What a database of an older version still needs. Throws {@link NewerDatabaseError} for one of a newer version. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const executed = await executedMigrations(db)
  const unknown = executed.filter((name) => !(name in MIGRATIONS))
  if (unknown.length > 0) throw new NewerDatabaseError(unknown)
  return Object.keys(MIGRATIONS).filter((name) => !executed.includes(name))
}

async function executedMigrations(db: Database): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE)) return []
  const table = sql.table(DEFAULT_MIGRATION_TABLE)
  const { rows } = await sql<{ name: string }>`select name from ${table} order by name`.execute(db)
  return rows.map((row) => row.name)
}
