// Notes which sessions were begun by what stands for both factors. Of those of before it is not known.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('person_session').addColumn('is_proven', 'integer').execute()
}
