// Owns what a status page says, in no language yet: how its hosts are, and were (docs/status-page.md, S1 to S6).
import type { Clock } from '../clock.ts'
import { firstDayMs, type DayFigure } from './availability.ts'
import type { AvailabilityReader } from './availability-reader.ts'
import type { MaintenanceTimes, PageHost, StatusPageRecord, StatusSources } from './ports.ts'

export type Condition = 'down' | 'unknown' | 'maintenance' | 'up'

export interface HostReport {
  /** Null where the page hides names: it is "Server 3" then. */
  readonly name: string | null
  readonly number: number
  readonly condition: Condition
  /** Since when it is down or unknown. */
  readonly sinceMs: number | null
  /** Until when it is in maintenance. */
  readonly untilMs: number | null
  readonly days: readonly DayFigure[]
}

export interface StatusReport {
  readonly title: string
  readonly text: string
  readonly computedMs: number
  readonly counts: Readonly<Record<Condition, number>>
  readonly problems: { readonly crisis: number; readonly warning: number }
  /** The worst first, then by name; no more than are shown. */
  readonly hosts: readonly HostReport[]
  readonly hostCount: number
}

/** More are counted and not shown. */
export const MAX_HOSTS_SHOWN = 200
const WORST_FIRST: readonly Condition[] = ['down', 'unknown', 'maintenance', 'up']

interface Seen extends Omit<HostReport, 'days'> {
  readonly host: PageHost
}

export interface ReporterParts {
  readonly sources: StatusSources
  readonly availability: AvailabilityReader
  readonly clock: Clock
}

export async function reportOf(
  page: StatusPageRecord,
  { sources, availability, clock }: ReporterParts,
): Promise<StatusReport> {
  const computedMs = clock.nowMs()
  const all = [...sources.hosts()]
  availability.forgetAllBut(new Set(all.map(({ id }) => id)))
  const maintenance = sources.maintenance(firstDayMs(computedMs), computedMs + 1)
  const hosts = all.filter((host) => isOn(page, host)).sort((a, b) => a.id - b.id)
  const seen = hosts.map((host, index): Seen => ({
    host,
    name: page.names === 'shown' ? host.name : null,
    number: index + 1,
    ...conditionOf(host, maintenance, computedMs),
  }))
  const shown = seen.toSorted(byUrgency).slice(0, MAX_HOSTS_SHOWN)
  const reports: HostReport[] = []
  // One after the other: readers of history are not to wait behind all of them.
  for (const { host, ...report } of shown) {
    reports.push({ ...report, days: await availability.daysOf(host, maintenance) })
  }
  return {
    title: page.title,
    text: page.text,
    computedMs,
    counts: countsOf(seen),
    problems: problemsOf(seen, sources),
    hosts: reports,
    hostCount: hosts.length,
  }
}

function isOn({ hostTags }: StatusPageRecord, { tags }: PageHost): boolean {
  return hostTags === null || hostTags.some((tag) => tags.includes(tag))
}

function conditionOf(
  host: PageHost,
  maintenance: readonly MaintenanceTimes[],
  nowMs: number,
): Pick<HostReport, 'condition' | 'sinceMs' | 'untilMs'> {
  const ends = maintenance
    .filter((each) => each.means(host))
    .flatMap(({ spans }) => spans)
    .filter(({ startsMs, endsMs }) => startsMs <= nowMs && nowMs < endsMs)
    .map(({ endsMs }) => endsMs)
  if (ends.length > 0) {
    return { condition: 'maintenance', sinceMs: null, untilMs: Math.max(...ends) }
  }
  const sinceMs = host.status === 'up' ? null : host.lastSeenMs
  return { condition: host.status, sinceMs, untilMs: null }
}

function byUrgency(a: Seen, b: Seen): number {
  const rank = ({ condition }: Seen): number => WORST_FIRST.indexOf(condition)
  const byName = (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true })
  return rank(a) - rank(b) || byName || a.number - b.number
}

function countsOf(seen: readonly Seen[]): Record<Condition, number> {
  const count = (wanted: Condition): number =>
    seen.filter(({ condition }) => condition === wanted).length
  return {
    down: count('down'),
    unknown: count('unknown'),
    maintenance: count('maintenance'),
    up: count('up'),
  }
}

/** What is open of hosts of the page, but of none that is in maintenance. */
function problemsOf(seen: readonly Seen[], sources: StatusSources): StatusReport['problems'] {
  const watched = new Set(
    seen.filter(({ condition }) => condition !== 'maintenance').map(({ host }) => host.id),
  )
  const open = [...sources.incidents()].filter(
    ({ hostId }) => hostId !== null && watched.has(hostId),
  )
  const crisis = open.filter(({ severity }) => severity === 'crisis').length
  return { crisis, warning: open.length - crisis }
}
