// Owns the sentences at the head of a host's page.
import type { HostDetail } from '@vigie/shared/api/host'
import type { Incident } from '@vigie/shared/api/incident'
import { formatAge, formatDuration } from '../format/duration.ts'
import { formatValue } from '../format/format-value.ts'
import { formatMoment, formatUtc } from '../format/moment.ts'
import { joined } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import { incidentWords, type IncidentWords } from './host-incident-words.ts'
import type { Say } from './plan/host-plan.ts'

export interface Fact {
  readonly id: string
  readonly label: string
  readonly text: string
  readonly hint?: string
}

export interface HeaderWords {
  readonly pathLabel: string
  readonly fleet: string
  readonly factsLabel: string
  readonly status: HostDetail['status']
  readonly state: string
  readonly sinceUtc: string
  readonly facts: readonly Fact[]
  readonly changeTags: string
  readonly changeHost: string
  readonly incidentsLabel: string
  /** Those that are open, the most severe first. */
  readonly incidents: readonly IncidentWords[]
}

export interface Moment {
  /** The hub's clock. */
  readonly nowMs: number
  readonly lastSampleMs: number | null
  readonly uptimeS: number | null
  /** Those that are open, the most severe first. */
  readonly incidents: readonly Incident[]
}

export function headerWords(
  host: HostDetail,
  moment: Moment,
  { say, locale }: { say: Say; locale: Locale },
): HeaderWords {
  const sinceMs = goneSinceMs(host)
  const time = formatMoment(sinceMs, moment.nowMs, locale)
  const since = say('status.since', { status: say(`status.${host.status}`), time })
  const isSaid = host.status !== 'up' && host.statusReason !== 'reporting'
  return {
    pathLabel: say('path'),
    fleet: say('fleet'),
    factsLabel: say('facts'),
    status: host.status,
    state: isSaid
      ? say('status.because', { since, reason: say(`status.reason.${host.statusReason}`) })
      : since,
    sinceUtc: formatUtc(sinceMs),
    facts: factsOf(host, moment, { say, locale }),
    changeTags: say(host.tags.length === 0 ? 'tags.none' : 'tags.change'),
    changeHost: say('change.menu'),
    incidentsLabel: say('incidents'),
    incidents: moment.incidents.map((incident) =>
      incidentWords(incident, { nowMs: moment.nowMs, say, locale }),
    ),
  }
}

// A host that fell silent is gone since its last sample, not since the hub gave it up.
function goneSinceMs({ status, statusReason, statusSinceMs, lastSeenMs }: HostDetail): number {
  const isSilent = status !== 'up' && statusReason === 'silent'
  return isSilent ? (lastSeenMs ?? statusSinceMs) : statusSinceMs
}

const MAX_ADDRESSES = 3
const SECOND_MS = 1000

function factsOf(
  host: HostDetail,
  { nowMs, lastSampleMs, uptimeS }: Moment,
  { say, locale }: { say: Say; locale: Locale },
): Fact[] {
  const { inventory } = host
  const facts: Fact[] = []
  const isUp = host.status === 'up'
  const upMs = uptimeS !== null ? uptimeS * 1000 : host.bootMs === null ? null : nowMs - host.bootMs
  if (isUp && upMs !== null) {
    facts.push({ id: 'uptime', label: say('fact.up'), text: formatDuration(upMs, locale) })
  }
  if (inventory) {
    const { os, cpu, memoryBytes } = inventory
    facts.push({ id: 'system', label: '', text: [os.name, os.version].filter(Boolean).join(' ') })
    facts.push({ id: 'kernel', label: '', text: `${os.kernel} ${os.architecture}`.trim() })
    const memory = joined(formatValue(memoryBytes, 'By', locale, { binary: true }))
    const cores = say('cores', { count: cpu.logicalCount })
    facts.push({ id: 'machine', label: '', text: say('fact.machine', { cores, memory }) })
    const addresses = addressesOf(inventory)
    const more = addresses.length > MAX_ADDRESSES ? ', …' : ''
    if (addresses.length > 0) {
      const text = addresses.slice(0, MAX_ADDRESSES).join(', ') + more
      facts.push({ id: 'addresses', label: '', text, hint: addresses.join('\n') })
    }
  } else if (host.system !== null) {
    facts.push({ id: 'system', label: '', text: host.system })
  }
  facts.push({ id: 'agent', label: say('fact.agent'), text: host.agentVersion })
  const age =
    lastSampleMs === null
      ? say('fact.never')
      : say('fact.ago', {
          // Within the last second is as fresh as it gets.
          age: joined(formatAge(Math.max(SECOND_MS, nowMs - lastSampleMs), locale)),
        })
  facts.push({
    id: 'last-sample',
    label: say('fact.lastSample'),
    text: age,
    ...(lastSampleMs === null ? {} : { hint: formatUtc(lastSampleMs) }),
  })
  return facts
}

/** What others reach the machine by: loopback and link-local addresses are left out. */
function addressesOf({ interfaces }: NonNullable<HostDetail['inventory']>): string[] {
  return interfaces
    .flatMap(({ addresses }) => addresses)
    .map((address) => address.split('/')[0] ?? address)
    .filter((address) => !/^(127\.|::1$|fe80:|169\.254\.)/i.test(address))
}
