// Owns what becomes of what late ticks tell: an incident of the past, or an earlier beginning of one of today (docs/alerts.md, L2).
import type { Rule } from '@vigie/shared/api/rule'
import type { HostTicks } from './host-ticks.ts'
import type { IncidentBook } from './incident-book.ts'
import type { LateTrack, LeftOver, PastEpisode } from './late-track.ts'
import type { SeriesSeed } from './machines.ts'
import type { MetricIncidents } from './metric-incidents.ts'
import type { IncidentRecord } from './ports.ts'
import type { RuleBook } from './rule-book.ts'

/** What was firing at that time, and what was pending as the host was last heard before. */
export function seedsOfLateTrack(
  { hostId, pendingBeforeHole }: HostTicks,
  book: IncidentBook,
  timeMs: number,
): SeriesSeed[] {
  const wasFiring = ({ kind, firedMs, resolvedMs }: IncidentRecord): boolean =>
    kind === 'incident' &&
    firedMs !== null &&
    firedMs <= timeMs &&
    (resolvedMs === null || resolvedMs > timeMs)
  const firing = book.ofHost(hostId).filter(wasFiring).map(firingSeed)
  const earlier = pendingBeforeHole.filter(({ sinceMs }) => sinceMs !== null && sinceMs <= timeMs)
  return [...firing, ...earlier]
}

function firingSeed({ rule, series, sinceMs, worst }: IncidentRecord): SeriesSeed {
  return { ruleId: rule.id, series, state: 'firing', sinceMs, worst, resolutionsMs: [] }
}

/** Unless it is of an incident that is known: the hub was told of the same time before. */
export function writeEpisode(
  book: IncidentBook,
  rule: Rule | undefined,
  { hostId, episode }: { hostId: number; episode: PastEpisode },
): void {
  if (!rule) return
  const { series, sinceMs, firedMs, resolvedMs, value, worst, detail } = episode
  const isKnown = book
    .ofHost(hostId)
    .some(
      (known) =>
        known.rule.id === rule.id &&
        known.series === series &&
        known.firedMs !== null &&
        known.sinceMs <= resolvedMs &&
        (known.resolvedMs ?? Infinity) >= sinceMs,
    )
  if (isKnown) return
  book.recount(
    { kind: 'late', rule, hostId, series, sinceMs, value, worst, detail, snapshots: [] },
    { firedMs, resolvedMs, why: 'cleared' },
  )
}

export interface SettlingParts {
  readonly book: IncidentBook
  readonly rules: RuleBook
  readonly incidents: MetricIncidents
}

/** At the end of a track: what is beyond there still is for the machines of today. */
export function settleTrack(track: LateTrack, host: HostTicks, parts: SettlingParts): void {
  for (const left of track.leftOver()) settle(left, { track, host, parts })
}

function settle(
  { watch: late, episode }: LeftOver,
  { track, host, parts }: { track: LateTrack; host: HostTicks; parts: SettlingParts },
): void {
  const { book, rules, incidents } = parts
  const { hostId, machines, holeEndMs } = host
  const today = machines.get(late)
  const sinceMs = Math.max(late.machine.sinceMs ?? 0, lastEndMs(book, hostId, late))
  const todaySinceMs = today?.machine.sinceMs ?? null
  if (today && todaySinceMs !== null && todaySinceMs <= holeEndMs) {
    today.machine.moveBack(sinceMs)
    incidents.movedBack(today)
    return
  }
  const rule = rules.get(late.ruleId)
  if (!episode || !rule) return
  if (today?.machine.state === 'well' && !(today.seenMs >= holeEndMs)) {
    // Today's window is not full yet, so that its machine has seen nothing: it is firing from here on.
    const { ruleId, series } = late
    const seed = { ruleId, series, state: 'firing', sinceMs, resolutionsMs: [] } as const
    const watch = machines.restore({ ...seed, worst: late.worst })
    watch.value = episode.value
    const timeMs = Math.max(episode.firedMs, sinceMs)
    incidents.fire(watch, { hostId, rule, timeMs, detail: () => episode.detail })
    return
  }
  // It was clear by the time that the host was heard again.
  const over = { ...episode, worst: late.worst, resolvedMs: track.newestMs }
  writeEpisode(book, rule, { hostId, episode: over })
}

/** When the newest known incident of a machine was over; 0 when none is known. */
function lastEndMs(
  book: IncidentBook,
  hostId: number,
  of: { ruleId: number; series: string },
): number {
  return book
    .ofHost(hostId)
    .filter(({ rule, series }) => rule.id === of.ruleId && series === of.series)
    .reduce((latest, { resolvedMs }) => Math.max(latest, resolvedMs ?? 0), 0)
}
