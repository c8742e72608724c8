// Owns deleting seconds before their time, an hour of all hosts at once: what is left has no host at a disadvantage.
import { deleteRows, deleteSeconds } from './retention.ts'
import type { Database } from './schema.ts'
import { HOUR_MS, hourOf, TICKS_TIER_MS, type HostHour } from './sealed-hours.ts'
import { createSealing, StalePreparationError } from './sealing.ts'
import { isDatabaseFault } from './sqlite.ts'

/** The beginning of the oldest sealed hour, of any host, whose seconds are kept; null while there is none. */
export async function oldestSealedMs(db: Database): Promise<number | null> {
  return oldestOf(db, (hostId) =>
    db
      .selectFrom('sealed_part')
      .select('hour_ms as time_ms')
      .where('host_id', '=', hostId)
      .where('tier_ms', '=', TICKS_TIER_MS)
      .orderBy('hour_ms')
      .limit(1)
      .executeTakeFirst(),
  )
}

/** The time of the oldest row of any host, null while there is none. */
export async function oldestRowMs(db: Database): Promise<number | null> {
  return oldestOf(db, (hostId) =>
    db
      .selectFrom('tick')
      .select('time_ms')
      .where('host_id', '=', hostId)
      .orderBy('time_ms')
      .limit(1)
      .executeTakeFirst(),
  )
}

async function oldestOf(
  db: Database,
  find: (hostId: number) => Promise<{ time_ms: number } | undefined>,
): Promise<number | null> {
  let oldestMs: number | null = null
  for (const { id } of await db.selectFrom('host').select('id').execute()) {
    const timeMs = (await find(id))?.time_ms
    if (timeMs !== undefined && timeMs < (oldestMs ?? Infinity)) oldestMs = timeMs
  }
  return oldestMs
}

export interface ThinningStep {
  readonly hourMs: number
  /** Seconds were deleted; else rows were sealed. */
  readonly isSealed: boolean
}

/**
 * Makes the oldest hour of seconds that begins before `beforeMs` small; yields after each step. Sealed ones
 * are deleted, rows are sealed first: that alone makes ten times their room, and their rollups stay.
 */
export async function* thinOldestHour(
  db: Database,
  beforeMs: number,
): AsyncGenerator<ThinningStep> {
  const sealedMs = (await oldestSealedMs(db)) ?? Infinity
  const rowMs = hourOf((await oldestRowMs(db)) ?? Infinity)
  const hourMs = Math.min(sealedMs, rowMs)
  if (hourMs >= beforeMs) return
  for (const { id: hostId } of await db.selectFrom('host').select('id').execute()) {
    const hour = { hostId, toMs: hourMs + HOUR_MS }
    const isSealed = rowMs > hourMs
    const steps = isSealed ? deleteSeconds(db, hour) : sealRows(db, { hostId, hourMs })
    for await (const count of steps) if (count > 0) yield { hourMs, isSealed }
  }
}

async function* sealRows(db: Database, hour: HostHour): AsyncGenerator<number> {
  try {
    yield (await createSealing(db).seal(hour)).ticks
  } catch (error) {
    const isFault = isDatabaseFault(error) && error.code !== 'SQLITE_FULL'
    if (isFault || error instanceof StalePreparationError) throw error
    // There is not even room to seal them, or they cannot be read.
    yield* giveUpRows(db, hour)
  }
}

/** Deletes the rows of an hour and keeps when there were any, if they can be read. */
async function* giveUpRows(db: Database, hour: HostHour): AsyncGenerator<number> {
  try {
    yield await createSealing(db).giveUp(hour)
  } catch (error) {
    if (isDatabaseFault(error)) throw error
    yield* deleteRows(db, { hostId: hour.hostId, toMs: hour.hourMs + HOUR_MS })
  }
}
