// Owns the reading of a host's history as the page keeps it: single samples from blocks, buckets from JSON.
import type { HistoryRun } from '@vigie/shared/api/history-body'
import type { History } from '@vigie/shared/api/host'
import { columnOf } from '@vigie/shared/codec/block'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import type { Stretch } from '../chart/time-range.ts'
import type { HistoryRequest } from './history-loader.ts'
import type { Columns } from './tier.ts'

const MINUTE_MS = 60_000

/** The samples of blocks on the grid of a request. */
export function columnsOfRuns(
  runs: readonly HistoryRun[],
  request: HistoryRequest,
): Map<string, Columns> {
  const { fromMs, toMs, stepMs } = request
  const count = Math.round((toMs - fromMs) / stepMs)
  const columns = new Map<string, Columns>()
  for (const { keys, block } of runs) {
    const placeOf = (tick: number) =>
      Math.round((block.startMs + tick * block.stepMs - fromMs) / stepMs)
    for (const [index, key] of keys.entries()) {
      const metric = metricOf(key)
      const values = columns.get(key)?.mean ?? new Float64Array(count).fill(NaN)
      columns.set(key, { mean: values, low: values, high: values })
      for (const [tick, steps] of columnOf(block, index).entries()) {
        const place = placeOf(tick)
        if (place >= 0 && place < count && !Number.isNaN(steps))
          values[place] = fromSteps(metric, steps)
      }
    }
  }
  return columns
}

/**
 * From the first to the last minute of a request that has no sample of any series; null where each has one. The hub may
 * have forgotten its seconds and kept the minute.
 */
export function minutesWithout(
  columns: ReadonlyMap<string, Columns>,
  request: HistoryRequest,
): Stretch | null {
  const { fromMs, toMs, stepMs } = request
  const isThere = new Set<number>()
  for (const { mean } of columns.values()) {
    for (const [slot, value] of mean.entries()) {
      if (!Number.isNaN(value)) isThere.add(Math.floor((fromMs + slot * stepMs) / MINUTE_MS))
    }
  }
  const lacking: number[] = []
  for (let minute = Math.floor(fromMs / MINUTE_MS); minute * MINUTE_MS < toMs; minute++) {
    if (!isThere.has(minute)) lacking.push(minute)
  }
  const [first = 0] = lacking
  const last = lacking.at(-1)
  if (last === undefined) return null
  return {
    fromMs: Math.max(fromMs, first * MINUTE_MS),
    toMs: Math.min(toMs, (last + 1) * MINUTE_MS),
  }
}

/** Fills the slots without a sample with what buckets of the same step have of them. */
export function fillFrom(
  columns: Map<string, Columns>,
  request: HistoryRequest,
  buckets: ReadonlyMap<string, Columns>,
  { fromMs }: Stretch,
): void {
  const { stepMs } = request
  const count = Math.round((request.toMs - request.fromMs) / stepMs)
  const first = Math.round((fromMs - request.fromMs) / stepMs)
  for (const [key, { mean }] of buckets) {
    const values = columns.get(key)?.mean ?? new Float64Array(count).fill(NaN)
    columns.set(key, { mean: values, low: values, high: values })
    for (const [bucket, value] of mean.entries()) {
      if (Number.isNaN(values[first + bucket] ?? 0)) values[first + bucket] = value
    }
  }
}

/** The buckets of an answer on the grid of a request; throws when they are of another step. */
export function columnsOfHistory(history: History, request: HistoryRequest): Map<string, Columns> {
  if (history.stepMs !== request.stepMs || history.fromMs !== request.fromMs) {
    throw new Error(`asked for steps of ${request.stepMs} ms, got ${history.stepMs} ms`)
  }
  return new Map(
    history.series.map(({ series, min, mean, max }) => [
      series,
      { low: numbers(min), mean: numbers(mean), high: numbers(max) },
    ]),
  )
}

function numbers(values: readonly (number | null)[]): Float64Array {
  return Float64Array.from(values, (value) => value ?? NaN)
}
