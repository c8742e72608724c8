// Creates what the spine needs: hosts, their series tables and ticks, enrolments, events and the hub's own runs.
import { sql, type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('host')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('public_key', 'text', (column) => column.notNull().unique())
    .addColumn('created_ms', 'integer', (column) => column.notNull())
    .addColumn('boot_id', 'text')
    .addColumn('agent_version', 'text', (column) => column.notNull())
    .addColumn('interval_ms', 'integer', (column) => column.notNull())
    .addColumn('inventory_json', 'text')
    .addColumn('inventory_hash', 'text')
    .addColumn('last_seen_ms', 'integer')
    .addColumn('goodbye', 'text')
    .execute()
  await db.schema
    .createTable('series_table')
    .addColumn('host_id', 'integer', (column) => column.notNull().references('host.id'))
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('keys_json', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('series_table_key', ['host_id', 'revision'])
    .execute()
  // No foreign key: it would be looked up for each of some hundred thousand rows an hour.
  await db.schema
    .createTable('tick')
    .addColumn('host_id', 'integer', (column) => column.notNull())
    .addColumn('time_ms', 'integer', (column) => column.notNull())
    .addColumn('payload', 'blob', (column) => column.notNull())
    .addPrimaryKeyConstraint('tick_key', ['host_id', 'time_ms'])
    .modifyEnd(sql`without rowid`)
    .execute()
  await db.schema
    .createTable('enrolment')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('secret_sha256', 'text', (column) => column.notNull())
    .addColumn('name', 'text')
    .addColumn('created_ms', 'integer', (column) => column.notNull())
    .addColumn('expires_ms', 'integer', (column) => column.notNull())
    .addColumn('used_ms', 'integer')
    .addColumn('host_id', 'integer', (column) => column.references('host.id'))
    .execute()
  await db.schema
    .createTable('event')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('time_ms', 'integer', (column) => column.notNull())
    .addColumn('host_id', 'integer', (column) => column.notNull().references('host.id'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('detail', 'text')
    .execute()
  await db.schema
    .createIndex('event_host_time')
    .on('event')
    .columns(['host_id', 'time_ms'])
    .execute()
  await db.schema
    .createTable('hub_run')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('started_ms', 'integer', (column) => column.notNull())
    .addColumn('heartbeat_ms', 'integer', (column) => column.notNull())
    .addColumn('stopped_ms', 'integer')
    .execute()
}
