// Lets a person or a token see only hosts with certain tags, and a token end by itself.
import { type Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('person').addColumn('host_tags_json', 'text').execute()
  await db.schema.alterTable('api_token').addColumn('host_tags_json', 'text').execute()
  await db.schema.alterTable('api_token').addColumn('expires_ms', 'integer').execute()
}
