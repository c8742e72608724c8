// Owns how times are written in a letter: by the recipient's clocks, with UTC beside the one that matters.
import type { Locale } from '@vigie/shared/format/locale'

export interface LetterTimes {
  /** "14:07:32 CET", with its day when that is not the day of the letter. */
  at(timeMs: number): string
  /** The same and "(13:07:32 UTC)". */
  withUtc(timeMs: number): { local: string; utc: string }
  /** "13:08 to 14:08 CET" */
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
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB'
  const format = (options: Intl.DateTimeFormatOptions, where = timeZone) =>
    new Intl.DateTimeFormat(tag, { timeZone: where, hourCycle: 'h23', ...options })
  const clock = { hour: '2-digit', minute: '2-digit' } as const
  const seconds = { ...clock, second: '2-digit' } as const
  const time = format(seconds)
  const minutes = format(clock)
  const utc = format(seconds, 'UTC')
  const dayAndMonth = format({ weekday: 'short', day: 'numeric', month: 'short' })
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const zoned = format({ ...clock, timeZoneName: 'short' })

  const zoneAt = (timeMs: number): string =>
    zoned.formatToParts(timeMs).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  const dayOf = (timeMs: number): string =>
    day.format(timeMs) === day.format(nowMs) ? '' : `${dayAndMonth.format(timeMs)} `
  const at = (timeMs: number): string =>
    `${dayOf(timeMs)}${time.format(timeMs)}\u00a0${zoneAt(timeMs)}`

  return {
    at,
    withUtc: (timeMs) => ({
      local: at(timeMs),
      utc: zoneAt(timeMs) === 'UTC' ? '' : ` (${utc.format(timeMs)}\u00a0UTC)`,
    }),
    span(fromMs, toMs) {
      const [from, to] = [`${dayOf(fromMs)}${minutes.format(fromMs)}`, minutes.format(toMs)]
      const end = dayOf(fromMs) === dayOf(toMs) ? to : `${dayOf(toMs)}${to}`
      return `${from} ${locale === 'fr' ? 'à' : 'to'} ${end}\u00a0${zoneAt(toMs)}`
    },
    short: (timeMs) => `${dayOf(timeMs)}${minutes.format(timeMs)}\u00a0${zoneAt(timeMs)}`,
    day: (timeMs) => day.format(timeMs),
  }
}

function knownZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return 'UTC'
    throw error
  }
}
