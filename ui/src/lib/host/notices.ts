// Owns what a host's page must say before anything else.
import type { HostDetail } from '@vigie/shared/api/host'
import { formatMoment } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import type { Say } from './plan/host-plan.ts'

export interface Notice {
  readonly id: string
  readonly title: string
  readonly text: string
  /** It is about something that can be asked for again. */
  readonly canRetry?: boolean
}

export function noticesOf(
  host: HostDetail,
  failure: string | null,
  { nowMs, say, locale }: { nowMs: number; say: Say; locale: Locale },
): Notice[] {
  const notices: Notice[] = []
  const noteSince = (id: 'retired' | 'revoked', sinceMs: number | null): void => {
    if (sinceMs === null) return
    const text = say(`${id}.text`, { time: formatMoment(sinceMs, nowMs, locale) })
    notices.push({ id, title: say(`${id}.title`), text })
  }
  noteSince('retired', host.retiredMs)
  noteSince('revoked', host.revokedMs)
  if (host.overQuota) {
    const time = formatMoment(host.overQuota.sinceMs, nowMs, locale)
    const what = say(`overQuota.what.${host.overQuota.what}`)
    const text = say('overQuota.text', { time, what })
    notices.push({ id: 'over-quota', title: say('overQuota.title'), text })
  }
  if (host.duplicate) {
    const { hostname, address, sinceMs } = host.duplicate
    const time = formatMoment(sinceMs, nowMs, locale)
    const text = say('duplicate.text', { hostname, address, time })
    notices.push({ id: 'duplicate', title: say('duplicate.title'), text })
  }
  if (failure !== null) {
    notices.push({
      id: 'history',
      title: '',
      text: say('history.failed', { reason: failure }),
      canRetry: true,
    })
  }
  return notices
}
