// Owns how the dates of advisories are written: a source's day is the same everywhere, a moment is of the viewer's zone.
import { dateText } from '@vigie/shared/format/date-text'
import { formatHour, localDay } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'

const DAY_MS = 86_400_000

/** As {@link formatAdvisoryDate}, after a verb: French says `le 28 septembre`, but `hier`. */
export function spokenDate(timeMs: number, nowMs: number, locale: Locale): string {
  const written = formatAdvisoryDate(timeMs, nowMs, locale)
  return locale === 'fr' && /^\d/.test(written) ? `le ${written}` : written
}

/** `today`, `28 September`, `28 September 2025`; with the time where one is known: `today 12:10`. */
export function formatAdvisoryDate(timeMs: number, nowMs: number, locale: Locale): string {
  // Sources write days; the hub keeps them as midnight UTC.
  const isDay = timeMs % DAY_MS === 0
  const day = isDay ? timeMs / DAY_MS : localDay(timeMs)
  const today = localDay(nowMs)
  const written = dayWords(day, today, locale)
  return isDay ? written : `${written} ${formatHour(timeMs, locale)}`
}

/** Days are counted from 1970. */
function dayWords(day: number, today: number, locale: Locale): string {
  if (day === today || day === today - 1) {
    return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(day - today, 'day')
  }
  const isThisYear = yearOf(day) === yearOf(today)
  const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
    ...(isThisYear ? {} : { year: 'numeric' }),
  })
  return dateText(format, day * DAY_MS)
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear()
}
