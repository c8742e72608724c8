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
