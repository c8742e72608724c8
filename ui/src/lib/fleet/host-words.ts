// Owns what is said of a host that is not well: in the lead, in its row, and with the moment since when.
import { incidentDetail, incidentTitle, incidentWhat } from '@vigie/shared/alerts/incident-words'
import { capital } from '@vigie/shared/alerts/phrase'
import type { HostSummary, StatusReason } from '@vigie/shared/api/host'
import type { Incident } from '@vigie/shared/api/incident'
import { formatDuration } from '../format/duration.ts'
import { formatHour, formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { isReporting, type Standing } from './standing.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
  readonly nowMs: number
}

/** A host with what may be wrong with it. */
export interface Troubled {
  readonly summary: HostSummary
  readonly standing: Standing
  /** Those that are open, the most severe first. */
  readonly incidents: readonly Incident[]
}

/** The incident that speaks for a host that reports; undefined where its status says all. */
export function spokesmanOf({ summary, incidents }: Troubled): Incident | undefined {
  return isReporting(summary) ? incidents[0] : undefined
}

/** The one word for how a host stands. */
export function standingWord(standing: Standing, t: typeof Translate): string {
  const words = {
    well: t('statusUp'),
    down: t('statusDown'),
    crisis: t('statusCrisis'),
    unknown: t('statusUnknown'),
    warning: t('statusWarning'),
  }
  return words[standing]
}

const PHRASES = {
  reporting: 'fleet:isSilent',
  silent: 'fleet:isDown',
  stopped: 'fleet:isStopped',
  rebooting: 'fleet:isRebooting',
  upgrading: 'fleet:isUpgrading',
  'never-seen': 'fleet:isNeverSeen',
  'hub-started': 'fleet:isSilent',
  retired: 'fleet:isSilent',
  revoked: 'fleet:isRevoked',
  awaited: 'fleet:isAwaited',
} as const satisfies Record<StatusReason, string>

/** `web-3 is down`, `/var of db-1 is 91 % full`, for the lead. */
export function troublePhrase(host: Troubled, { t, locale }: Omit<Speaker, 'nowMs'>): string {
  const { summary, standing } = host
  const name = { name: summary.name }
  if (standing === 'down') return t('fleet:isDown', name)
  const incident = spokesmanOf(host)
  if (incident) return incidentTitle(incident, locale)
  if (standing === 'warning') return t('fleet:isDuplicate', name)
  return t(PHRASES[summary.statusReason], name)
}

/** `and 2 more`, of a host that several incidents are open of; empty otherwise. */
export function morePhrase(host: Troubled, { t, locale }: Omit<Speaker, 'nowMs'>): string {
  const count = spokesmanOf(host) ? host.incidents.length - 1 : 0
  return count === 0 ? '' : t('fleet:andMore', { count, number: fixed(count, 0, locale) })
}

const REASONS = {
  reporting: 'fleet:reasonSilent',
  silent: 'fleet:reasonSilent',
  stopped: 'fleet:reasonStopped',
  rebooting: 'fleet:reasonRebooting',
  upgrading: 'fleet:reasonUpgrading',
  'never-seen': 'fleet:reasonNeverSeen',
  'hub-started': 'fleet:reasonHubStarted',
  retired: 'fleet:reasonSilent',
  revoked: 'fleet:reasonRevoked',
  awaited: 'fleet:reasonAwaited',
} as const satisfies Record<StatusReason, string>

/** Why it is not well, in one line. */
export function reasonLine(host: Troubled, { t, locale, nowMs }: Speaker): string {
  const { summary, standing } = host
  const incident = spokesmanOf(host)
  if (incident) {
    const what = capital(incidentWhat(incident, locale))
    const line = t('fleet:reasonIncident', { what, detail: incidentDetail(incident, locale) })
    return [line, morePhrase(host, { t, locale })].filter(Boolean).join(' ')
  }
  if (standing === 'warning' && summary.duplicate) {
    const { hostname, address } = summary.duplicate
    return t('fleet:reasonDuplicate', { hostname, address })
  }
  return t(REASONS[summary.statusReason], { time: formatMoment(sinceOf(host), nowMs, locale) })
}

/** `since 14:07:32, for 24 min`; of a double, since it was seen. */
export function sinceLine(host: Troubled, { t, locale, nowMs }: Speaker): string {
  const sinceMs = sinceOf(host)
  return t('fleet:sinceFor', {
    time: formatMoment(sinceMs, nowMs, locale),
    age: formatDuration(wholeMinutes(Math.max(0, nowMs - sinceMs)), locale),
  })
}

/** `since 14:07`, for the lead; the day too when it was another one. */
export function sincePhrase(host: Troubled, { t, locale, nowMs }: Speaker): string {
  const sinceMs = sinceOf(host)
  const isToday = new Date(sinceMs).toDateString() === new Date(nowMs).toDateString()
  const time = isToday ? formatHour(sinceMs, locale) : formatMoment(sinceMs, nowMs, locale)
  return t('fleet:since', { time })
}

function sinceOf(host: Troubled): number {
  const { summary, standing } = host
  const incident = spokesmanOf(host)
  if (incident) return incident.sinceMs
  if (standing === 'warning' && summary.duplicate) return summary.duplicate.sinceMs
  return isSilent(summary) ? (summary.lastSeenMs ?? summary.statusSinceMs) : summary.statusSinceMs
}

// A host that fell silent is gone since its last sample, not since the hub gave it up.
function isSilent({ statusReason }: HostSummary): boolean {
  return REASONS[statusReason] === 'fleet:reasonSilent'
}

// Seconds count in the first minute and distract after it.
function wholeMinutes(spanMs: number): number {
  return spanMs < 60_000 ? spanMs : spanMs - (spanMs % 60_000)
}
