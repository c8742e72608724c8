// Owns going on after a restart as if it had not happened (docs/alerts.md, A8): what the database knows, back in memory.
import type { ResolvedWhy } from '@vigie/shared/api/incident'
import type { Clock } from '../clock.ts'
import { CLOSED_KEPT_MS } from './closed-incidents.ts'
import type { Evaluation } from './evaluation.ts'
import type { IncidentBook, OpenIncident } from './incident-book.ts'
import type { SeriesSeed } from './machines.ts'
import type { MetricIncidents } from './metric-incidents.ts'
import type { AlertFleet, AlertHost, AlertStore, IncidentRecord, LastTick } from './ports.ts'
import { targetOf } from './reminders.ts'
import type { RuleBook } from './rule-book.ts'
import type { Silencing } from './silencing.ts'
import { isMeant } from './watch.ts'

export interface KnownIncidents {
  readonly lastId: number
  readonly open: readonly OpenIncident[]
  readonly closed: readonly IncidentRecord[]
}

export async function readIncidents(
  store: AlertStore,
  { silencing, fleet, clock }: { silencing: Silencing; fleet: AlertFleet; clock: Clock },
): Promise<KnownIncidents> {
  const nowMs = clock.nowMs()
  const records = await store.open()
  const ids = records.map(({ id }) => id)
  const [told, lastTold] = await Promise.all([store.told(ids), store.lastTold(ids)])
  const open = records.map((record): OpenIncident => {
    const target = targetOf(record, fleet)
    const toldMs = lastTold.get(record.id) ?? null
    const wasHeld = toldMs === null || silencing.coverOf(target, toldMs) !== null
    const wasFree = !wasHeld && record.foldedInto === null
    // A silence may have ended while the hub was away.
    const hasEnded = wasFree && silencing.hasPassed(target, toldMs)
    const isSilenced = hasEnded || silencing.coverOf(target, nowMs) !== null
    return { record, told: told.get(record.id) ?? [], toldMs, wasFree, isSilenced }
  })
  // Mail of what is silenced waits, however long ago it was resolved.
  const sinceMs = Math.min(nowMs - CLOSED_KEPT_MS, silencing.sinceMs() ?? nowMs)
  return { lastId: await store.lastId(), open, closed: await store.resolvedSince(sinceMs) }
}

export interface RestoreParts {
  readonly book: IncidentBook
  readonly rules: RuleBook
  readonly fleet: AlertFleet
  readonly evaluation: Evaluation
  readonly incidents: MetricIncidents
  readonly clock: Clock
  readonly lastTick?: (hostId: number) => LastTick | undefined
}

/** Machines as they were. What no rule means any more ends here (docs/alerts.md, A9). */
export function restoreMachines(parts: RestoreParts): void {
  const { book, rules, fleet, evaluation, incidents, clock } = parts
  const seeds = new Map<number, SeriesSeed[]>()
  const add = (hostId: number, seed: SeriesSeed): void => {
    seeds.set(hostId, [...(seeds.get(hostId) ?? []), seed])
  }
  const flaps = flapsOf(book.closed.list())
  const lastHeardMs = ({ id, lastSeenMs }: AlertHost): number =>
    parts.lastTick?.(id)?.timeMs ?? lastSeenMs ?? 0
  const goesOn: { record: IncidentRecord; host: AlertHost }[] = []
  for (const { record } of [...book.list()]) {
    if (!isOfMachine(record)) continue
    const host = record.hostId === null ? undefined : fleet.host(record.hostId)
    const rule = rules.ruleFor(record.rule.id, host)
    if (host && rule && isMeant(rule, record.series)) goesOn.push({ record, host })
    else if (record.state === 'pending') book.forget(record.id)
    else book.resolve(record.id, { timeMs: clock.nowMs(), why: endOf(record, fleet) })
  }
  for (const { record, host } of goesOn) {
    const key = keyOf(record)
    add(host.id, {
      ...openSeed(record, lastHeardMs(host)),
      resolutionsMs: flaps.get(key)?.resolutionsMs ?? [],
    })
    flaps.delete(key)
  }
  for (const { hostId, ...seed } of flaps.values()) add(hostId, seed)
  for (const { id } of fleet.hosts()) evaluation.begin(id, seeds.get(id))
  for (const { record, host } of goesOn) {
    const seed = { ruleId: record.rule.id, series: record.series }
    const watch = evaluation.host(host.id)?.machines.get(seed)
    const rule = rules.get(record.rule.id)
    if (watch && rule) incidents.restore(watch, { hostId: host.id, rule, incidentId: record.id })
  }
}

function endOf({ hostId }: IncidentRecord, fleet: AlertFleet): ResolvedWhy {
  if (hostId === null) return 'retired'
  return fleet.host(hostId) ? 'rule-changed' : fleet.leftWhy(hostId)
}

function isOfMachine({ kind, rule }: IncidentRecord): boolean {
  const { type } = rule.condition
  return kind === 'incident' && (type === 'metric' || type === 'fills')
}

function openSeed(record: IncidentRecord, lastHeardMs: number): Omit<SeriesSeed, 'resolutionsMs'> {
  const { rule, series, sinceMs, worst, state } = record
  const at = { ruleId: rule.id, series, sinceMs, worst }
  if (state !== 'pending') return { ...at, state: 'firing' }
  // As far as is known it was beyond for as long as the host was heard.
  return { ...at, state: 'pending', lastBeyondMs: Math.max(sinceMs, lastHeardMs) }
}

/** For flap damping (docs/alerts.md, A5). Older ones than count do no harm. */
function flapsOf(closed: Iterable<IncidentRecord>): Map<string, SeriesSeed & { hostId: number }> {
  const flaps = new Map<string, SeriesSeed & { hostId: number }>()
  for (const record of closed) {
    const { rule, hostId, series, resolvedMs } = record
    if (!isOfMachine(record) || hostId === null || resolvedMs === null) continue
    const key = keyOf(record)
    flaps.set(key, {
      ruleId: rule.id,
      hostId,
      series,
      state: 'well',
      sinceMs: null,
      worst: null,
      hasBeenClear: true,
      resolutionsMs: [...(flaps.get(key)?.resolutionsMs ?? []), resolvedMs],
    })
  }
  return flaps
}

function keyOf({ rule, hostId, series }: IncidentRecord): string {
  return `${rule.id} ${hostId} ${series}`
}
