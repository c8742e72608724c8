// Deletes the hours that were sealed in a form that no release has had and nobody reads any more. Rows stay.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of ['sealed_part', 'sealed_hour']) {
    await db.deleteFrom(table as never).execute()
  }
}
