// Owns the way out of hosts that were merged into another or deleted: a transaction a step, each of which may be the last
// before the hub is killed, as the next run goes on from what it finds.
import type { Transaction } from 'kysely'
import { createHourMoving } from './moving-hours.ts'
import { deleteHours, deleteRows } from './retention.ts'
import type { Database, Schema } from './schema.ts'

export interface DepartingHost {
  readonly id: number
  /** The host that its history goes to; null: it is deleted. */
  readonly intoId: number | null
}

const ROWS_AT_ONCE = 1000
const INCIDENTS_AT_ONCE = 100
/** After every time that there can be. */
const END_OF_TIME_MS = 8.64e15 + 1

/** Those that no other host goes to first. */
export async function departingHosts(db: Database): Promise<DepartingHost[]> {
  const rows = await db
    .selectFrom('host')
    .select(['id', 'merging_into'])
    .where('going_ms', 'is not', null)
    .orderBy('going_ms')
    .execute()
  const awaited = new Set(rows.map(({ merging_into }) => merging_into))
  return rows
    .filter(({ id }) => !awaited.has(id))
    .map(({ id, merging_into }) => ({ id, intoId: merging_into }))
}

/**
 * Yields after each step; a step that finds nothing left is the last. Returns whether the host is gone: while somebody
 * has yet to be told of an incident of it, something is left.
 */
export async function* seeOff(db: Database, host: DepartingHost): AsyncGenerator<void, boolean> {
  const { id, intoId } = host
  if (intoId === null) return yield* deleteAll(db, id)
  yield* moveAll(db, id, intoId)
  return true
}

async function* moveAll(db: Database, id: number, intoId: number): AsyncGenerator<void> {
  await db
    .insertInto('series_table')
    .columns(['host_id', 'revision', 'keys_json'])
    .expression((own) =>
      own
        .selectFrom('series_table')
        .select((tick) => [tick.val(intoId).as('host_id'), 'revision', 'keys_json'])
        .where('host_id', '=', id),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  yield
  const moving = createHourMoving(db)
  for (;;) {
    const hour = await db
      .selectFrom('sealed_hour')
      .select('hour_ms')
      .where('host_id', '=', id)
      .orderBy('hour_ms')
      .limit(1)
      .executeTakeFirst()
    if (!hour) break
    await moving.move({ fromId: id, intoId, hourMs: hour.hour_ms })
    yield
  }
  while (await moveRows(db, id, intoId)) yield
  for (const table of ['event', 'incident'] as const) {
    while (await moveSome(db, table, { id, intoId })) yield
  }
  while (await moveNews(db, id, intoId)) yield
  await db.transaction().execute(async (transaction) => {
    await moveWhatIsOne(transaction, id, intoId)
    await transaction
      .updateTable('enrolment')
      .set({ host_id: intoId })
      .where('host_id', '=', id)
      .execute()
    await deleteLast(transaction, id)
  })
  yield
}

// A tick that the other host has, as a row or sealed, stays its own (T5); what is sealed is told when the hour is sealed again.
async function moveRows(db: Database, id: number, intoId: number): Promise<boolean> {
  const rows = await db
    .selectFrom('tick')
    .select('time_ms')
    .where('host_id', '=', id)
    .orderBy('time_ms')
    .limit(ROWS_AT_ONCE)
    .execute()
  const last = rows.at(-1)
  if (!last) return false
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('tick')
      .columns(['host_id', 'time_ms', 'payload'])
      .expression((own) =>
        own
          .selectFrom('tick')
          .select((tick) => [tick.val(intoId).as('host_id'), 'time_ms', 'payload'])
          .where('host_id', '=', id)
          .where('time_ms', '<=', last.time_ms),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await transaction
      .deleteFrom('tick')
      .where('host_id', '=', id)
      .where('time_ms', '<=', last.time_ms)
      .execute()
  })
  return true
}

async function moveSome(
  db: Database,
  table: 'event' | 'incident',
  { id, intoId }: { id: number; intoId: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable(table)
    .set({ host_id: intoId })
    .where('id', 'in', (own) =>
      own.selectFrom(table).select('id').where('host_id', '=', id).limit(ROWS_AT_ONCE),
    )
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** What people were told of both hosts is kept of the one. */
async function moveNews(db: Database, id: number, intoId: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('advisory_news')
    .set({ host_id: intoId })
    .where('id', 'in', (news) =>
      news
        .selectFrom('advisory_news as own')
        .select('own.id')
        .where('own.host_id', '=', id)
        .where((news) =>
          news.not(
            news.exists(
              news
                .selectFrom('advisory_news as other')
                .select('other.id')
                .where('other.host_id', '=', intoId)
                .where('other.kind', '=', 'concerned')
                .whereRef('other.kind', '=', 'own.kind')
                .whereRef('other.reference', '=', 'own.reference'),
            ),
          ),
        )
        .limit(ROWS_AT_ONCE),
    )
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** What a host has one of stays the other host's own where that one has it. */
async function moveWhatIsOne(
  transaction: Transaction<Schema>,
  id: number,
  intoId: number,
): Promise<void> {
  await transaction
    .updateTable('package_list')
    .set({ host_id: intoId })
    .where('host_id', '=', id)
    .where((list) =>
      list.not(
        list.exists(
          list
            .selectFrom('package_list as other')
            .select('other.host_id')
            .where('other.host_id', '=', intoId),
        ),
      ),
    )
    .execute()
  await transaction
    .updateTable('advisory_past_verdict')
    .set({ host_id: intoId })
    .where('host_id', '=', id)
    .where('reference', 'not in', (verdict) =>
      verdict
        .selectFrom('advisory_past_verdict as other')
        .select('other.reference')
        .where('other.host_id', '=', intoId),
    )
    .execute()
}

async function* deleteAll(db: Database, id: number): AsyncGenerator<void, boolean> {
  const ageing = { hostId: id, toMs: END_OF_TIME_MS }
  const rows = deleteRows(db, ageing)
  while (!(await rows.next()).done) yield
  while (await deleteHours(db, { ...ageing, toMs: Number.MAX_SAFE_INTEGER })) yield
  while (await deleteEvents(db, id)) yield
  while (await deleteIncidents(db, id)) yield
  if (await isToBeTold(db, id)) return false
  await db.transaction().execute((transaction) => deleteLast(transaction, id))
  yield
  return true
}

async function deleteEvents(db: Database, id: number): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('event')
    .where('id', 'in', (event) =>
      event.selectFrom('event').select('id').where('host_id', '=', id).limit(ROWS_AT_ONCE),
    )
    .executeTakeFirst()
  return numDeletedRows > 0n
}

// The newest of all stays, bare, until it is too old: the next id is counted from it (alert-records.ts).
async function deleteIncidents(db: Database, id: number): Promise<boolean> {
  const rows = await db
    .selectFrom('incident')
    .select('id')
    .where('host_id', '=', id)
    .where('id', '<', (row) =>
      row.selectFrom('incident').select(({ fn }) => fn.max('id').as('newest')),
    )
    .where('id', 'not in', toBeTold(db))
    .limit(INCIDENTS_AT_ONCE)
    .execute()
  if (rows.length === 0) return false
  const ids = rows.map((row) => row.id)
  await db.transaction().execute(async (transaction) => {
    for (const table of ['incident_entry', 'notice'] as const) {
      await transaction.deleteFrom(table).where('incident_id', 'in', ids).execute()
    }
    await transaction.deleteFrom('incident').where('id', 'in', ids).execute()
  })
  return true
}

async function isToBeTold(db: Database, id: number): Promise<boolean> {
  const row = await db
    .selectFrom('incident')
    .select('id')
    .where('host_id', '=', id)
    .where('id', 'in', toBeTold(db))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

// Each becomes a mail or is withheld, with a relay or without one: none waits for longer than its silence.
function toBeTold(db: Database) {
  return db
    .selectFrom('notice')
    .select('incident_id')
    .where('mail_id', 'is', null)
    .where('withheld', 'is', null)
}

/** What is little, or was to stay to the end: that the host is there says that there is work left. */
async function deleteLast(transaction: Transaction<Schema>, id: number): Promise<void> {
  for (const table of [
    'advisory_verdict',
    'advisory_past_verdict',
    'advisory_news',
    'package_list',
    'series_table',
  ] as const) {
    await transaction.deleteFrom(table).where('host_id', '=', id).execute()
  }
  await transaction
    .updateTable('incident')
    .set({ host_id: null, snapshots_json: null, series: '', detail_json: '{}' })
    .where('host_id', '=', id)
    .execute()
  await transaction
    .updateTable('enrolment')
    .set({ host_id: null })
    .where('host_id', '=', id)
    .execute()
  await transaction.deleteFrom('host').where('id', '=', id).execute()
}
