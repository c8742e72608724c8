// Keeps what a host's list of packages lacks, as JSON. Of a whole list it is null, which SQLite reads without what is before it.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('package_list').addColumn('incomplete_json', 'text').execute()
}
