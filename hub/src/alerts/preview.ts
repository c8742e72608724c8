// Owns what a rule that is not kept would say of the fleet right now, from the last tick of each host.
import type { RuleDraft } from '@vigie/shared/api/rule'
import type { PreviewItem } from '@vigie/shared/api/rule-trial'
import { planMeasure } from '@vigie/shared/metrics/measure'
import { fillsFilter } from './fills-filter.ts'
import { isInScope } from './host-scope.ts'
import type { HostTicks } from './host-ticks.ts'
import type { AlertFleet, AlertHost, LastTick } from './ports.ts'
import { boundsOf } from './probe.ts'
import type { SilenceMeter } from './silence-meter.ts'
import { TickCursor } from './tick-cursor.ts'
import { verdictOf } from './verdict.ts'

export interface PreviewParts {
  readonly fleet: AlertFleet
  readonly ticksOf: (hostId: number) => HostTicks | undefined
  readonly silence: SilenceMeter
}

/** Where the rule has a statistic the value is the last one all the same: no window was watched for it yet. */
export function previewRule(draft: RuleDraft, parts: PreviewParts): PreviewItem[] {
  return [...parts.fleet.hosts()]
    .filter((host) => isInScope(draft.scope, host))
    .flatMap((host) => previewHost(draft, host, parts))
}

function previewHost(
  { condition }: RuleDraft,
  host: AlertHost,
  { ticksOf, silence }: PreviewParts,
): PreviewItem[] {
  const hostId = host.id
  const ticks = ticksOf(hostId)
  switch (condition.type) {
    case 'metric': {
      if (!ticks?.last) return []
      const bounds = boundsOf(condition)
      return measured(condition, ticks.last).map(({ series, value }) => ({
        hostId,
        series,
        value: numberOrNull(value),
        verdict: verdictOf(value, bounds),
      }))
    }
    case 'fills': {
      if (!ticks?.last) return []
      const bounds = boundsOf(condition)
      const trends = ticks.machines.list().filter(({ trend }) => trend !== null)
      return measured(fillsFilter(condition), ticks.last).map(({ series }) => {
        const value = trends.find((watch) => watch.series === series)?.value ?? NaN
        return { hostId, series, value: numberOrNull(value), verdict: verdictOf(value, bounds) }
      })
    }
    case 'down': {
      const silentMs = silence.of(host)
      const verdict = silence.isTooLong(condition, host) ? 'beyond' : 'clear'
      return [
        {
          hostId,
          series: '',
          value: silentMs === null ? null : silentMs / 1000,
          verdict: silentMs === null ? 'missing' : verdict,
        },
      ]
    }
    case 'reboot':
      return []
  }
}

function measured(
  filter: Parameters<typeof planMeasure>[0],
  { keys, block, tick }: LastTick,
): { series: string; value: number }[] {
  const cursor = new TickCursor(keys)
  if (!cursor.move(block, tick)) return []
  return planMeasure(filter, keys).map(({ series, read }) => ({ series, value: read(cursor.at) }))
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
