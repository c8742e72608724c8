// Owns the rollups of an hour as they are sealed: those that are stored, and with them what came since.
import type { HourPart } from './hour-part.ts'
import { addBuckets, emptyBuckets, rolledUp, writeRollup, type Buckets } from './rollup.ts'
import type { Database } from './schema.ts'
import {
  FINEST_TIER_MS,
  HOUR_MS,
  readRollups,
  ROLLUP_TIERS_MS,
  type HostHour,
  type WrittenPart,
} from './sealed-hours.ts'
import type { SeriesTables } from './series-tables.ts'

/** The stored rollups of an hour, to which ticks can be added that are not in them. */
export async function rollupsOf(db: Database, tables: SeriesTables, { hostId, hourMs }: HostHour) {
  const range = { hostId, fromMs: hourMs, toMs: hourMs + 1 }
  const stored = await readRollups(db, tables, range, FINEST_TIER_MS)
  const minutesOf = (): Map<number, Buckets[]> =>
    new Map(stored.map(({ revision, keys, buckets }) => [revision, [...keys.keys()].map(buckets)]))
  return {
    minutesOf,

    /** As they are to be written with those of another host where this one has none of a minute, whatever the table. */
    over(other: { minutesOf(): Map<number, Buckets[]> }): WrittenPart[] {
      const minutes = minutesOf()
      const isTaken = new Uint8Array(HOUR_MS / FINEST_TIER_MS)
      for (const { count } of [...minutes.values()].flat()) {
        count.forEach((ticks, minute) => {
          if (ticks > 0) isTaken[minute] = 1
        })
      }
      const places = Int32Array.from(isTaken, (taken, minute) => (taken ? -1 : minute))
      for (const [revision, series] of other.minutesOf()) {
        const own = minutes.get(revision) ?? series.map(() => emptyBuckets(isTaken.length))
        own.forEach((buckets, index) => {
          const added = series[index]
          if (added) addBuckets(buckets, added, places)
        })
        minutes.set(revision, own)
      }
      return written(minutes)
    },

    /** Every rollup of the hour as it is to be written. */
    with(fresh: readonly HourPart[]): WrittenPart[] {
      const grid = { fromMs: hourMs, stepMs: FINEST_TIER_MS, count: HOUR_MS / FINEST_TIER_MS }
      const minutes = minutesOf()
      for (const part of fresh) {
        const added = rolledUp(part, grid)
        const before = minutes.get(part.revision)
        if (before) before.forEach((buckets, series) => addAll(buckets, added[series]))
        else minutes.set(part.revision, added)
      }
      return written(minutes)
    },
  }
}

/** Every tier of an hour's minutes, by series table. */
function written(minutes: ReadonlyMap<number, readonly Buckets[]>): WrittenPart[] {
  return [...minutes].flatMap(([revision, series]) =>
    ROLLUP_TIERS_MS.map((tierMs) => ({
      tierMs,
      revision,
      payload: writeRollup(series.map((buckets) => coarser(buckets, tierMs))),
    })),
  )
}

function addAll(buckets: Buckets, added: Buckets | undefined): void {
  if (added) addBuckets(buckets, added, Int32Array.from(buckets.count.keys()))
}

/** The buckets of an hour's minutes, as many of them in one as lie in `stepMs`. */
function coarser(minutes: Buckets, stepMs: number): Buckets {
  if (stepMs === FINEST_TIER_MS) return minutes
  const buckets = emptyBuckets(HOUR_MS / stepMs)
  const places = Int32Array.from(minutes.count, (_, minute) =>
    Math.floor((minute * FINEST_TIER_MS) / stepMs),
  )
  addBuckets(buckets, minutes, places)
  return buckets
}
