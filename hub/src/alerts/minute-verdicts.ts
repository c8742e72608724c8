// Owns what the stored minutes of a host say of a rule: those that are all on one side of its bounds need no seconds.
import type { MetricCondition } from '@vigie/shared/api/rule'
import type { History } from '@vigie/shared/api/host'
import { planMeasure, type ColumnReader } from '@vigie/shared/metrics/measure'
import { verdictOf, type Verdict } from './verdict.ts'

export const MINUTE_MS = 60_000
/** Its values are not all on one side. */
export type MinuteVerdict = Verdict | 'mixed'

export interface SeriesMinutes {
  readonly series: string
  /** The written series that it is made of. */
  readonly keys: readonly string[]
  readonly verdicts: readonly MinuteVerdict[]
  /** Stands for the values of a minute that is not mixed: the furthest, or the mean where a window would smooth them. */
  readonly values: Float64Array
}

/** `history` is of minutes. */
export function minuteVerdicts(condition: MetricCondition, history: History): SeriesMinutes[] {
  const keys = history.series.map(({ series }) => series)
  const count = (history.toMs - history.fromMs) / MINUTE_MS
  return planMeasure(condition, keys).map(({ series, columns, read, bounds }) => {
    let minute = 0
    const at =
      (which: 'min' | 'mean' | 'max'): ColumnReader =>
      (column) =>
        history.series[column]?.[which][minute] ?? NaN
    const [low, mean, high] = [at('min'), at('mean'), at('max')]
    const verdicts: MinuteVerdict[] = []
    const values = new Float64Array(count)
    for (; minute < count; minute++) {
      const { least, greatest } = bounds(low, high)
      const verdict = verdictOf(least, condition)
      verdicts.push(verdict === verdictOf(greatest, condition) ? verdict : 'mixed')
      values[minute] = isWindowed(condition)
        ? read(mean)
        : condition.operator === '>'
          ? greatest
          : least
    }
    return { series, keys: columns.map((column) => keys[column] ?? ''), verdicts, values }
  })
}

export function isWindowed({ statistic, windowMs }: MetricCondition): boolean {
  return statistic !== 'last' && windowMs > 0
}

/** Whether some minutes can be played without their seconds. A window looks at its whole length, holes included. */
export function isPlain(condition: MetricCondition, verdicts: readonly MinuteVerdict[]): boolean {
  if (!isWindowed(condition)) return !verdicts.includes('mixed')
  return (
    verdicts.every((verdict) => verdict === 'clear' || verdict === 'missing') ||
    verdicts.every((verdict) => verdict === 'beyond')
  )
}
