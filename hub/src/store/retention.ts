// Owns forgetting: what is older than it is to be kept goes, in steps so small that who writes hardly waits.
import type { Database } from './schema.ts'
import { HOUR_MS, TICKS_TIER_MS } from './sealed-hours.ts'
import { forgetSeriesTables } from './series-retention.ts'

export interface Horizons {
  /** Seconds older than this go. */
  readonly ticksMs: number
  /** So do rollups, and what explains their holes: events and runs of the hub. */
  readonly rollupsMs: number
}

/** What one step deleted. */
export interface Forgotten {
  readonly ticks: number
  readonly hours: number
}

interface Ageing {
  readonly hostId: number
  /** Exclusive. */
  readonly toMs: number
}

const ROWS_AT_ONCE = 1000
/** An hour of seconds of a host is some 40 pages. */
const HOURS_AT_ONCE = 8
const NOTHING: Forgotten = { ticks: 0, hours: 0 }

/** Yields after each step that deleted something; whoever iterates says when the next one is taken. */
export async function* forget(db: Database, horizons: Horizons): AsyncGenerator<Forgotten> {
  for (const { id: hostId } of await db.selectFrom('host').select('id').execute()) {
    const seconds = { hostId, toMs: horizons.ticksMs }
    for await (const ticks of deleteRows(db, seconds)) yield { ...NOTHING, ticks }
    for await (const hours of deleteSeconds(db, seconds)) yield { ...NOTHING, hours }
    while (await deleteHours(db, { hostId, toMs: horizons.rollupsMs })) yield NOTHING
    if (await forgetSeriesTables(db, hostId)) yield NOTHING
  }
  while (await deleteEvents(db, horizons.rollupsMs)) yield NOTHING
  await deleteRuns(db, horizons.rollupsMs)
}

/** Deletes rows of a host, oldest first; yields how many went. */
export async function* deleteRows(db: Database, { hostId, toMs }: Ageing): AsyncGenerator<number> {
  const rows = db.selectFrom('tick').where('host_id', '=', hostId).where('time_ms', '<', toMs)
  for (;;) {
    const found = await rows.select('time_ms').orderBy('time_ms').limit(ROWS_AT_ONCE).execute()
    const last = found.at(-1)
    if (!last) return
    const { numDeletedRows } = await db
      .deleteFrom('tick')
      .where('host_id', '=', hostId)
      .where('time_ms', '<=', last.time_ms)
      .executeTakeFirst()
    yield Number(numDeletedRows)
  }
}

/** Deletes the seconds of a host's sealed hours that end by `toMs`, oldest first; yields how many hours went. */
export async function* deleteSeconds(
  db: Database,
  { hostId, toMs }: Ageing,
): AsyncGenerator<number> {
  const parts = db
    .selectFrom('sealed_part')
    .where('host_id', '=', hostId)
    .where('tier_ms', '=', TICKS_TIER_MS)
    .where('hour_ms', '<=', toMs - HOUR_MS)
  for (;;) {
    const hours = await parts
      .select('hour_ms')
      .distinct()
      .orderBy('hour_ms')
      .limit(HOURS_AT_ONCE)
      .execute()
    const last = hours.at(-1)
    if (!last) return
    await db
      .deleteFrom('sealed_part')
      .where('host_id', '=', hostId)
      .where('tier_ms', '=', TICKS_TIER_MS)
      .where('hour_ms', '<=', last.hour_ms)
      .execute()
    yield hours.length
  }
}

/** Deletes all that is kept of a host's oldest sealed hours; false when none of them is old enough. */
export async function deleteHours(db: Database, { hostId, toMs }: Ageing): Promise<boolean> {
  const hours = await db
    .selectFrom('sealed_hour')
    .select('hour_ms')
    .where('host_id', '=', hostId)
    .where('hour_ms', '<=', toMs - HOUR_MS)
    .orderBy('hour_ms')
    .limit(HOURS_AT_ONCE)
    .execute()
  const last = hours.at(-1)
  if (!last) return false
  await db.transaction().execute(async (transaction) => {
    for (const table of ['sealed_part', 'sealed_hour'] as const) {
      await transaction
        .deleteFrom(table)
        .where('host_id', '=', hostId)
        .where('hour_ms', '<=', last.hour_ms)
        .execute()
    }
  })
  return true
}

// They are read before they are deleted: looking for them takes no lock. The last of its kind of a host stays: it may be
// why a hole that goes on beyond the horizon began.
async function deleteEvents(db: Database, beforeMs: number): Promise<boolean> {
  const rows = await db
    .selectFrom('event')
    .select('id')
    .where('time_ms', '<', beforeMs)
    .where((event) =>
      event.exists(
        event
          .selectFrom('event as later')
          .select('later.id')
          .whereRef('later.host_id', '=', 'event.host_id')
          .whereRef('later.kind', '=', 'event.kind')
          .whereRef('later.time_ms', '>', 'event.time_ms')
          .where('later.time_ms', '<', beforeMs),
      ),
    )
    .orderBy('id')
    .limit(ROWS_AT_ONCE)
    .execute()
  if (rows.length === 0) return false
  const ids = rows.map(({ id }) => id)
  await db.deleteFrom('event').where('id', 'in', ids).execute()
  return true
}

// So does the last run of the hub: the hub may have been away ever since.
async function deleteRuns(db: Database, beforeMs: number): Promise<void> {
  await db
    .deleteFrom('hub_run')
    .where('heartbeat_ms', '<', beforeMs)
    .where('id', '<', (run) =>
      run
        .selectFrom('hub_run')
        .select(({ fn }) => fn.max('id').as('last'))
        .where('heartbeat_ms', '<', beforeMs),
    )
    .execute()
}
