// Owns one picture of a chart: its series cut to the window, stacked where they are parts, with an axis that holds them.
import type { ChartPlan } from './chart-plan.ts'
import { niceAxis, type Axis } from './nice-ticks.ts'
import type { PlotWindow } from './plot-window.ts'
import type { Samples } from './samples.ts'
import { statisticsOf, type SeriesStatistics } from './series-statistics.ts'

/** Where a line runs: one height for each time, null where there is no value. */
export type Heights = (number | null)[]

export interface ChartFrame {
  readonly window: PlotWindow
  /** Times of the samples, in epoch ms. */
  readonly x: Float64Array
  /** What was measured, in the order of the plan's series; NaN where there is none. */
  readonly values: readonly Float64Array[]
  /** What is drawn, in the same order: stacked, turned below zero, or empty for what is not shown. */
  readonly heights: readonly Heights[]
  readonly statistics: readonly SeriesStatistics[]
  /** Of the whole stack; null for other shapes. */
  readonly total: SeriesStatistics | null
  readonly axis: Axis
  /** There is at least one value. */
  readonly some: boolean
}

export interface FrameOptions {
  readonly window: PlotWindow
  /** The key of the one series to show. */
  readonly isolated: string | null
}

const NO_HEIGHTS: Heights = []

export function buildFrame(plan: ChartPlan, samples: Samples, options: FrameOptions): ChartFrame {
  const { window, isolated } = options
  const firstSlot = Math.floor(window.startMs / samples.stepMs)
  const count = Math.max(0, Math.floor(window.endMs / samples.stepMs) - firstSlot + 1)
  const x = Float64Array.from({ length: count }, (_, index) => (firstSlot + index) * samples.stepMs)
  const values = plan.series.map(({ key }) => {
    const out = new Float64Array(count)
    samples.copy(key, firstSlot, out)
    return out
  })
  const shown = plan.series.map(({ key }) => isolated === null || key === isolated)
  const sum = plan.shape === 'stack' ? sumOf(values, count) : null
  const heights = heightsOf(plan, values, shown)
  const statistics = values.map((each) => statisticsOf(each))
  return {
    window,
    x,
    values,
    heights,
    statistics,
    total: sum && statisticsOf(sum),
    axis: axisOf(plan, heights, isolated),
    some: statistics.some(({ max }) => max !== null),
  }
}

function sumOf(values: readonly Float64Array[], count: number): Float64Array {
  const sum = new Float64Array(count).fill(NaN)
  for (const each of values) {
    for (let index = 0; index < count; index++) {
      const value = each[index] ?? NaN
      if (Number.isNaN(value)) continue
      const before = sum[index] ?? NaN
      sum[index] = Number.isNaN(before) ? value : before + value
    }
  }
  return sum
}

function heightsOf(
  plan: ChartPlan,
  values: readonly Float64Array[],
  shown: readonly boolean[],
): Heights[] {
  const stacked = plan.shape === 'stack' ? new Float64Array(values[0]?.length ?? 0) : null
  return values.map((each, series) => {
    if (!shown[series]) return NO_HEIGHTS
    const sign = plan.series[series]?.below ? -1 : 1
    const heights: Heights = new Array<number | null>(each.length)
    for (let index = 0; index < each.length; index++) {
      const value = each[index] ?? NaN
      const base = stacked?.[index] ?? 0
      heights[index] = Number.isNaN(value) ? null : base + sign * value
      if (stacked && !Number.isNaN(value)) stacked[index] = base + value
    }
    return heights
  })
}

function axisOf(plan: ChartPlan, heights: readonly Heights[], isolated: string | null): Axis {
  let low = Infinity
  let high = -Infinity
  for (const line of heights) {
    for (const height of line) {
      if (height === null) continue
      if (height < low) low = height
      if (height > high) high = height
    }
  }
  const { ceiling, binary = false, floating = false, threshold, unit } = plan
  if (isolated === null && threshold && threshold.value > high)
    high = Math.max(high, threshold.value)
  // Parts that were rounded one by one add up to a hair more than the whole.
  if (unit === '1' && high > 1 && high < 1 + ROUNDING) high = 1
  if (high === -Infinity)
    return niceAxis(0, smallest(unit), { binary, ...(ceiling ? { ceiling } : {}) })
  if (!floating) {
    low = Math.min(0, low)
    high = Math.max(high, low < 0 ? 0 : smallest(unit))
  } else if (high - low < 1) {
    low = Math.max(0, low - 0.5)
    high += 0.5
  }
  const fixed = isolated === null && ceiling !== undefined && ceiling >= high ? { ceiling } : {}
  return niceAxis(low, high, { binary, ...fixed })
}

const ROUNDING = 0.02

// An idle machine is drawn as idle: without a least height its noise would fill the chart.
function smallest(unit: ChartPlan['unit']): number {
  if (unit === '1') return 0.05
  if (unit === 'By' || unit === 'By/s') return 1000
  if (unit === 's') return 0.001
  return 1
}
