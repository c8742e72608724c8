// Owns what the legend says: each series with its value at the cursor, or now, and its range.
import type { Quantity } from '../format/quantity.ts'
import type { ChartFrame } from './chart-frame.ts'
import type { ChartPlan, ChartSeries } from './chart-plan.ts'

export interface LegendRow {
  readonly series: ChartSeries
  /** The number as it was measured, for tests and scripts; null where there is none. */
  readonly value: number | null
  readonly now: Quantity
  readonly min: Quantity
  readonly mean: Quantity
  readonly max: Quantity
}

export type Format = (value: number | null) => Quantity

/** Without a frame the ranges are not known yet. `valueOf` gives the value that the first column shows, NaN where there is none. */
export function legendRows(
  plan: ChartPlan,
  frame: ChartFrame | null,
  options: { format: Format; valueOf: (key: string) => number },
): LegendRow[] {
  const { format, valueOf } = options
  return plan.series.map((series, index) => {
    const statistics = frame?.statistics[index]
    const now = valueOf(series.key)
    const value = Number.isNaN(now) ? null : now
    return {
      series,
      value,
      now: format(value),
      min: after(format(statistics?.min ?? null), format(value)),
      mean: after(format(statistics?.mean ?? null), format(value)),
      max: after(format(statistics?.max ?? null), format(value)),
    }
  })
}

// A unit is said once in a row, never of nothing; where its prefix changes, the prefix alone: "278 kB/s, 0, 39.3 M".
function after({ number, unit }: Quantity, first: Quantity): Quantity {
  if (unit === first.unit || number === '0') return { number, unit: '' }
  return { number, unit: unit.replace(/^(\D+?)(?:[Bo]?\/s|[Bo])$/, '$1') }
}
