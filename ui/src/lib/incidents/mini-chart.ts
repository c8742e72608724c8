// Owns the geometry of the small chart of an incident: an hour of one series with its limit and its holes. CSS pixels.
import type { IncidentDetail } from '@vigie/shared/api/incident'
import { findMeasure } from '@vigie/shared/metrics/derived'
import { parseSeries } from '@vigie/shared/metrics/series'
import { axisLabels, type AxisLabel } from '../chart/axis-labels.ts'
import { niceAxis } from '../chart/nice-ticks.ts'
import { axisStep, timeTicks } from '../chart/time-ticks.ts'
import { formatMetric } from '../format/format-value.ts'
import type { Locale } from '../i18n/languages.ts'

export type ChartData = NonNullable<IncidentDetail['chart']>

export interface MiniChart {
  readonly line: string
  /** The same, closed down to the ground. */
  readonly area: string
  readonly holes: readonly { readonly x: number; readonly width: number }[]
  readonly limitY: number | null
  readonly labels: readonly (AxisLabel & { readonly y: number })[]
  readonly times: readonly { readonly timeMs: number; readonly x: number }[]
  readonly stepMs: number
  readonly xOf: (timeMs: number) => number
}

export interface Box {
  readonly width: number
  readonly height: number
}

/** Room for the numbers at the left, the top number, and the times below. */
export const ROOM = { left: 44, top: 8, bottom: 18, right: 4 } as const

export function measureOf(series: string) {
  return findMeasure(parseSeries(series)?.metric ?? series)
}

export function miniChart(data: ChartData, { width, height }: Box, locale: Locale): MiniChart {
  const { fromMs, stepMs, values, threshold } = data
  const measure = measureOf(data.series)
  const known = values.filter((value) => value !== null)
  const top = Math.max(...known, threshold ?? -Infinity, 0) || 1
  const low = Math.min(...known, threshold ?? Infinity, 0)
  const isShare = measure.unit === '1' && top > 0.5 && top <= 1
  const binary = measure.unit === 'By' && measure.group === 'memory'
  const axis = niceAxis(low, top, { steps: 3, binary, ...(isShare && { ceiling: 1 }) })
  const toMs = fromMs + Math.max(1, values.length) * stepMs
  const plot = { width: width - ROOM.left - ROOM.right, height: height - ROOM.top - ROOM.bottom }
  const xOf = (timeMs: number) => ROOM.left + ((timeMs - fromMs) / (toMs - fromMs)) * plot.width
  const placeY = (place: number) => ROOM.top + (1 - place) * plot.height
  const yOf = (value: number) => placeY((value - axis.low) / (axis.high - axis.low))
  const runs = runsOf(values)
  const pointOf = (index: number) =>
    `${round(xOf(fromMs + (index + 0.5) * stepMs))} ${round(yOf(values[index] ?? 0))}`
  const lines = runs.map(({ from, to }) => {
    const points = Array.from({ length: to - from }, (_, n) => pointOf(from + n))
    return { points: points.join('L'), from }
  })
  const ground = round(yOf(Math.max(0, axis.low)))
  const middle = (index: number) => round(xOf(fromMs + (index + 0.5) * stepMs))
  const labels = axisLabels(axis, (value) => formatMetric(value, measure, locale))
  const tickMs = axisStep((toMs - fromMs) / Math.max(1, plot.width))
  return {
    line: lines.map(({ points }) => `M${points}`).join(''),
    area: lines.map(({ points, from }) => `M${points}V${ground}H${middle(from)}Z`).join(''),
    holes: holesOf(runs, values.length).map(({ from, to }) => {
      const x = xOf(fromMs + from * stepMs)
      return { x: round(x), width: round(xOf(fromMs + to * stepMs) - x) }
    }),
    limitY: threshold === null ? null : round(yOf(threshold)),
    labels: labels.map((label) => ({ ...label, y: round(placeY(label.place)) })),
    times: timeTicks(fromMs, toMs, tickMs).map((timeMs) => ({ timeMs, x: round(xOf(timeMs)) })),
    stepMs: tickMs,
    xOf,
  }
}

interface Run {
  readonly from: number
  /** One past the last. */
  readonly to: number
}

function runsOf(values: readonly (number | null)[]): Run[] {
  const runs: { from: number; to: number }[] = []
  values.forEach((value, index) => {
    if (value === null) return
    const last = runs.at(-1)
    if (last?.to === index) last.to++
    else runs.push({ from: index, to: index + 1 })
  })
  return runs
}

// What lies between the runs, and at both ends.
function holesOf(runs: readonly Run[], length: number): Run[] {
  const ends = [0, ...runs.flatMap(({ from, to }) => [from, to]), length]
  const holes: Run[] = []
  for (let at = 0; at < ends.length; at += 2) {
    const from = ends[at] ?? 0
    const to = ends[at + 1] ?? length
    if (to > from) holes.push({ from, to })
  }
  return holes
}

function round(px: number): number {
  return Math.round(px * 10) / 10
}
