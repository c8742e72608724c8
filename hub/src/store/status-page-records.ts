// Owns status pages as they are kept.
import type { Insertable, Selectable } from 'kysely'
import type { StatusPageRecord, StatusPageStore } from '../status-pages/ports.ts'
import type { Database, StatusPageTable } from './schema.ts'

export function createStatusPageRecords(db: Database): StatusPageStore {
  return {
    async list() {
      const rows = await db.selectFrom('status_page').selectAll().orderBy('id').execute()
      return rows.map(recordOf)
    },

    async create(page) {
      const row = await db
        .insertInto('status_page')
        .values(rowOf(page))
        .returningAll()
        .executeTakeFirstOrThrow()
      return recordOf(row)
    },

    async replace({ id, ...page }) {
      await db.updateTable('status_page').set(rowOf(page)).where('id', '=', id).execute()
    },

    async delete(id) {
      await db.deleteFrom('status_page').where('id', '=', id).execute()
    },
  }
}

function rowOf(page: Omit<StatusPageRecord, 'id'>): Insertable<StatusPageTable> {
  return {
    slug: page.slug,
    title: page.title,
    text: page.text,
    host_tags_json: page.hostTags === null ? null : JSON.stringify(page.hostTags),
    names: page.names,
    is_on: page.isOn ? 1 : 0,
    ends_ms: page.endsMs,
    created_ms: page.createdMs,
  }
}

function recordOf(row: Selectable<StatusPageTable>): StatusPageRecord {
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    text: row.text,
    hostTags: row.host_tags_json === null ? null : (JSON.parse(row.host_tags_json) as string[]),
    // Whatever else may stand there shows less, not more.
    names: row.names === 'shown' ? 'shown' : 'hidden',
    isOn: row.is_on === 1,
    endsMs: row.ends_ms,
    createdMs: row.created_ms,
  }
}
