// Owns the rows of sealed hours: which there are, their ticks, and their rollups.
import type { HourPart } from './hour-part.ts'
import { openRollup, type Buckets } from './rollup.ts'
import type { Database } from './schema.ts'
import { openPart, type SealedPart } from './sealed-part.ts'
import type { SeriesTables } from './series-tables.ts'
import type { Stretch } from './stretches.ts'

/** An hour of the clock of one host; `hourMs` is its beginning. */
export interface HostHour {
  readonly hostId: number
  readonly hourMs: number
}

export const HOUR_MS = 3_600_000
export const FINEST_TIER_MS = 60_000
/** Of rollups, coarsest first. A chart of ten days has quarters of an hour: from minutes it would take three times as long. */
export const ROLLUP_TIERS_MS = [HOUR_MS, 15 * 60_000, FINEST_TIER_MS] as const
/** Of every tick. */
export const TICKS_TIER_MS = 0

export function hourOf(timeMs: number): number {
  return Math.floor(timeMs / HOUR_MS) * HOUR_MS
}

export interface SealedHour {
  readonly hourMs: number
  readonly seals: number
  readonly ticks: number
  readonly stretches: readonly Stretch[]
}

export interface RangeOfHost {
  readonly hostId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/** The sealed hours that begin in a range, oldest first. */
export async function readSealedHours(
  db: Database,
  { hostId, fromMs, toMs }: RangeOfHost,
): Promise<SealedHour[]> {
  const rows = await db
    .selectFrom('sealed_hour')
    .selectAll()
    .where('host_id', '=', hostId)
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .orderBy('hour_ms')
    .execute()
  return rows.map((row) => ({
    hourMs: row.hour_ms,
    seals: row.seals,
    ticks: row.ticks,
    stretches: JSON.parse(row.stretches_json) as Stretch[],
  }))
}

/** The sealed ticks of an hour between two times, with the wanted columns. */
export async function readSealedParts(
  db: Database,
  tables: SeriesTables,
  hour: HostHour & { readonly fromMs?: number; readonly toMs?: number },
  wants: (key: string) => boolean,
): Promise<HourPart[]> {
  const rows = await db
    .selectFrom('sealed_part')
    .select(['revision', 'payload'])
    .where('host_id', '=', hour.hostId)
    .where('tier_ms', '=', TICKS_TIER_MS)
    .where('hour_ms', '=', hour.hourMs)
    .execute()
  const parts: HourPart[] = []
  for (const { revision, payload } of rows) {
    const keys = await tables.keysOf(db, hour.hostId, revision)
    parts.push(picked(openPart(payload), { revision, keys, wants, ...hour }))
  }
  return parts
}

interface Pick {
  readonly revision: number
  readonly keys: readonly string[]
  readonly wants: (key: string) => boolean
  readonly fromMs?: number
  readonly toMs?: number
}

function picked(part: SealedPart, pick: Pick): HourPart {
  const { revision, keys, wants, fromMs = -Infinity, toMs = Infinity } = pick
  const first = countBefore(part.timesMs, fromMs)
  const end = countBefore(part.timesMs, toMs)
  const series = [...keys.keys()].filter((index) => wants(keys[index] ?? ''))
  return {
    revision,
    keys: series.map((index) => keys[index] ?? ''),
    timesMs: part.timesMs.subarray(first, end),
    stepsMs: part.stepsMs().subarray(first, end),
    columns: series.map((index) => part.column(index).subarray(first, end)),
  }
}

function countBefore(timesMs: Float64Array, limitMs: number): number {
  let low = 0
  let high = timesMs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timesMs[middle] ?? 0) < limitMs) low = middle + 1
    else high = middle
  }
  return low
}

/** A part as it is stored. */
export interface WrittenPart {
  readonly tierMs: number
  readonly revision: number
  readonly payload: Uint8Array
}

/** Puts a sealed hour in the place of what was sealed of it; its parts stay what they were where none are given. */
export async function writeSealedHour(
  db: Database,
  hostId: number,
  hour: SealedHour & { readonly parts?: readonly WrittenPart[] | undefined },
): Promise<void> {
  const { hourMs, seals, ticks, stretches, parts } = hour
  if (parts) await writeParts(db, { hostId, hourMs }, parts)
  const facts = { seals, ticks, stretches_json: JSON.stringify(stretches) }
  await db
    .insertInto('sealed_hour')
    .values({ host_id: hostId, hour_ms: hourMs, ...facts })
    .onConflict((conflict) => conflict.columns(['host_id', 'hour_ms']).doUpdateSet(facts))
    .execute()
}

async function writeParts(
  db: Database,
  { hostId, hourMs }: HostHour,
  parts: readonly WrittenPart[],
): Promise<void> {
  for (const tierMs of [TICKS_TIER_MS, ...ROLLUP_TIERS_MS]) {
    await db
      .deleteFrom('sealed_part')
      .where('host_id', '=', hostId)
      .where('tier_ms', '=', tierMs)
      .where('hour_ms', '=', hourMs)
      .execute()
  }
  for (const { tierMs, revision, payload } of parts) {
    await db
      .insertInto('sealed_part')
      .values({ host_id: hostId, tier_ms: tierMs, hour_ms: hourMs, revision, payload })
      .execute()
  }
}

/** A sealed hour's buckets, of one series table. */
export interface HourRollup {
  readonly revision: number
  readonly hourMs: number
  readonly keys: readonly string[]
  /** Decoded when it is asked for. */
  readonly buckets: (series: number) => Buckets
}

/** The rollups of a tier in the hours that begin in a range, oldest first. */
export async function readRollups(
  db: Database,
  tables: SeriesTables,
  { hostId, fromMs, toMs }: RangeOfHost,
  tierMs: number,
): Promise<HourRollup[]> {
  const rows = await db
    .selectFrom('sealed_part')
    .select(['hour_ms', 'revision', 'payload'])
    .where('host_id', '=', hostId)
    .where('tier_ms', '=', tierMs)
    .where('hour_ms', '>=', fromMs)
    .where('hour_ms', '<', toMs)
    .orderBy('hour_ms')
    .execute()
  const rollups: HourRollup[] = []
  for (const { hour_ms, revision, payload } of rows) {
    const keys = await tables.keysOf(db, hostId, revision)
    const { buckets } = openRollup(payload, HOUR_MS / tierMs)
    rollups.push({ revision, hourMs: hour_ms, keys, buckets })
  }
  return rollups
}
