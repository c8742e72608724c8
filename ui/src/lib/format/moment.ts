// Owns how moments are written: in the viewer's zone and language, with UTC for whoever hovers.
import { dateText } from '@vigie/shared/format/date-text'
import type { Locale } from '../i18n/languages.ts'

const cache = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: Locale, name: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale}:${name}`
  let format = cache.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', options)
    cache.set(key, format)
  }
  return format
}

const TIME = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const

/** `14:07:32` */
export function formatTime(timeMs: number, locale: Locale): string {
  return formatter(locale, 'time', TIME).format(timeMs)
}

/** `14:07` */
export function formatHour(timeMs: number, locale: Locale): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return formatter(locale, 'hour', options).format(timeMs)
}

/** A label of a time axis whose labels are `stepMs` apart: seconds, hours, or the day where it begins. */
export function formatAxisTime(timeMs: number, stepMs: number, locale: Locale): string {
  if (stepMs < 60_000) return formatTime(timeMs, locale)
  const date = new Date(timeMs)
  if (date.getHours() + date.getMinutes() > 0) return formatHour(timeMs, locale)
  return dateText(formatter(locale, 'date', { day: 'numeric', month: 'short' }), timeMs)
}

/** `Monday 23 November` */
export function formatDay(timeMs: number, locale: Locale): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long' } as const
  return dateText(formatter(locale, 'day', options), timeMs)
}

/** `today`, `yesterday`, or the day by its name. */
export function formatDayFromNow(timeMs: number, nowMs: number, locale: Locale): string {
  const days = localDay(timeMs) - localDay(nowMs)
  if (days < -1 || days > 0) return formatDay(timeMs, locale)
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
}

/** The number of the viewer's day, counted from 1970. */
export function localDay(timeMs: number): number {
  const date = new Date(timeMs)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

/** Time alone on the same day, `14:07:32`; the day before it otherwise, `21 Nov, 14:07:32`. */
export function formatMoment(timeMs: number, nowMs: number, locale: Locale): string {
  const isToday = new Date(timeMs).toDateString() === new Date(nowMs).toDateString()
  if (isToday) return formatTime(timeMs, locale)
  const options = { ...TIME, day: 'numeric', month: 'short' } as const
  return dateText(formatter(locale, 'moment', options), timeMs)
}

/** `21 Nov 2026`, for what may be a year away. */
export function formatDate(timeMs: number, locale: Locale): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const
  return dateText(formatter(locale, 'date-of-year', options), timeMs)
}

/** A stretch of time, `05:15 – 11:15`, with the day where it is not today and seconds where it is short. */
export function formatStretch(
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  nowMs: number,
  locale: Locale,
): string {
  const today = new Date(nowMs).toDateString()
  const isToday = [fromMs, toMs].every((timeMs) => new Date(timeMs).toDateString() === today)
  const { second, ...minutes } = TIME
  const time = toMs - fromMs < LONG_MS ? { ...minutes, second } : minutes
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const)
  const name = `stretch:${'second' in time}:${isToday}`
  return formatter(locale, name, { ...time, ...day }).formatRange(fromMs, toMs)
}

const LONG_MS = 2 * 3_600_000

/** For a title attribute: `2026-11-23 13:07:32 UTC`. */
export function formatUtc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
