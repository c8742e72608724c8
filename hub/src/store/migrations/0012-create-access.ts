// Creates what lets people in and says what they did: the second factor (its shape is better-auth's, a test compares),
// codes that were used, invites, and the audit log.
import { type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('person').addColumn('two_factor_enabled', 'integer').execute()
  await db.schema
    .createTable('person_second_factor')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('secret', 'text', (column) => column.notNull())
    .addColumn('backup_codes', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) =>
      column.notNull().references('person.id').onDelete('cascade'),
    )
    .addColumn('verified', 'integer')
    .addColumn('failed_count', 'integer')
    .addColumn('locked_until', 'date')
    .execute()
  for (const column of ['secret', 'person_id']) {
    await db.schema
      .createIndex(`person_second_factor_${column}_idx`)
      .on('person_second_factor')
      .column(column)
      .execute()
  }
  await db.schema
    .createTable('used_code')
    .addColumn('person_id', 'text', (column) =>
      column.notNull().references('person.id').onDelete('cascade'),
    )
    .addColumn('code_sha256', 'text', (column) => column.notNull())
    .addColumn('used_ms', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('used_code_key', ['person_id', 'code_sha256'])
    .execute()
  await db.schema
    .createTable('invite')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('token_sha256', 'text', (column) => column.notNull().unique())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.references('person.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('host_tags_json', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_ms', 'integer', (column) => column.notNull())
    .addColumn('expires_ms', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('audit_entry')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('time_ms', 'integer', (column) => column.notNull())
    .addColumn('actor_kind', 'text', (column) => column.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('actor_name', 'text')
    .addColumn('address', 'text')
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('target', 'text')
    .addColumn('detail', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('audit_entry_time').on('audit_entry').column('time_ms').execute()
}
