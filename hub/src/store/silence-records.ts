// Owns when nobody wants mail, as it is kept: silences, and maintenance windows that come again and again.
import type { MaintenanceDraft, Silence, SilenceMatch } from '@vigie/shared/api/silence'
import type { Selectable } from 'kysely'
import type { SilenceStore } from '../alerts/ports.ts'
import type { Database, MaintenanceTable, SilenceTable } from './schema.ts'

export function createSilenceRecords(db: Database): SilenceStore {
  return {
    async list(endsAfterMs) {
      const rows = await db
        .selectFrom('silence')
        .selectAll()
        .where('ends_ms', '>', endsAfterMs)
        .orderBy('ends_ms')
        .orderBy('id')
        .execute()
      return rows.map(silenceOf)
    },

    async create({ scope, ruleIds, startsMs, endsMs, comment }, by, createdMs) {
      const match: SilenceMatch = { scope, ruleIds }
      const row = await db
        .insertInto('silence')
        .values({
          match_json: JSON.stringify(match),
          starts_ms: startsMs,
          ends_ms: endsMs,
          comment,
          created_by: by,
          created_ms: createdMs,
        })
        .returningAll()
        .executeTakeFirstOrThrow()
      return silenceOf(row)
    },

    async end(id, endsMs) {
      const { numUpdatedRows } = await db
        .updateTable('silence')
        .set({ ends_ms: endsMs })
        .where('id', '=', id)
        .where('ends_ms', '>', endsMs)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async windows() {
      const rows = await db.selectFrom('maintenance').selectAll().orderBy('id').execute()
      return rows.map(windowOf)
    },

    async createWindow(draft) {
      const row = await db
        .insertInto('maintenance')
        .values({ draft_json: JSON.stringify(draft) })
        .returningAll()
        .executeTakeFirstOrThrow()
      return windowOf(row)
    },

    async changeWindow(id, draft) {
      const row = await db
        .updateTable('maintenance')
        .set({ draft_json: JSON.stringify(draft) })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && windowOf(row)
    },

    async deleteWindow(id) {
      const { numDeletedRows } = await db
        .deleteFrom('maintenance')
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function silenceOf(row: Selectable<SilenceTable>): Silence {
  return {
    ...(JSON.parse(row.match_json) as SilenceMatch),
    id: row.id,
    startsMs: row.starts_ms,
    endsMs: row.ends_ms,
    comment: row.comment,
    createdBy: row.created_by,
    createdMs: row.created_ms,
  }
}

function windowOf(row: Selectable<MaintenanceTable>) {
  return { ...(JSON.parse(row.draft_json) as MaintenanceDraft), id: row.id }
}
