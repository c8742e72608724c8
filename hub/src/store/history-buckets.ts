// Owns the folding of ticks into buckets of the clock: min, mean and max of what was measured in each.
import type { History } from '@vigie/shared/api/host'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import type { HourPart } from './hour-part.ts'
import { addBuckets, addColumn, emptyBuckets, placesOf, type Buckets, type Grid } from './rollup.ts'
import { HOUR_MS, type HourRollup } from './sealed-hours.ts'

/** What one answer may hold: beyond it the hub's memory, and the page's, would be at the mercy of a query. */
export const MAX_HISTORY_VALUES = 5_000_000

/** A history would hold more than {@link MAX_HISTORY_VALUES}. */
export class HistoryTooLargeError extends Error {
  constructor() {
    super(`asks for more than ${MAX_HISTORY_VALUES} values`)
    this.name = 'HistoryTooLargeError'
  }
}

const S = 1000
const MIN = 60 * S
const H = 60 * MIN
const D = 24 * H

// prettier-ignore
const STEPS_MS = [
  S, 2 * S, 5 * S, 10 * S, 15 * S, 30 * S, MIN, 2 * MIN, 5 * MIN, 10 * MIN, 15 * MIN, 30 * MIN,
  H, 2 * H, 3 * H, 6 * H, 12 * H, D,
]

/**
 * The finest grid that covers a range in at most `points` buckets, none finer than `intervalMs`. Its lines are those of
 * the clock, so that the same instant falls into the same bucket whatever range is asked for.
 */
export function gridOf(range: {
  fromMs: number
  toMs: number
  points: number
  intervalMs: number
}): Grid {
  const { fromMs, toMs, points, intervalMs } = range
  for (let index = 0; ; index++) {
    // Beyond the table, whole days.
    const stepMs = STEPS_MS[index] ?? 2 ** (index - STEPS_MS.length + 1) * D
    if (stepMs < intervalMs) continue
    const first = Math.floor(fromMs / stepMs)
    const count = Math.max(1, Math.ceil(toMs / stepMs) - first)
    // A single point may have to be a single bucket that two lines of the clock would cut.
    if (count <= points || stepMs > 2 * toMs) return { fromMs: first * stepMs, stepMs, count }
  }
}

/** Folds what comes, in any order; holds no more than the buckets. */
export class HistoryFold {
  readonly #grid: Grid
  readonly #wants: (key: string) => boolean
  readonly #series = new Map<string, Buckets>()

  constructor(grid: Grid, wants: (key: string) => boolean) {
    this.#grid = grid
    this.#wants = wants
  }

  /** Throws a {@link HistoryTooLargeError} when there are more buckets than one answer may hold. */
  add({ keys, timesMs, columns }: Pick<HourPart, 'keys' | 'timesMs' | 'columns'>): void {
    const places = placesOf(this.#grid, timesMs)
    keys.forEach((key, series) => {
      const column = columns[series]
      if (column && this.#wants(key)) addColumn(this.#folded(key), column, places)
    })
  }

  /**
   * Adds a rollup whose tier divides this grid, or is divided by it: each of these buckets has what the whole had then.
   * Throws as {@link HistoryFold.add} does.
   */
  addRollup({ hourMs, keys, buckets }: HourRollup, tierMs: number): void {
    const within = Math.max(1, tierMs / this.#grid.stepMs)
    const places = Array.from({ length: within }, (_, part) =>
      placesOf(
        this.#grid,
        Float64Array.from(
          { length: HOUR_MS / tierMs },
          (_, index) => hourMs + index * tierMs + part * this.#grid.stepMs,
        ),
      ),
    )
    keys.forEach((key, series) => {
      if (!this.#wants(key)) return
      const finer = buckets(series)
      for (const each of places) addBuckets(this.#folded(key), finer, each)
    })
  }

  finish(): History {
    const series = Array.from(this.series(), ({ series, unit, min, mean, max }) => ({
      series,
      unit,
      min,
      mean,
      max,
    }))
    return { ...this.times(), series }
  }

  times(): Omit<History, 'series'> {
    const { fromMs, stepMs, count } = this.#grid
    return { fromMs, toMs: fromMs + count * stepMs, stepMs }
  }

  /**
   * Those that have a value, in the order of their written form, each made when it is asked for. `isSingle` where no
   * bucket has two values: the least, the mean and the greatest are then the same.
   */
  *series(): Generator<History['series'][number] & { readonly isSingle: boolean }> {
    for (const key of [...this.#series.keys()].sort()) {
      const metric = metricOf(key)
      const folded = this.#folded(key)
      if (folded.count.every((count) => count === 0)) continue
      const isSingle = folded.count.every((count) => count <= 1)
      const told = (values: Float64Array): (number | null)[] =>
        Array.from(values, (value, bucket) =>
          folded.count[bucket] === 0 ? null : fromSteps(metric, value),
        )
      const mean = told(folded.sum.map((sum, bucket) => sum / (folded.count[bucket] ?? 0)))
      yield {
        series: key,
        unit: metric.unit,
        min: isSingle ? mean : told(folded.min),
        mean,
        max: isSingle ? mean : told(folded.max),
        isSingle,
      }
    }
  }

  #folded(key: string): Buckets {
    const known = this.#series.get(key)
    if (known) return known
    const { count } = this.#grid
    // Each bucket is told as min, mean and max.
    if ((this.#series.size + 1) * count * 3 > MAX_HISTORY_VALUES) throw new HistoryTooLargeError()
    const made = emptyBuckets(count)
    this.#series.set(key, made)
    return made
  }
}
