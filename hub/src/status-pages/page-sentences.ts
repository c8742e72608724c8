// Owns how a status page says what it reports. Times are in UTC and say so.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { dateText } from '@vigie/shared/format/date-text'
import { formatDuration } from '@vigie/shared/format/duration'
import type { Locale } from '@vigie/shared/format/locale'
import { fixed } from '@vigie/shared/format/number'
import { ratioOf, type DayFigure } from './availability.ts'
import { WORDS } from './page-words.ts'
import type { HostReport, StatusReport } from './status-report.ts'

export type Tone = 'crisis' | 'warning' | 'unknown' | 'maintenance' | 'well'

/** The page in one sentence, and what stands beside it. */
export function summaryOf(report: StatusReport, locale: Locale): { tone: Tone; sentence: string } {
  const words = WORDS[locale]
  const { counts, hostCount: total, problems } = report
  const { down, unknown, maintenance } = counts
  if (total === 0) return { tone: 'unknown', sentence: words.noServers }
  if (down === total) return { tone: 'crisis', sentence: words.allDown(down, total) }
  if (down > 0) return { tone: 'crisis', sentence: words.someDown(down, total) }
  if (unknown > 0) return { tone: 'unknown', sentence: words.someUnknown(unknown, total) }
  const tone = problems.crisis > 0 ? 'warning' : maintenance > 0 ? 'maintenance' : 'well'
  if (maintenance > 0) return { tone, sentence: words.someMaintained(maintenance, total) }
  return { tone, sentence: words.allUp(total, total) }
}

/** What is open, by severity. That nothing is, is said where nothing else is wrong either. */
export function problemsSentence(
  { problems, counts, hostCount }: StatusReport,
  locale: Locale,
): string | undefined {
  const { crisis, warning } = problems
  const words = WORDS[locale]
  if (crisis + warning > 0) return words.problems(crisis, warning)
  const isWell = hostCount > 0 && counts.down + counts.unknown === 0
  return isWell ? words.noProblem : undefined
}

/** A name that a machine gave is one line that hides nothing. */
export function nameOf({ name, number }: HostReport, locale: Locale): string {
  return name === null ? WORDS[locale].server(number) : plainLine(name)
}

export function conditionWords(host: HostReport, locale: Locale): string {
  const words = WORDS[locale]
  const { condition, sinceMs, untilMs } = host
  switch (condition) {
    case 'up':
      return words.up
    case 'down':
      return sinceMs === null ? words.down : words.downSince(momentOf(sinceMs, locale))
    case 'unknown':
      return sinceMs === null ? words.unknown : words.unknownSince(momentOf(sinceMs, locale))
    case 'maintenance':
      return words.maintainedUntil(momentOf(untilMs ?? 0, locale))
  }
}

/** `28 Nov: 99.12 %, down for 12 min 40 s` */
export function dayWords(day: DayFigure, locale: Locale): string {
  const words = WORDS[locale]
  const span = (spanMs: number): string => formatDuration(spanMs, locale)
  const ratio = ratioOf([day])
  const parts = [
    ...(ratio === null ? [] : [percentOf(ratio, locale)]),
    ...(day.downMs > 0 ? [words.dayDown(span(day.downMs))] : []),
    ...(day.maintenanceMs > 0 ? [words.dayMaintained(span(day.maintenanceMs))] : []),
    ...(day.unknownMs > 0 ? [words.dayUnknown(span(day.unknownMs))] : []),
  ]
  const colon = locale === 'fr' ? '\u202f: ' : ': '
  return dateOf(day.dayMs, locale) + colon + (parts.join(', ') || words.dayNothing)
}

/** Rounded down: what was down for a second is not 100 (docs/status-page.md, A6). */
export function figureOf(ratio: number, locale: Locale): string {
  // 0.9999 × 10,000 is not quite 9,999 in floating point.
  const hundredths = Math.floor(ratio * 10_000 + 1e-6)
  return fixed(hundredths / 100, ratio === 1 ? 0 : 2, locale)
}

export function percentOf(ratio: number, locale: Locale): string {
  return `${figureOf(ratio, locale)}${locale === 'fr' ? '\u202f' : '\u00a0'}%`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function written(timeMs: number, locale: Locale, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`
  const tag = locale === 'fr' ? 'fr-FR' : 'en-GB'
  const format = formats.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
  formats.set(key, format)
  return dateText(format, timeMs)
}

export function dateOf(timeMs: number, locale: Locale): string {
  return written(timeMs, locale, { day: 'numeric', month: 'short' })
}

export function momentOf(timeMs: number, locale: Locale): string {
  const day = { day: 'numeric', month: 'short', year: 'numeric' } as const
  const date = written(timeMs, locale, day)
  const time = written(timeMs, locale, { hour: '2-digit', minute: '2-digit' })
  return locale === 'fr' ? `${date} à ${time} UTC` : `${date}, ${time} UTC`
}
