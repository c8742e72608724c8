// Creates what is kept of how advisories are followed up: the mails that told them, what people did, and hosts that are no
// longer concerned.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('advisory_mail')
    .addColumn('news_id', 'integer', (column) => column.notNull())
    .addColumn('mail_id', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('advisory_mail_key', ['news_id', 'mail_id'])
    .execute()
  await db.schema
    .createIndex('advisory_mail_of_mail')
    .on('advisory_mail')
    .column('mail_id')
    .execute()
  await db.schema
    .createTable('advisory_entry')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('time_ms', 'integer', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('who', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text')
    .addColumn('state', 'text')
    .addColumn('content', 'text')
    .execute()
  await db.schema
    .createIndex('advisory_entry_reference')
    .on('advisory_entry')
    .columns(['reference', 'id'])
    .execute()
  await db.schema
    .createTable('advisory_past_verdict')
    .addColumn('reference', 'text', (column) => column.notNull())
    .addColumn('host_id', 'integer', (column) => column.notNull())
    .addColumn('verdict', 'text', (column) => column.notNull())
    .addColumn('gone_ms', 'integer', (column) => column.notNull())
    .addColumn('package_json', 'text')
    .addPrimaryKeyConstraint('advisory_past_verdict_key', ['reference', 'host_id'])
    .execute()
}
