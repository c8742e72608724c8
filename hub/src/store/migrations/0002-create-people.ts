// Creates the tables of people: better-auth's own (it says their shape, a test compares) and one-time sign-in links.
import { type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('person')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('email_verified', 'integer', (column) => column.notNull())
    .addColumn('image', 'text')
    .addColumn('created_at', 'date', (column) => column.notNull())
    .addColumn('updated_at', 'date', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('person_session')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('expires_at', 'date', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull().unique())
    .addColumn('created_at', 'date', (column) => column.notNull())
    .addColumn('updated_at', 'date', (column) => column.notNull())
    .addColumn('ip_address', 'text')
    .addColumn('user_agent', 'text')
    .addColumn('person_id', 'text', (column) =>
      column.notNull().references('person.id').onDelete('cascade'),
    )
    .execute()
  await db.schema
    .createIndex('person_session_person_id_idx')
    .on('person_session')
    .column('person_id')
    .execute()
  await db.schema
    .createTable('person_account')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('provider_id', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) =>
      column.notNull().references('person.id').onDelete('cascade'),
    )
    .addColumn('access_token', 'text')
    .addColumn('refresh_token', 'text')
    .addColumn('id_token', 'text')
    .addColumn('access_token_expires_at', 'date')
    .addColumn('refresh_token_expires_at', 'date')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .addColumn('created_at', 'date', (column) => column.notNull())
    .addColumn('updated_at', 'date', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('person_account_person_id_idx')
    .on('person_account')
    .column('person_id')
    .execute()
  await db.schema
    .createTable('person_verification')
    .addColumn('id', 'text', (column) => column.notNull().primaryKey())
    .addColumn('identifier', 'text', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'date', (column) => column.notNull())
    .addColumn('created_at', 'date', (column) => column.notNull())
    .addColumn('updated_at', 'date', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('person_verification_identifier_idx')
    .on('person_verification')
    .column('identifier')
    .execute()
  await db.schema
    .createTable('sign_in_link')
    .addColumn('token_sha256', 'text', (column) => column.primaryKey())
    .addColumn('expires_ms', 'integer', (column) => column.notNull())
    .execute()
}
