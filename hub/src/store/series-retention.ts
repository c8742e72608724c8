// Owns forgetting series tables: a host whose mounts or interfaces come and go makes new ones without end.
import type { Transaction } from 'kysely'
import type { Database, Schema } from './schema.ts'
import { TickScan } from './tick-scan.ts'

/** So few take no room worth looking for: the one in use is among them, and one for each hour that is not sealed. */
const KEPT_UNSEEN = 8

/** Deletes the tables of a host that nothing refers to, when there are many. Returns whether it deleted any. */
export async function forgetSeriesTables(db: Database, hostId: number): Promise<boolean> {
  if ((await unsealedTables(db, hostId)).length <= KEPT_UNSEEN) return false
  // A table is written with the first tick that needs it, in one transaction: no other can come between.
  return db.transaction().execute(async (transaction) => {
    const inRows = await tablesOfRows(transaction, hostId)
    const tables = await unsealedTables(transaction, hostId)
    const unused = tables.filter((revision) => !inRows.has(revision))
    for (const revision of unused) {
      await transaction
        .deleteFrom('series_table')
        .where('host_id', '=', hostId)
        .where('revision', '=', revision)
        .execute()
    }
    return unused.length > 0
  })
}

/** Those to which no sealed hour refers. */
async function unsealedTables(
  db: Database | Transaction<Schema>,
  hostId: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('series_table')
    .select('revision')
    .where('host_id', '=', hostId)
    .where('revision', 'not in', (sealed) =>
      sealed.selectFrom('sealed_part').select('revision').where('host_id', '=', hostId),
    )
    .execute()
  return rows.map(({ revision }) => revision)
}

const ROWS_AT_ONCE = 1000
const scan = new TickScan()

async function tablesOfRows(
  transaction: Transaction<Schema>,
  hostId: number,
): Promise<Set<number>> {
  const found = new Set<number>()
  for (let fromMs = 0; ;) {
    const rows = await transaction
      .selectFrom('tick')
      .select(['time_ms', 'payload'])
      .where('host_id', '=', hostId)
      .where('time_ms', '>=', fromMs)
      .orderBy('time_ms')
      .limit(ROWS_AT_ONCE)
      .execute()
    for (const { payload } of rows) {
      scan.open(payload)
      found.add(scan.revision)
    }
    const last = rows.at(-1)
    if (!last) return found
    fromMs = last.time_ms + 1
  }
}
