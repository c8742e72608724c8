// Owns maintenance windows in words: when they come, and the next one.
import { listed, spanInWords } from '@vigie/shared/alerts/phrase'
import type { Maintenance, MaintenanceDraft } from '@vigie/shared/api/silence'
import { formatDay, formatHour } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'
import { readWeekly, WEEK } from './weekly-times.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
  readonly nowMs: number
}

/** "Every Sunday at 02:30 for 2 hours, by the clocks of Europe/Paris" */
export function windowWords(
  { cron, durationMs, zone }: Pick<MaintenanceDraft, 'cron' | 'durationMs' | 'zone'>,
  { t, locale }: Omit<Speaker, 'nowMs'>,
): string {
  const weekly = readWeekly(cron)
  const rest = { span: spanInWords(durationMs, locale), zone }
  if (!weekly) return t('silences:cronSays', { cron, ...rest })
  const { time, weekdays } = weekly
  if (weekdays.length === WEEK.length) return t('silences:dailySays', { time, ...rest })
  const named = WEEK.filter((day) => weekdays.includes(day)).map((day) => weekdayName(day, locale))
  return t('silences:weeklySays', {
    days: listed(named, { locale, word: 'and', most: 6 }),
    time,
    ...rest,
  })
}

/** "Sunday" */
export function weekdayName(day: number, locale: Locale): string {
  // The fourth of January 1970 was a Sunday.
  const timeMs = Date.UTC(1970, 0, 4 + day)
  const language = locale === 'fr' ? 'fr-FR' : 'en-GB'
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(timeMs)
}

/** "Open until 04:30", "Next: Sunday 29 November, 02:30 to 04:30"; in the viewer's zone. */
export function nextWords({ next, isEnabled }: Maintenance, { t, locale, nowMs }: Speaker): string {
  if (!isEnabled) return t('silences:windowOff')
  if (next === null) return t('silences:windowNever')
  const times = { from: formatHour(next.startsMs, locale), to: formatHour(next.endsMs, locale) }
  if (next.startsMs <= nowMs) return t('silences:windowOpen', { time: times.to })
  return t('silences:windowNext', { day: formatDay(next.startsMs, locale), ...times })
}
