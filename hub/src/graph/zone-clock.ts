// Owns the wall clock of a time zone: which time it shows at an instant, and round times of it for an axis.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 5, 10].map((count) => count * DAY),
]

export interface RoundTime {
  readonly timeMs: number
  readonly isMidnight: boolean
}

export class ZoneClock {
  readonly zone: string
  readonly #parts: Intl.DateTimeFormat

  /** Throws a RangeError for a zone that nobody knows. */
  constructor(zone: string) {
    this.zone = zone
    this.#parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /** How far the wall clock is ahead of UTC at an instant. */
  offsetMs(timeMs: number): number {
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of this.#parts.formatToParts(timeMs)) parts[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    const wallMs = Date.UTC(year, month - 1, day, hour, minute, second)
    return wallMs - Math.floor(timeMs / SECOND) * SECOND
  }

  /** The instant at which the wall clock shows a time (written as if it were UTC); the first one where it does so twice. */
  instantOf(wallMs: number): number {
    const earlier = wallMs - this.offsetMs(wallMs - DAY)
    if (earlier + this.offsetMs(earlier) === wallMs) return earlier
    return wallMs - this.offsetMs(wallMs + DAY)
  }

  /** Round times of the wall clock within a range, in order, at most `most` of them. */
  roundTimes({ fromMs, toMs, most }: { fromMs: number; toMs: number; most: number }): RoundTime[] {
    const stepMs =
      STEPS_MS.find((step) => (toMs - fromMs) / step <= most) ??
      Math.ceil((toMs - fromMs) / most / DAY) * DAY
    const firstMs = Math.ceil((fromMs + this.offsetMs(fromMs)) / stepMs) * stepMs
    const lastMs = toMs + this.offsetMs(toMs)
    const found = new Map<number, RoundTime>()
    for (let wallMs = firstMs; wallMs <= lastMs; wallMs += stepMs) {
      const timeMs = this.instantOf(wallMs)
      const isShown = timeMs + this.offsetMs(timeMs) === wallMs
      if (!isShown || timeMs < fromMs || timeMs > toMs) continue
      found.set(timeMs, { timeMs, isMidnight: wallMs % DAY === 0 })
    }
    return [...found.values()]
  }

  /** `Europe/Paris (UTC+1)`; `(UTC+2, UTC+1)` where the clock is set back in between; only `UTC` for UTC. */
  name({ fromMs, toMs }: { fromMs: number; toMs: number }): string {
    if (this.zone === 'UTC') return 'UTC'
    const offsets = [fromMs, toMs].map((timeMs) => written(this.offsetMs(timeMs)))
    return `${this.zone.replaceAll('_', ' ')} (${[...new Set(offsets)].join(', ')})`
  }
}

/** `UTC+1`, `UTC−3:30` */
function written(offsetMs: number): string {
  const minutes = Math.round(offsetMs / MINUTE)
  const size = Math.abs(minutes)
  const rest = size % 60
  const hours = `${Math.floor(size / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
  return `UTC${minutes < 0 ? '−' : '+'}${hours}`
}

/** The zone of this process: TZ, or that of the machine. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}
