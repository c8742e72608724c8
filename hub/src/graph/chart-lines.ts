// Owns the lines of a chart: which there are, their points and the band around them, with a break wherever there was nothing.
import type { History } from '@vigie/shared/api/host'
import { MAX_LINES, type PlannedChart, type PlannedSeries } from './chart-plan.ts'

export type Point = [timeMs: number, value: number]

interface Placing {
  readonly history: History
  readonly intervalMs: number
  /** Drawn below zero. */
  readonly isBelow: boolean
}

type Values = readonly (number | null)[]

/** A bucket of many ticks stands in its middle, a tick where it was taken. */
function timeOf({ history, intervalMs }: Placing, index: number): number {
  const { fromMs, stepMs } = history
  return fromMs + index * stepMs + (stepMs > intervalMs ? stepMs / 2 : 0)
}

/** A point a bucket; one that stands alone is a dot, because a line of one point is nothing. */
export function linePoints(values: Values, placing: Placing): unknown[] {
  return values.map((value, index) => {
    const timeMs = timeOf(placing, index)
    if (value === null) return [timeMs, '-']
    const point = [timeMs, placing.isBelow ? -value : value]
    const isAlone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
    return isAlone ? { value: point, symbol: 'circle', symbolSize: 5 } : point
  })
}

/** The outlines of what lies between the least and the greatest; none where they are the same everywhere. */
export function bandOf({ min, max }: { min: Values; max: Values }, placing: Placing): Point[][] {
  const side = placing.isBelow ? -1 : 1
  const areas: Point[][] = []
  let upper: Point[] = []
  let lower: Point[] = []
  const close = (): void => {
    if (upper.length > 1) areas.push([...upper, ...lower.reverse()])
    upper = []
    lower = []
  }
  min.forEach((least, index) => {
    const most = max[index] ?? null
    if (least === null || most === null) close()
    else {
      const timeMs = timeOf(placing, index)
      upper.push([timeMs, side * most])
      lower.push([timeMs, side * least])
    }
  })
  close()
  return min.some((least, index) => least !== max[index]) ? areas : []
}

type Buckets = History['series'][number]

/** A series with what was measured of it. */
export interface Line extends PlannedSeries {
  readonly buckets: Buckets
}

/** The lines that are drawn: the highest ones where there are too many, in the order of the plan. */
export function linesOf(history: History, chart: PlannedChart): Line[] {
  const byKey = new Map(history.series.map((buckets) => [buckets.series, buckets]))
  const all = chart.series.flatMap((series): Line[] => {
    const buckets = byKey.get(series.key)
    return buckets ? [{ ...series, buckets }] : []
  })
  if (all.length <= MAX_LINES) return all
  const highest = [...all]
    .sort((a, b) => (greatest(b.buckets.max) ?? -Infinity) - (greatest(a.buckets.max) ?? -Infinity))
    .slice(0, MAX_LINES)
  return all.filter((line) => highest.includes(line)).map(recoloured)
}

function recoloured(line: Line, index: number): Line {
  return { ...line, colour: ((index % MAX_LINES) + 1) as Line['colour'] }
}

export function greatest(values: Values): number | null {
  return known(values).reduce<number | null>((most, value) => Math.max(most ?? value, value), null)
}

export function smallest(values: Values): number | null {
  return known(values).reduce<number | null>(
    (least, value) => Math.min(least ?? value, value),
    null,
  )
}

export function mean(values: Values): number | null {
  const present = known(values)
  const sum = present.reduce((total, value) => total + value, 0)
  return present.length === 0 ? null : sum / present.length
}

function known(values: Values): number[] {
  return values.filter((value) => value !== null)
}
