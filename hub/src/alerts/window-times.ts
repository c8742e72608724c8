// Owns when a maintenance window is open: again and again by the clocks of a zone, daylight saving time included.
import type { MaintenanceDraft } from '@vigie/shared/api/silence'
import { Cron } from 'croner'

export interface Span {
  readonly startsMs: number
  readonly endsMs: number
}

export type WindowFault = 'cron' | 'zone'

/** What is wrong with how often and where; undefined for a window that can be kept. */
export function faultOfWindow({
  cron,
  zone,
}: Pick<MaintenanceDraft, 'cron' | 'zone'>): WindowFault | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
  } catch {
    return 'zone'
  }
  try {
    // A date that never comes, such as 31 February, would hold nothing back and not say so.
    if (calendarOf(cron, zone).nextRun(new Date(0)) === null) return 'cron'
  } catch {
    return 'cron'
  }
  return undefined
}

/** A window's times. A start in an hour that is skipped is at the end of it; one in an hour that comes twice is once. */
export class WindowTimes {
  readonly #calendar: Cron
  readonly #durationMs: number
  /** Around the time that was asked for last: people ask for now, every second. */
  #lastStartMs: number | null = null
  #nextStartMs: number | null = null
  #isAround: (timeMs: number) => boolean = () => false

  constructor({ cron, zone, durationMs }: Pick<MaintenanceDraft, 'cron' | 'zone' | 'durationMs'>) {
    this.#calendar = calendarOf(cron, zone)
    this.#durationMs = durationMs
  }

  openAt(timeMs: number): Span | null {
    const last = this.lastBefore(timeMs)
    return last && timeMs < last.endsMs ? last : null
  }

  /** The one that began last, whether or not it has ended. */
  lastBefore(timeMs: number): Span | null {
    this.#look(timeMs)
    return this.#span(this.#lastStartMs)
  }

  /** The one that is open, or the next one; null when there is none any more. */
  next(timeMs: number): Span | null {
    return this.openAt(timeMs) ?? this.#span(this.#nextStartMs)
  }

  /** Those that are open within a time, at most the last `max`, newest first. */
  within({ startsMs: fromMs, endsMs: toMs }: Span, max: number): Span[] {
    const spans: Span[] = []
    for (let timeMs = toMs - 1; spans.length < max;) {
      const span = this.lastBefore(timeMs)
      if (!span || span.endsMs <= fromMs) break
      spans.push(span)
      timeMs = span.startsMs - 1
    }
    return spans
  }

  #span(startsMs: number | null): Span | null {
    return startsMs === null ? null : { startsMs, endsMs: startsMs + this.#durationMs }
  }

  #look(timeMs: number): void {
    if (this.#isAround(timeMs)) return
    // The calendar looks strictly before and strictly after, in whole seconds.
    const justBefore = this.#calendar.nextRun(new Date(timeMs - 1000))?.getTime() ?? null
    const isNow = justBefore !== null && justBefore <= timeMs
    const [last] = isNow ? [] : this.#calendar.previousRuns(1, new Date(timeMs))
    this.#lastStartMs = isNow ? justBefore : (last?.getTime() ?? null)
    this.#nextStartMs = isNow
      ? (this.#calendar.nextRun(new Date(justBefore))?.getTime() ?? null)
      : justBefore
    const fromMs = this.#lastStartMs ?? timeMs
    const untilMs = this.#nextStartMs ?? Infinity
    this.#isAround = (other) => other >= fromMs && other < untilMs
  }
}

function calendarOf(cron: string, zone: string): Cron {
  return new Cron(cron, {
    timezone: zone,
    mode: '5-part',
    paused: true,
    // `30 2,14 * * *` is as much of a fixed time as `30 2 * * *`, and must not be skipped either.
    fixedTimeRule: 'no-wildcard',
  })
}
