// Owns how times are written in a letter: by the recipient's clocks, with UTC beside the one that matters.
import { dateText } from '@vigie/shared/format/date-text'
import type { Locale } from '@vigie/shared/format/locale'

export interface LetterTimes {
  /** "14:07:32 CET", with its day when that is not the day of the letter. */
  at(timeMs: number): string
  /** The same and "(13:07:32 UTC)". */
  withUtc(timeMs: number): { local: string; utc: string }
  /** "13:08 to 14:08 CET"; each has its day where they are of two. */
  span(fromMs: number, toMs: number): string
  /** "14:07 CET", without seconds. */
  short(timeMs: number): string
  /** "23 November 2026" */
  day(timeMs: number): string
}

export interface TimesOptions {
  readonly locale: Locale
  /** IANA name; one that nobody knows is UTC. */
  readonly zone: string
  /** When the letter is written. */
  readonly nowMs: number
}

export function createLetterTimes({ locale, zone, nowMs }: TimesOptions): LetterTimes {
  const timeZone = knownZone(zone)
  const format = (options: Intl.DateTimeFormatOptions, where = timeZone) =>
    new Intl.DateTimeFormat(tagOf(locale), { timeZone: where, hourCycle: 'h23', ...options })
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  const seconds = { ...clock, second: '2-digit' } as const
  const time = format(seconds)
  const minutes = format(clock)
  const utc = format(seconds, 'UTC')
  const dayAndMonth = dayWriter(locale, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  })
  const day = dayWriter(locale, { timeZone, ...WHOLE_DAY })
  const zoned = format({ ...clock, timeZoneName: 'short' })

  const zoneAt = (timeMs: number): string =>
    zoned.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  const dayOf = (timeMs: number): string =>
    day(timeMs) === day(nowMs) ? '' : `${dayAndMonth(timeMs)} `
  const at = (timeMs: number): string =>
    `${dayOf(timeMs)}${time.format(timeMs)}\u00a0${zoneAt(timeMs)}`

  return {
    at,
    withUtc: (timeMs) => ({
      local: at(timeMs),
      utc: zoneAt(timeMs) === 'UTC' ? '' : ` (${utc.format(timeMs)}\u00a0UTC)`,
    }),
    span(fromMs, toMs) {
      const isOneDay = day(fromMs) === day(toMs)
      const start = isOneDay ? dayOf(fromMs) : `${dayAndMonth(fromMs)} `
      // Today's too: without it the end is read as on the day of the beginning.
      const end = isOneDay ? '' : `${dayAndMonth(toMs)} `
      const to = `${end}${minutes.format(toMs)}\u00a0${zoneAt(toMs)}`
      return `${start}${minutes.format(fromMs)} ${locale === 'fr' ? 'à' : 'to'} ${to}`
    },
    short: (timeMs) => `${dayOf(timeMs)}${minutes.format(timeMs)}\u00a0${zoneAt(timeMs)}`,
    day,
  }
}

/** "23 November 2026" */
export const WHOLE_DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const

export function dayWriter(
  locale: Locale,
  options: Intl.DateTimeFormatOptions,
): (timeMs: number) => string {
  const format = new Intl.DateTimeFormat(tagOf(locale), options)
  return (timeMs) => dateText(format, timeMs)
}

function tagOf(locale: Locale): string {
  return locale === 'fr' ? 'fr-FR' : 'en-GB'
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return 'UTC'
    throw error
  }
}
