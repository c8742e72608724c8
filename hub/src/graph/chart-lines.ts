// Owns the points of a line and of the band around it, with a break wherever there was nothing.
import type { History } from '@vigie/shared/api/host'

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
    return isAlone ? { value: point, symbol: 'circle', symbolSize: 3 } : point
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
