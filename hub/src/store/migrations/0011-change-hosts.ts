// Lets agents' keys be revoked, hosts be retired, merged and deleted, and machines wait until somebody approves them.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['revoked_ms', 'retired_ms', 'going_ms', 'merging_into']) {
    await db.schema.alterTable('host').addColumn(column, 'integer').execute()
  }
  await db.schema.alterTable('enrolment').addColumn('replaces_host_id', 'integer').execute()
  await db.schema
    .alterTable('enrolment')
    .addColumn('max_uses', 'integer', (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema
    .alterTable('enrolment')
    .addColumn('uses', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createTable('revoked_key')
    .addColumn('public_key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('revoked_ms', 'integer', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('waiting_machine')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('public_key', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text')
    .addColumn('replaces_host_id', 'integer')
    .addColumn('enrolment_id', 'text', (column) => column.notNull())
    .addColumn('hostname', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('boot_id', 'text', (column) => column.notNull())
    .addColumn('agent_version', 'text', (column) => column.notNull())
    .addColumn('interval_ms', 'integer', (column) => column.notNull())
    .addColumn('asked_ms', 'integer', (column) => column.notNull())
    .execute()
}
