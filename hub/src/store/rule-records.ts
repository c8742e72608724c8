// Owns the rules as they are kept.
import type { Rule, RuleDraft } from '@vigie/shared/api/rule'
import type { Selectable } from 'kysely'
import type { RuleStore } from '../alerts/ports.ts'
import type { Database, RuleTable } from './schema.ts'

export function createRuleRecords(db: Database): RuleStore {
  return {
    async list() {
      const rows = await db.selectFrom('rule').selectAll().orderBy('id').execute()
      return rows.map(ruleOf)
    },

    async keysEverWritten() {
      const rows = await db.selectFrom('rule_key').select('key').execute()
      return new Set(rows.map(({ key }) => key))
    },

    create(draft, changedMs, key) {
      return db.transaction().execute(async (transaction) => {
        if (key !== undefined) await transaction.insertInto('rule_key').values({ key }).execute()
        const row = await transaction
          .insertInto('rule')
          .values({ key: key ?? null, draft_json: JSON.stringify(draft), changed_ms: changedMs })
          .returningAll()
          .executeTakeFirstOrThrow()
        return ruleOf(row)
      })
    },

    async change(id, draft, changedMs) {
      const row = await db
        .updateTable('rule')
        .set({ draft_json: JSON.stringify(draft), changed_ms: changedMs })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row && ruleOf(row)
    },

    async delete(id) {
      const { numDeletedRows } = await db.deleteFrom('rule').where('id', '=', id).executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}

function ruleOf(row: Selectable<RuleTable>): Rule {
  const draft = JSON.parse(row.draft_json) as RuleDraft
  return { ...draft, id: row.id, key: row.key, changedMs: row.changed_ms }
}
