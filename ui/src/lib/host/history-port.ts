// Owns the reading of a host's history as the page keeps it: single samples from blocks, buckets from JSON.
import type { HistoryRun } from '@vigie/shared/api/history-body'
import type { History } from '@vigie/shared/api/host'
import { columnOf } from '@vigie/shared/codec/block'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import type { HistoryRequest } from './history-loader.ts'
import type { Columns } from './tier.ts'

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
