// Owns the chart of a few hosts: one line for each.
import { findMetric } from '@vigie/shared/metrics/catalogue'
import type { ChartPlan } from '../chart/chart-plan.ts'
import { lineKey } from './fleet-samples.ts'
import { hostColours } from './host-colours.ts'
import { metricNameOf } from './series-choice.ts'

interface PlanOptions {
  /** A written series. */
  readonly chosen: string
  readonly title: string
  readonly note: string
  readonly nameOf: (id: number) => string
}

/** A line for each host, in this order. */
export function linePlan(
  ids: readonly number[],
  { chosen, title, note, nameOf }: PlanOptions,
): ChartPlan {
  const { unit, group, name } = findMetric(metricNameOf(chosen))
  const colours = hostColours(ids)
  return {
    id: 'compare',
    title,
    note,
    unit,
    shape: 'lines',
    ...(unit === 'Cel' ? { floating: true } : {}),
    ...(group === 'memory' || name.includes('.memory.') ? { binary: true } : {}),
    series: ids.map((id) => ({
      key: lineKey(id),
      label: nameOf(id),
      colour: colours.get(id)?.colour ?? 'data-7',
      dashed: colours.get(id)?.dashed ?? false,
    })),
  }
}
