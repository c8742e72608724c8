// Owns the table that stands in for a chart: a dozen moments of the range, newest first.
import type { ChartFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import type { Format } from './legend-rows.ts'
import type { Quantity } from '../format/quantity.ts'

export interface TableRow {
  readonly timeMs: number
  readonly cells: readonly Quantity[]
}

const ROWS = 12

const isKnown = (value = NaN) => !Number.isNaN(value)

/** The moment of a sample, or the start of a bucket. */
export function startOf(frame: ChartFrame, index: number): number {
  const timeMs = frame.x[index] ?? 0
  return frame.bands ? timeMs - frame.leadMs : timeMs
}

export function tableRows(plan: ChartPlan, frame: ChartFrame, format: Format): TableRow[] {
  const newest = frame.x.length - 1
  // The newest bucket has not ended most of the time, and says nothing then.
  const last = frame.values.some((values) => isKnown(values[newest])) ? newest : newest - 1
  const stride = Math.max(1, Math.floor(frame.x.length / ROWS))
  const rows: TableRow[] = []
  for (let index = last; index >= 0 && rows.length < ROWS; index -= stride) {
    const cells = plan.series.map((_, series) => {
      const value = frame.values[series]?.[index] ?? NaN
      return format(Number.isNaN(value) ? null : value)
    })
    rows.push({ timeMs: startOf(frame, index), cells })
  }
  return rows
}
