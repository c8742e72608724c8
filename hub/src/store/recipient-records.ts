// Owns who is mailed, as people have set it up here.
import type { Recipient, RecipientDraft } from '@vigie/shared/api/mail'
import type { Locale } from '@vigie/shared/format/locale'
import type { Database } from './schema.ts'

export type RecipientRecord = Omit<Recipient, 'isFromSettings'>

export function createRecipientRecords(db: Database) {
  return {
    /** By address. */
    async list(): Promise<RecipientRecord[]> {
      const rows = await db.selectFrom('recipient').selectAll().orderBy('address').execute()
      return rows.map((row) => ({
        address: row.address,
        locale: row.locale as Locale,
        zone: row.zone,
        isDefault: row.is_default === 1,
        getsWeekly: row.gets_weekly === 1,
      }))
    },

    /** New, or instead of what was said of that address. */
    async put(address: string, draft: RecipientDraft): Promise<void> {
      const said = {
        locale: draft.locale,
        zone: draft.zone,
        is_default: draft.isDefault ? 1 : 0,
        gets_weekly: draft.getsWeekly ? 1 : 0,
      }
      await db
        .insertInto('recipient')
        .values({ address, ...said })
        .onConflict((conflict) => conflict.column('address').doUpdateSet(said))
        .execute()
    },

    /** False when there is none with that address. */
    async delete(address: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('recipient')
        .where('address', '=', address)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

export type RecipientRecords = ReturnType<typeof createRecipientRecords>
