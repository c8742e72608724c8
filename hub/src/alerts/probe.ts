// Owns one rule's eye on one series of a table: what it reads of a tick, and what the machine is told of it.
import type { Condition, MetricCondition, Rule } from '@vigie/shared/api/rule'
import { planMeasure, type ColumnReader } from '@vigie/shared/metrics/measure'
import { fillsFilter } from './fills-filter.ts'
import type { MachineTiming, Outcome } from './machine.ts'
import { Trend, TREND_STEP_MS } from './trend.ts'
import { isWorse, verdictOf, type Bounds } from './verdict.ts'
import { watchOf, type Watch, type Watches } from './watch.ts'
import { WindowStatistic } from './window-statistic.ts'

export interface Probe {
  readonly rule: Rule
  readonly watch: Watch
  readonly bounds: Bounds
  /** The interval is that of the tick that is stepped. */
  readonly timing: MachineTiming & { intervalMs: number }
  /** The table has no such series: every tick is missing. */
  readonly isAbsent: boolean
  /** Takes the tick that the columns are at now, once, and in order of time. NaN when it is missing. */
  readonly sample: (timeMs: number, intervalMs: number) => number
  /** More of that tick: of `fills` {usedRatio, bytesPerS}. */
  readonly detail: () => Record<string, number>
}

export interface ProbedTable {
  readonly keys: readonly string[]
  readonly at: ColumnReader
  readonly watches: Watches
}

type Sampler = Pick<Probe, 'sample' | 'detail'>

/** One for each series of the table that a rule means; none for a rule that is not about values. */
export function probesOf(rule: Rule, { keys, at, watches }: ProbedTable): Probe[] {
  const { condition } = rule
  const watched = (series: string): Watch => watchOf(watches, { ruleId: rule.id, series })
  switch (condition.type) {
    case 'metric':
      return planMeasure(condition, keys).map(({ series, read }) => {
        const watch = watched(series)
        return probeOf(
          rule,
          watch,
          valueSampler(watch, condition, () => read(at)),
        )
      })
    case 'fills':
      return planMeasure(fillsFilter(condition), keys).map(({ series, columns, read }) => {
        const watch = watched(series)
        watch.trend ??= new Trend(phaseOf(watches.hostId))
        const [used = NaN, available = NaN] = columns
        const filesystem = {
          usedBytes: () => at(used),
          availableBytes: () => at(available),
          usedRatio: () => read(at),
        }
        return probeOf(rule, watch, trendSampler(watch.trend, filesystem))
      })
    case 'down':
    case 'reboot':
      return []
  }
}

/** For a series that the table has not, whatever the rule. */
export function absentProbe(rule: Rule, watch: Watch): Probe {
  const sample = (): number => NaN
  return { ...probeOf(rule, watch, { sample, detail: () => ({}) }), isAbsent: true }
}

/** One tick, which the columns are at. */
export function stepProbe(probe: Probe, timeMs: number, intervalMs: number): Outcome {
  const { watch, bounds, timing } = probe
  const value = probe.sample(timeMs, intervalMs)
  watch.value = value
  watch.goneForMs = probe.isAbsent ? watch.goneForMs + intervalMs : 0
  timing.intervalMs = intervalMs
  const verdict = verdictOf(value, bounds)
  if (verdict !== 'missing') watch.seenMs = timeMs
  const outcome = watch.machine.step(verdict, timeMs, timing)
  if (verdict === 'beyond') {
    const isAnew = outcome === 'pending' || (outcome === 'fired' && timing.forMs <= 0)
    if (isAnew || isWorse(value, watch.worst, bounds.operator)) watch.worst = value
  }
  return outcome
}

/** One tick of before. */
export function rememberProbe(probe: Probe, timeMs: number, intervalMs: number): void {
  const { machine } = probe.watch
  const verdict = verdictOf(probe.sample(timeMs, intervalMs), probe.bounds)
  if (verdict === 'clear' && machine.state === 'well') machine.step(verdict, timeMs, probe.timing)
}

export function probeOf(rule: Rule, watch: Watch, sampler: Sampler): Probe {
  return { rule, watch, ...wordsOf(rule.condition), isAbsent: false, ...sampler }
}

function wordsOf(condition: Condition): Pick<Probe, 'bounds' | 'timing'> {
  const { forMs, clearForMs, onlyIfChanged } = { ...NO_TIMING, ...condition }
  return {
    bounds: boundsOf(condition),
    timing: { forMs, clearForMs, onlyIfChanged, intervalMs: 0 },
  }
}

const NO_TIMING = { forMs: 0, clearForMs: 0, onlyIfChanged: false }
const NO_BOUNDS: Bounds = { operator: '>', threshold: Infinity, clearAt: Infinity }

export function boundsOf(condition: Condition): Bounds {
  switch (condition.type) {
    case 'metric':
      return condition
    case 'fills':
      return {
        operator: '<',
        threshold: condition.withinMs / 1000,
        clearAt: Math.max(condition.clearMs, condition.withinMs) / 1000,
      }
    case 'down':
    case 'reboot':
      return NO_BOUNDS
  }
}

/** The window goes on as long as the rule's words about it do. */
function valueSampler(watch: Watch, condition: MetricCondition, read: () => number): Sampler {
  const { statistic, windowMs } = condition
  const detail = (): Record<string, number> => ({})
  if (statistic === 'last' || windowMs === 0) {
    watch.window = null
    return { sample: read, detail }
  }
  const isSame = watch.window?.statistic === statistic && watch.window.windowMs === windowMs
  const window = isSame && watch.window ? watch.window : new WindowStatistic(statistic, windowMs)
  watch.window = window
  const goesOneWay = statistic === (condition.operator === '>' ? 'max' : 'min')
  return {
    sample(timeMs, intervalMs) {
      const value = window.push(read(), timeMs, intervalMs)
      if (!goesOneWay || !Number.isNaN(value)) return value
      // What is beyond now is so whatever was before it: no need to watch the whole window.
      const { soFar } = window
      return verdictOf(soFar, condition) === 'beyond' ? soFar : NaN
    },
    detail,
  }
}

interface FilesystemReader {
  readonly usedBytes: () => number
  readonly availableBytes: () => number
  readonly usedRatio: () => number
}

function trendSampler(trend: Trend, filesystem: FilesystemReader): Sampler {
  return {
    sample(timeMs) {
      trend.push(filesystem.usedBytes(), timeMs)
      return (trend.timeToFullMs(filesystem.availableBytes()) ?? NaN) / 1000
    },
    detail: () => ({ usedRatio: filesystem.usedRatio(), bytesPerS: trend.bytesPerS ?? NaN }),
  }
}

/** Five minutes that end at another second for each host. */
function phaseOf(hostId: number): number {
  return (hostId * 7_919_000) % TREND_STEP_MS
}
