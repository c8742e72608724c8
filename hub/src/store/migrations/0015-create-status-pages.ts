// Creates the pages that anybody may read who has their address. One that was made is off until somebody switches it on.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('status_page')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('slug', 'text', (column) => column.notNull().unique())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('text', 'text', (column) => column.notNull())
    .addColumn('host_tags_json', 'text')
    .addColumn('names', 'text', (column) => column.notNull())
    .addColumn('is_on', 'integer', (column) => column.notNull())
    .addColumn('ends_ms', 'integer')
    .addColumn('created_ms', 'integer', (column) => column.notNull())
    .execute()
}
