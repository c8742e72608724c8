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
  /** Where the samples are drawn, in epoch ms; buckets in their middle. */
  readonly x: Float64Array
  readonly stepMs: number
  /** How long before its `x` the stretch begins that a value is of. */
  readonly leadMs: number
  /** What was measured, or the mean of it, in the order of the plan's series; NaN where there is none. */
  readonly values: readonly Float64Array[]
  /** The lowest and highest value of each bucket, in the same order; null where every sample is drawn. */
  readonly bands: readonly Band[] | null
  /** What is drawn, in the same order: stacked, turned below zero, or empty for what is not shown. */
  readonly heights: readonly Heights[]
  readonly statistics: readonly SeriesStatistics[]
  /** Of the whole stack; null for other shapes. */
  readonly total: SeriesStatistics | null
  readonly axis: Axis
  /** There is at least one value. */
  readonly some: boolean
}

export interface Band {
  readonly low: Float64Array
  readonly high: Float64Array
}

export interface FrameOptions {
  readonly window: PlotWindow
  /** The key of the one series to show. */
  readonly isolated: string | null
}

const NO_HEIGHTS: Heights = []

export function buildFrame(plan: ChartPlan, samples: Samples, options: FrameOptions): ChartFrame {
  const { window, isolated } = options
  const { stepMs, middleMs = 0 } = samples
  const firstSlot = Math.floor(window.startMs / stepMs)
  const count = Math.max(0, Math.floor(window.endMs / stepMs) - firstSlot + 1)
  const x = Float64Array.from(
    { length: count },
    (_, index) => (firstSlot + index) * stepMs + middleMs,
  )
  const values = plan.series.map(({ key }) => {
    const out = new Float64Array(count)
    samples.copy(key, firstSlot, out)
    return out
  })
  const shown = plan.series.map(({ key }) => isolated === null || key === isolated)
  const sum = plan.shape === 'stack' ? sumOf(values, count) : null
  const heights = heightsOf(plan, values, shown)
  const bands = samples.copyBand ? bandsOf(plan, samples, { firstSlot, count }) : null
  const statistics = values.map((each, series) => statisticsOf(each, bands?.[series]))
  return {
    window,
    x,
    stepMs,
    leadMs: middleMs === 0 ? stepMs : middleMs,
    values,
    bands,
    heights,
    statistics,
    total: sum && statisticsOf(sum),
    axis: axisOf(plan, { heights, peaks: peaksOf(plan, statistics, shown), isolated }),
    some: statistics.some(({ max }) => max !== null),
  }
}

function bandsOf(
  plan: ChartPlan,
  samples: Samples,
  { firstSlot, count }: { firstSlot: number; count: number },
): Band[] {
  return plan.series.map(({ key }) => {
    const band = { low: new Float64Array(count), high: new Float64Array(count) }
    samples.copyBand?.(key, firstSlot, band.low, band.high)
    return band
  })
}

// The ends of what is drawn of a line with its band; a stack has no bands, and its parts do not start at zero.
function peaksOf(
  plan: ChartPlan,
  statistics: readonly SeriesStatistics[],
  shown: readonly boolean[],
): number[] {
  if (plan.shape !== 'lines') return []
  return statistics.flatMap(({ min, max }, series) => {
    const sign = plan.series[series]?.below ? -1 : 1
    return min === null || max === null || !shown[series] ? [] : [sign * min, sign * max]
  })
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

function axisOf(
  plan: ChartPlan,
  drawn: { heights: readonly Heights[]; peaks: readonly number[]; isolated: string | null },
): Axis {
  const { heights, peaks, isolated } = drawn
  let low = Math.min(Infinity, ...peaks)
  let high = Math.max(-Infinity, ...peaks)
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
