// Owns what goes on for one (rule, host, series) while tables of series come and go and rules change.
import type { Condition, Rule } from '@vigie/shared/api/rule'
import { meansSeries } from '@vigie/shared/metrics/measure'
import { Machine } from './machine.ts'
import type { Trend } from './trend.ts'
import { fillsFilter } from './fills-filter.ts'
import type { WindowStatistic } from './window-statistic.ts'

export interface Watch {
  readonly ruleId: number
  readonly series: string
  readonly machine: Machine
  /** Of the last tick; NaN when it was missing. Of `fills`, the seconds to full. */
  value: number
  /** When it last was not missing; NaN when it always was. */
  seenMs: number
  /** The furthest beyond since it is not well; NaN when nothing was. */
  worst: number
  /** For how long the host has ticked without this series in its table (docs/alerts.md, A6); 0 while it is there. */
  goneForMs: number
  window: WindowStatistic | null
  trend: Trend | null
}

/** All that goes on for one host, or for one late track of it. */
export interface Watches {
  readonly hostId: number
  readonly byKey: Map<string, Watch>
}

export function createWatches(hostId: number): Watches {
  return { hostId, byKey: new Map() }
}

/** The watch of a rule and a series; one that is not there yet begins with `machine`. */
export function watchOf(
  watches: Watches,
  { ruleId, series }: Pick<Watch, 'ruleId' | 'series'>,
  machine?: Machine,
): Watch {
  const key = `${ruleId} ${series}`
  const known = watches.byKey.get(key)
  if (known) return known
  const made: Watch = {
    ruleId,
    series,
    machine: machine ?? new Machine(),
    value: NaN,
    seenMs: NaN,
    worst: NaN,
    goneForMs: 0,
    window: null,
    trend: null,
  }
  watches.byKey.set(key, made)
  return made
}

export function dropWatch(watches: Watches, { ruleId, series }: Watch): void {
  watches.byKey.delete(`${ruleId} ${series}`)
}

/** Whether a rule's words mean a series, whether or not a host has it. */
export function isMeant({ condition }: Pick<Rule, 'condition'>, series: string): boolean {
  const filter = filterOf(condition)
  return filter !== null && meansSeries(filter, series)
}

function filterOf(condition: Condition) {
  switch (condition.type) {
    case 'metric':
      return condition
    case 'fills':
      return fillsFilter(condition)
    case 'down':
    case 'reboot':
      return null
  }
}
