// Creates what is kept of the packages that hosts have installed: a list a host, compressed as one.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('package_list')
    .addColumn('host_id', 'integer', (column) =>
      column.primaryKey().notNull().references('host.id').onDelete('cascade'),
    )
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('read_ms', 'integer', (column) => column.notNull())
    .addColumn('packages', 'integer', (column) => column.notNull())
    // What is large comes last: SQLite reads a row from its beginning.
    .addColumn('payload', 'blob', (column) => column.notNull())
    .execute()
}
