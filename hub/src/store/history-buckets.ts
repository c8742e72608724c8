// Owns the folding of ticks into buckets of the clock: min, mean and max of what was measured in each.
import type { History } from '@vigie/shared/api/host'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import { columnOf } from '@vigie/shared/codec/block'
import type { Run } from './tick-records.ts'

/** What one answer may hold: beyond it the hub's memory, and the page's, would be at the mercy of a query. */
export const MAX_HISTORY_VALUES = 5_000_000

/** A history would hold more than {@link MAX_HISTORY_VALUES}. */
export class HistoryTooLargeError extends Error {
  constructor() {
    super(`asks for more than ${MAX_HISTORY_VALUES} values`)
    this.name = 'HistoryTooLargeError'
  }
}

/** `count` buckets of `stepMs`, the first at `fromMs`, which is a multiple of `stepMs`. */
export interface Grid {
  readonly fromMs: number
  readonly stepMs: number
  readonly count: number
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

interface Folded {
  readonly min: Float64Array
  readonly max: Float64Array
  readonly sum: Float64Array
  readonly ticks: Uint32Array
}

/** Folds runs as they come, in any order; holds no more than the buckets. */
export class HistoryFold {
  readonly #grid: Grid
  readonly #wants: (key: string) => boolean
  readonly #series = new Map<string, Folded>()

  constructor(grid: Grid, wants: (key: string) => boolean) {
    this.#grid = grid
    this.#wants = wants
  }

  /** Throws a {@link HistoryTooLargeError} when there are more buckets than one answer may hold. */
  add({ keys, block }: Run): void {
    const buckets = this.#bucketsOf(block)
    keys.forEach((key, series) => {
      if (this.#wants(key)) foldColumn(this.#folded(key), columnOf(block, series), buckets)
    })
  }

  finish(): History {
    return { ...this.times(), series: [...this.series()] }
  }

  times(): Omit<History, 'series'> {
    const { fromMs, stepMs, count } = this.#grid
    return { fromMs, toMs: fromMs + count * stepMs, stepMs }
  }

  /** In the order of their written form. Each is made when it is asked for. */
  *series(): Generator<History['series'][number]> {
    for (const key of [...this.#series.keys()].sort()) {
      const metric = metricOf(key)
      const folded = this.#folded(key)
      const pick = (valueOf: (bucket: number) => number): (number | null)[] =>
        Array.from(folded.ticks, (ticks, bucket) =>
          ticks === 0 ? null : fromSteps(metric, valueOf(bucket)),
        )
      yield {
        series: key,
        unit: metric.unit,
        min: pick((bucket) => folded.min[bucket] ?? NaN),
        mean: pick((bucket) => (folded.sum[bucket] ?? NaN) / (folded.ticks[bucket] ?? 0)),
        max: pick((bucket) => folded.max[bucket] ?? NaN),
      }
    }
  }

  /** The bucket of each tick, -1 where it lies outside. */
  #bucketsOf({ startMs, stepMs, present }: Run['block']): Int32Array {
    const grid = this.#grid
    return Int32Array.from(present, (_, tick) => {
      const bucket = Math.floor((startMs + tick * stepMs - grid.fromMs) / grid.stepMs)
      return bucket < 0 || bucket >= grid.count ? -1 : bucket
    })
  }

  #folded(key: string): Folded {
    const known = this.#series.get(key)
    if (known) return known
    const { count } = this.#grid
    // Each bucket is told as min, mean and max.
    if ((this.#series.size + 1) * count * 3 > MAX_HISTORY_VALUES) throw new HistoryTooLargeError()
    const made = {
      min: new Float64Array(count).fill(Infinity),
      max: new Float64Array(count).fill(-Infinity),
      sum: new Float64Array(count),
      ticks: new Uint32Array(count),
    }
    this.#series.set(key, made)
    return made
  }
}

function foldColumn(folded: Folded, column: Float64Array, buckets: Int32Array): void {
  const { min, max, sum, ticks } = folded
  for (let tick = 0; tick < column.length; tick++) {
    const value = column[tick] ?? NaN
    const bucket = buckets[tick] ?? -1
    if (bucket < 0 || Number.isNaN(value)) continue
    if (value < (min[bucket] ?? 0)) min[bucket] = value
    if (value > (max[bucket] ?? 0)) max[bucket] = value
    sum[bucket] = (sum[bucket] ?? 0) + value
    ticks[bucket] = (ticks[bucket] ?? 0) + 1
  }
}
