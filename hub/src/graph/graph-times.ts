// Owns how times are written in pictures: the range in words, and the labels of the time axis.
import { dateText } from '@vigie/shared/format/date-text'
import { formatDuration } from '@vigie/shared/format/duration'
import type { Locale } from '@vigie/shared/format/locale'
import type { RoundTime } from './zone-clock.ts'
import { WORDS } from './words.ts'

interface Range {
  readonly fromMs: number
  readonly toMs: number
}

export class GraphTimes {
  readonly #locale: Locale
  readonly #zone: string

  constructor(locale: Locale, zone: string) {
    this.#locale = locale
    this.#zone = zone
  }

  /** `Monday 23 November 2026, 08:00 to 09:00 (1 h)` */
  range({ fromMs, toMs }: Range): string {
    const isWhole = fromMs % 60_000 === 0 && toMs % 60_000 === 0
    const time = (timeMs: number) => this.#format(timeMs, isWhole ? HOUR : SECOND)
    const day = (timeMs: number) => this.#format(timeMs, DAY_AND_YEAR)
    const [fromDay, toDay] = [day(fromMs), day(toMs)]
    const words = WORDS[this.#locale]
    const span = formatDuration(toMs - fromMs, this.#locale)
    return fromDay === toDay
      ? `${fromDay}, ${words.times(time(fromMs), time(toMs))} (${span})`
      : `${words.days(`${fromDay}, ${time(fromMs)}`, `${toDay}, ${time(toMs)}`)} (${span})`
  }

  /** Labels of round times: the day at midnight, the time of day otherwise, with seconds where they matter. */
  labels(times: readonly RoundTime[]): string[] {
    const isFine = times.some(({ timeMs }) => timeMs % 60_000 !== 0)
    return times.map(({ timeMs, isMidnight }) =>
      this.#format(timeMs, isMidnight ? DAY : isFine ? SECOND : HOUR),
    )
  }

  #format(timeMs: number, options: Intl.DateTimeFormatOptions): string {
    const locale = this.#locale === 'fr' ? 'fr-FR' : 'en-GB'
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: this.#zone })
    return dateText(format, timeMs)
  }
}

const HOUR = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const SECOND = { ...HOUR, second: '2-digit' } as const
const DAY = { day: 'numeric', month: 'short' } as const
const DAY_AND_YEAR = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
