// Owns one host's line in a comparison: its series folded to one, with what is said of the whole of it.
import type { FleetHistory } from '@vigie/shared/api/host'
import { findMetric } from '@vigie/shared/metrics/catalogue'
import { chosenSeries, metricNameOf } from './series-choice.ts'

/** Values of equal steps of time from `fromMs` on, NaN where there are none. */
export interface HostLine {
  readonly id: number
  readonly fromMs: number
  readonly stepMs: number
  readonly min: Float64Array
  readonly mean: Float64Array
  readonly max: Float64Array
  /** Over the whole range; null where there is not one value. */
  readonly total: LineTotal | null
}

export interface LineTotal {
  readonly last: number
  readonly min: number
  readonly mean: number
  readonly max: number
}

type Answered = FleetHistory['hosts'][number]['series'][number]

/** The lines of an answer, in its order. Where a choice leaves several series, a line is the worst of them at each moment. */
export function hostLines(history: FleetHistory, written: string): HostLine[] {
  const { fromMs, stepMs } = history
  const isLowWorse = findMetric(metricNameOf(written)).better === 'higher'
  return history.hosts.map(({ id, series }) => {
    const chosen = chosenSeries(written, series)
    const fold = (part: 'min' | 'mean' | 'max') => worst(chosen, part, isLowWorse)
    const line = { id, fromMs, stepMs, min: fold('min'), mean: fold('mean'), max: fold('max') }
    return { ...line, total: totalOf(line) }
  })
}

/** The value of a part of a line at a time, NaN outside of it. */
export function valueAt(line: HostLine, part: 'min' | 'mean' | 'max', timeMs: number): number {
  return line[part][Math.floor((timeMs - line.fromMs) / line.stepMs)] ?? NaN
}

function worst(
  series: readonly Answered[],
  part: 'min' | 'mean' | 'max',
  isLowWorse: boolean,
): Float64Array {
  const folded = new Float64Array(series[0]?.[part].length ?? 0).fill(NaN)
  for (const each of series) {
    each[part].forEach((value, index) => {
      if (value === null) return
      const known = folded[index] ?? NaN
      if (Number.isNaN(known) || (isLowWorse ? value < known : value > known)) folded[index] = value
    })
  }
  return folded
}

function totalOf({ min, mean, max }: Pick<HostLine, 'min' | 'mean' | 'max'>): LineTotal | null {
  let count = 0
  let sum = 0
  let last = NaN
  let low = Infinity
  let high = -Infinity
  mean.forEach((value, index) => {
    if (Number.isNaN(value)) return
    count++
    sum += value
    last = value
    low = Math.min(low, min[index] ?? value)
    high = Math.max(high, max[index] ?? value)
  })
  return count === 0 ? null : { last, min: low, mean: sum / count, max: high }
}
