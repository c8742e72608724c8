// Owns reading what a host measured: every tick, buckets of the clock, and where there is data at all.
import type { History } from '@vigie/shared/api/host'
import { gridOf, HistoryFold } from './history-buckets.ts'
import { pickedSeries, wantedSeries } from './history-series.ts'
import type { Database } from './schema.ts'
import { appendBlock, type Stretch } from './stretches.ts'
import { createTickRecords, type Run } from './tick-records.ts'

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

export function createHistory(db: Database) {
  const ticks = createTickRecords(db)

  /** Every tick once, oldest first, with the wanted columns only. */
  async function* runs({ series, ...query }: HistoryQuery): AsyncGenerator<Run> {
    const wants = wantedSeries(series)
    for await (const run of ticks.runs(query)) yield pickedSeries(run, wants)
  }

  return {
    runs,

    /** Min, mean and max on lines of the clock. Throws a `HistoryTooLargeError` (history-buckets.ts). */
    async buckets(query: BucketQuery): Promise<History> {
      const grid = gridOf(query)
      const fold = new HistoryFold(grid, wantedSeries(query.series))
      const toMs = grid.fromMs + grid.count * grid.stepMs
      for await (const run of ticks.runs({ hostId: query.hostId, fromMs: grid.fromMs, toMs })) {
        fold.add(run)
      }
      return fold.finish()
    },

    /** Where there are ticks, oldest first. */
    async stretches(query: HistoryQuery): Promise<Stretch[]> {
      const stretches: Stretch[] = []
      for await (const { block } of ticks.runs(query)) appendBlock(stretches, block)
      return stretches
    },
  }
}

export type StoredHistory = ReturnType<typeof createHistory>
