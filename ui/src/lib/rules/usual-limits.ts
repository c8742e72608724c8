// Owns where a limit stands when a metric is chosen, before anybody has written one.
import type { MetricCondition } from '@vigie/shared/api/rule'
import type { Metric } from '@vigie/shared/metrics/catalogue'

export type Limits = Pick<MetricCondition, 'operator' | 'threshold' | 'clearAt'>

/** Whether a value of the metric is only yes or no. */
export function isYesOrNo({ unit }: Pick<Metric, 'unit'>): boolean {
  return unit === '{bool}'
}

/** Yes is over 0, and no is under 1; either is clear as soon as it is not so. */
export function yesOrNo(isYes: boolean): Limits {
  return isYes
    ? { operator: '>', threshold: 0, clearAt: 0 }
    : { operator: '<', threshold: 1, clearAt: 1 }
}

/** A limit is NaN where only people know one. */
export function usualLimits({ unit, better }: Metric): Limits {
  const isLowBad = better === 'higher'
  if (isYesOrNo({ unit })) return yesOrNo(!isLowBad)
  const operator = isLowBad ? '<' : '>'
  if (unit === '1') {
    return isLowBad
      ? { operator, threshold: 0.1, clearAt: 0.15 }
      : { operator, threshold: 0.9, clearAt: 0.85 }
  }
  if (unit === 'Cel') return { operator, threshold: 90, clearAt: 85 }
  return { operator, threshold: NaN, clearAt: NaN }
}
