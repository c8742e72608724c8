// Owns reading what a host measured: every tick, buckets of the clock, and where there is data at all.
import { HistoryBodyWriter } from '@vigie/shared/api/history-body'
import type { History } from '@vigie/shared/api/host'
import { tableRevision } from '@vigie/shared/metrics/series'
import { gridOf, HistoryFold } from './history-buckets.ts'
import { historyJson } from './history-json.ts'
import { wantedSeries } from './history-series.ts'
import { readHotParts } from './hot-parts.ts'
import { mergeParts, runsOfParts, withoutTicks, type HourPart } from './hour-part.ts'
import type { Database } from './schema.ts'
import {
  HOUR_MS,
  hourOf,
  readRollups,
  readSealedHours,
  readSealedParts,
  FINEST_TIER_MS,
  ROLLUP_TIERS_MS,
  type RangeOfHost,
} from './sealed-hours.ts'
import { createSeriesTables } from './series-tables.ts'
import { appendStretch, hasTick, mergedStretches, stretchesOf, type Stretch } from './stretches.ts'
import type { Run } from './tick-records.ts'

export interface HistoryQuery {
  readonly hostId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  /** Metric names (all of their series) and written series; all when left out. */
  readonly series?: readonly string[]
}

export interface BucketQuery extends HistoryQuery {
  /** At most so many buckets, none finer than `intervalMs`. */
  readonly points: number
  readonly intervalMs: number
}

const DAY_MS = 24 * HOUR_MS

type Wants = (key: string) => boolean

export function createHistory(db: Database) {
  const tables = createSeriesTables()

  // An hour that is sealed between two looks would be seen by neither: each step reads at one moment.
  const atOneMoment = <Result>(read: (snapshot: Database) => Promise<Result>): Promise<Result> =>
    db.transaction().setAccessMode('read only').execute(read)

  /** The ticks of the next hour that has any, or undefined. */
  const nextHour = (range: RangeOfHost, wants: Wants) =>
    atOneMoment(async (snapshot) => {
      const { sealedMs = Infinity, hotMs = Infinity } = await nextHours(snapshot, range)
      const hourMs = Math.min(sealedMs, hotMs)
      if (hourMs === Infinity) return undefined
      const within = {
        hostId: range.hostId,
        fromMs: Math.max(range.fromMs, hourMs),
        toMs: Math.min(range.toMs, hourMs + HOUR_MS),
      }
      const sealed = await readSealedParts(snapshot, tables, { hourMs, ...within }, wants)
      const hot = await readHotParts(snapshot, tables, within, wants)
      const isThinned = hourMs === sealedMs && sealed.length === 0
      return { hourMs, isThinned, parts: mergeParts([...sealed, ...hot]) }
    })

  /** Rows that are not sealed already, an hour after the other. */
  async function* unsealed(
    snapshot: Database,
    range: RangeOfHost,
    wants: Wants,
  ): AsyncGenerator<HourPart> {
    for (let { fromMs } = range; ;) {
      const firstMs = await firstHotTick(snapshot, { ...range, fromMs })
      if (firstMs === undefined) return
      fromMs = hourOf(firstMs) + HOUR_MS
      const hour = { hostId: range.hostId, fromMs: hourOf(firstMs), toMs: fromMs }
      const [sealed] = await readSealedHours(snapshot, hour)
      const isSealed = (timeMs: number): boolean => hasTick(sealed?.stretches ?? [], timeMs)
      for (const part of await readHotParts(snapshot, tables, hour, wants)) {
        yield withoutTicks(part, isSealed)
      }
    }
  }

  const stretchesByHour = async (snapshot: Database, range: RangeOfHost) => {
    const hours = new Map<number, Stretch[][]>()
    for (const { hourMs, stretches } of await readSealedHours(snapshot, range)) {
      hours.set(hourMs, [[...stretches]])
    }
    for await (const part of unsealed(snapshot, range, () => false)) {
      const stretches = stretchesOf(part)
      const hourMs = hourOf(stretches[0]?.fromMs ?? 0)
      hours.set(hourMs, [...(hours.get(hourMs) ?? []), stretches])
    }
    return hours
  }

  const foldTier = async (
    fold: HistoryFold,
    range: RangeOfHost,
    wants: Wants,
    tierMs: number,
  ): Promise<void> => {
    // A day at once: memory stays small, and no reader holds a moment of the database for long.
    for (let fromMs = hourOf(range.fromMs); fromMs < range.toMs; fromMs += DAY_MS) {
      const day = { ...range, fromMs, toMs: Math.min(fromMs + DAY_MS, range.toMs) }
      await atOneMoment(async (snapshot) => {
        for (const rollup of await readRollups(snapshot, tables, day, tierMs)) {
          fold.addRollup(rollup, tierMs)
        }
        for await (const part of unsealed(snapshot, day, wants)) fold.add(part)
      })
    }
  }

  const foldTicks = async (fold: HistoryFold, range: RangeOfHost, wants: Wants): Promise<void> => {
    for (let { fromMs } = range; ;) {
      const found = await nextHour({ ...range, fromMs }, wants)
      if (!found) return
      const hour = { ...range, fromMs: found.hourMs, toMs: found.hourMs + HOUR_MS }
      // Seconds that are forgotten have left their minutes.
      if (found.isThinned) await foldTier(fold, hour, wants, FINEST_TIER_MS)
      else for (const part of found.parts) fold.add(part)
      fromMs = hour.toMs
    }
  }

  const folded = async (query: BucketQuery): Promise<HistoryFold> => {
    const grid = gridOf(query)
    const wants = wantedSeries(query.series)
    const fold = new HistoryFold(grid, wants)
    const toMs = grid.fromMs + grid.count * grid.stepMs
    const range = { hostId: query.hostId, fromMs: grid.fromMs, toMs }
    const tierMs = ROLLUP_TIERS_MS.find((stepMs) => grid.stepMs % stepMs === 0)
    if (tierMs === undefined) await foldTicks(fold, range, wants)
    else await foldTier(fold, range, wants, tierMs)
    return fold
  }

  /** The ticks of the next hour that has any, with the wanted columns only, and where the one after it begins. */
  const hour = async ({ series, ...range }: HistoryQuery) => {
    const found = await nextHour(range, wantedSeries(series))
    if (!found) return undefined
    const parts = series ? found.parts.map(renamed) : found.parts
    return { runs: runsOfParts(parts), nextMs: found.hourMs + HOUR_MS }
  }

  return {
    hour,

    /** Every tick once, oldest first, with the wanted columns only. */
    async *runs(query: HistoryQuery): AsyncGenerator<Run> {
      for (let { fromMs } = query; ;) {
        const found = await hour({ ...query, fromMs })
        if (!found) return
        yield* found.runs
        fromMs = found.nextMs
      }
    },

    /** The same as a history's body (shared/src/api/history-body.ts), an hour at a time. */
    async *body(query: HistoryQuery): AsyncGenerator<Uint8Array> {
      for (let { fromMs } = query; ;) {
        const found = await hour({ ...query, fromMs })
        if (!found) return
        yield bodyOf(found.runs)
        fromMs = found.nextMs
      }
    },

    /** Min, mean and max on lines of the clock. Throws a `HistoryTooLargeError` (history-buckets.ts). */
    buckets: async (query: BucketQuery): Promise<History> => (await folded(query)).finish(),

    /** The same as text. */
    json: async (query: BucketQuery): Promise<Uint8Array> => historyJson(await folded(query)),

    /** Where there are ticks, oldest first. */
    async stretches({ hostId, fromMs, toMs }: HistoryQuery): Promise<Stretch[]> {
      const hours = await atOneMoment((snapshot) =>
        stretchesByHour(snapshot, { hostId, fromMs: hourOf(fromMs), toMs }),
      )
      const found: Stretch[] = []
      for (const hourMs of [...hours.keys()].sort((a, b) => a - b)) {
        for (const stretch of mergedStretches(hours.get(hourMs) ?? [])) {
          appendStretch(found, stretch)
        }
      }
      return found.flatMap((stretch) => cut(stretch, fromMs, toMs))
    },
  }
}

/** Explains itself: a body may follow another. */
export function bodyOf(runs: Iterable<Run>): Uint8Array {
  const writer = new HistoryBodyWriter()
  return Buffer.concat(Array.from(runs, (run) => writer.write(run)))
}

export type StoredHistory = ReturnType<typeof createHistory>

async function firstHotTick(
  db: Database,
  { hostId, fromMs, toMs }: RangeOfHost,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('tick')
    .select('time_ms')
    .where('host_id', '=', hostId)
    .where('time_ms', '>=', fromMs)
    .where('time_ms', '<', toMs)
    .orderBy('time_ms')
    .limit(1)
    .executeTakeFirst()
  return row?.time_ms
}

/** The first sealed hour, and the first with a row, from `fromMs` on. */
async function nextHours(
  db: Database,
  range: RangeOfHost,
): Promise<{ sealedMs: number | undefined; hotMs: number | undefined }> {
  const { hostId, fromMs, toMs } = range
  const sealed = await db
    .selectFrom('sealed_hour')
    .select('hour_ms')
    .where('host_id', '=', hostId)
    .where('hour_ms', '>=', hourOf(fromMs))
    .where('hour_ms', '<', toMs)
    .orderBy('hour_ms')
    .limit(1)
    .executeTakeFirst()
  const hotMs = await firstHotTick(db, range)
  return {
    sealedMs: sealed?.hour_ms,
    hotMs: hotMs === undefined ? undefined : hourOf(hotMs),
  }
}

/** A part that has some columns of its table is of another table. */
function renamed(part: HourPart): HourPart {
  return { ...part, revision: tableRevision(part.keys) }
}

/** What of a stretch lies in a range, if anything does. */
function cut({ fromMs, toMs, stepMs }: Stretch, fromLimitMs: number, toLimitMs: number): Stretch[] {
  const skipped = Math.max(0, Math.ceil((fromLimitMs - fromMs) / stepMs))
  const firstMs = fromMs + skipped * stepMs
  const beyond = Math.max(0, Math.floor((toMs - toLimitMs) / stepMs) + 1)
  const lastMs = toMs - beyond * stepMs
  return firstMs <= lastMs ? [{ fromMs: firstMs, toMs: lastMs, stepMs }] : []
}
