// Counts runs of the CERT watch that saw with something wrong, beside those that could not see.
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('advisory_source')
    .addColumn('troubled_in_a_row', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('advisory_source').addColumn('troubled_since_ms', 'integer').execute()
  // What was told was that it could not see.
  await sql`update advisory_source set troubled_in_a_row = failed_in_a_row,
    troubled_since_ms = failing_since_ms, is_failure_told = is_failure_told * 2`.execute(db)
}
