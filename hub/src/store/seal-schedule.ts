// Owns when an hour is sealed: some time after its end, hosts spread over the hour, and not while ticks still come for it.
import type { HotHour } from './hot-hours.ts'
import { HOUR_MS } from './sealed-hours.ts'

export interface SealTiming {
  /** After the end of an hour; an agent that was away has delivered its last minutes by then. */
  readonly settleMs: number
  /** Over which hosts are spread, so that a fleet is not sealed at once. */
  readonly spreadMs: number
  /** For so long no newer tick may have come for the hour: a backfill is sealed when it is through. */
  readonly calmMs: number
  /** After a failure the hour rests for so long. */
  readonly restMs: number
}

export const SEAL_TIMING: SealTiming = {
  settleMs: 5 * 60_000,
  spreadMs: 45 * 60_000,
  calmMs: 60_000,
  restMs: 30 * 60_000,
}

// Neighbouring numbers fall far apart, whatever numbers a fleet has.
const GOLDEN_RATIO = 0.618_033_988_749_895

interface Seen {
  readonly newestMs: number
  readonly sinceMs: number
}

export class SealSchedule {
  readonly #timing: SealTiming
  #seen = new Map<string, Seen>()
  readonly #resting = new Map<string, number>()

  constructor(timing: SealTiming) {
    this.#timing = timing
  }

  /** Which of all hours with rows are to be sealed now, in the same order. */
  due(hours: readonly HotHour[], nowMs: number): HotHour[] {
    const seen = new Map<string, Seen>()
    const due = hours.filter((hour) => {
      const before = this.#seen.get(keyOf(hour))
      const isSame = before?.newestMs === hour.newestMs
      const { sinceMs } = isSame ? before : { sinceMs: nowMs }
      seen.set(keyOf(hour), { newestMs: hour.newestMs, sinceMs })
      return (
        nowMs >= this.#dueMs(hour) &&
        nowMs - sinceMs >= this.#timing.calmMs &&
        nowMs >= (this.#resting.get(keyOf(hour)) ?? 0)
      )
    })
    // Hours that are sealed are forgotten here as well.
    this.#seen = seen
    for (const key of this.#resting.keys()) if (!seen.has(key)) this.#resting.delete(key)
    return due
  }

  failed(hour: HotHour, nowMs: number): void {
    this.#resting.set(keyOf(hour), nowMs + this.#timing.restMs)
  }

  #dueMs({ hostId, hourMs }: HotHour): number {
    const { settleMs, spreadMs } = this.#timing
    return hourMs + HOUR_MS + settleMs + ((hostId * GOLDEN_RATIO) % 1) * spreadMs
  }
}

function keyOf({ hostId, hourMs }: HotHour): string {
  return `${hostId} ${hourMs}`
}
