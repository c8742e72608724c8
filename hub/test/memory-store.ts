// The real store of alerts on a database in memory: for thousands of short lives of a hub.
import { createAlertRecords } from '../src/store/alert-records.ts'
import { migrate } from '../src/store/migrate.ts'
import { createNoticeRecords } from '../src/store/notice-records.ts'
import { createRuleRecords } from '../src/store/rule-records.ts'
import type { Database } from '../src/store/schema.ts'
import { createSilenceRecords } from '../src/store/silence-records.ts'
import { openSqlite } from '../src/store/sqlite.ts'

export interface MemoryStore {
  readonly alerts: ReturnType<typeof createAlertRecords>
  readonly rules: ReturnType<typeof createRuleRecords>
  readonly silences: ReturnType<typeof createSilenceRecords>
  readonly notices: ReturnType<typeof createNoticeRecords>
  /** As a database that nothing was ever written to. */
  empty(): Promise<void>
  close(): Promise<void>
}

export async function openMemoryStore(): Promise<MemoryStore> {
  const db: Database = openSqlite({ path: ':memory:', busyTimeoutMs: 0 })
  await migrate(db)
  return {
    alerts: createAlertRecords(db),
    rules: createRuleRecords(db),
    silences: createSilenceRecords(db),
    notices: createNoticeRecords(db),
    async empty() {
      for (const table of [
        'incident',
        'incident_entry',
        'notice',
        'rule',
        'rule_key',
        'silence',
      ] as const) {
        await db.deleteFrom(table).execute()
      }
    },
    close: () => db.destroy(),
  }
}
