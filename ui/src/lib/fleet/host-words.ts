// Owns what is said of a host that is not well: in the lead, in its row, and with the moment since when.
import type { HostSummary, StatusReason } from '@vigie/shared/api/host'
import { formatDuration } from '../format/duration.ts'
import { formatHour, formatMoment } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { standingOf, type Standing } from './standing.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
  readonly nowMs: number
}

/** The one word for how a host stands. */
export function standingWord(standing: Standing, t: typeof Translate): string {
  const words = {
    well: t('statusUp'),
    down: t('statusDown'),
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
} as const satisfies Record<StatusReason, string>

/** `web-3 is down`, for the lead. */
export function troublePhrase(host: HostSummary, t: typeof Translate): string {
  const standing = standingOf(host)
  const name = { name: host.name }
  if (standing === 'down') return t('fleet:isDown', name)
  if (standing === 'warning') return t('fleet:isDuplicate', name)
  return t(PHRASES[host.statusReason], name)
}

const REASONS = {
  reporting: 'fleet:reasonSilent',
  silent: 'fleet:reasonSilent',
  stopped: 'fleet:reasonStopped',
  rebooting: 'fleet:reasonRebooting',
  upgrading: 'fleet:reasonUpgrading',
  'never-seen': 'fleet:reasonNeverSeen',
  'hub-started': 'fleet:reasonHubStarted',
} as const satisfies Record<StatusReason, string>

/** Why it is not well, in one line. */
export function reasonLine(host: HostSummary, { t, locale, nowMs }: Speaker): string {
  if (standingOf(host) === 'warning' && host.duplicate) {
    const { hostname, address } = host.duplicate
    return t('fleet:reasonDuplicate', { hostname, address })
  }
  return t(REASONS[host.statusReason], { time: formatMoment(sinceOf(host), nowMs, locale) })
}

/** `since 14:07:32, for 24 min`; of a double, since it was seen. */
export function sinceLine(host: HostSummary, { t, locale, nowMs }: Speaker): string {
  const sinceMs = sinceOf(host)
  return t('fleet:sinceFor', {
    time: formatMoment(sinceMs, nowMs, locale),
    age: formatDuration(wholeMinutes(Math.max(0, nowMs - sinceMs)), locale),
  })
}

/** `since 14:07`, for the lead; the day too when it was another one. */
export function sincePhrase(host: HostSummary, { t, locale, nowMs }: Speaker): string {
  const sinceMs = sinceOf(host)
  const isToday = new Date(sinceMs).toDateString() === new Date(nowMs).toDateString()
  const time = isToday ? formatHour(sinceMs, locale) : formatMoment(sinceMs, nowMs, locale)
  return t('fleet:since', { time })
}

function sinceOf(host: HostSummary): number {
  if (standingOf(host) === 'warning' && host.duplicate) return host.duplicate.sinceMs
  return isSilent(host) ? (host.lastSeenMs ?? host.statusSinceMs) : host.statusSinceMs
}

// A host that fell silent is gone since its last sample, not since the hub gave it up.
function isSilent({ statusReason }: HostSummary): boolean {
  return REASONS[statusReason] === 'fleet:reasonSilent'
}

// Seconds count in the first minute and distract after it.
function wholeMinutes(spanMs: number): number {
  return spanMs < 60_000 ? spanMs : spanMs - (spanMs % 60_000)
}
