// Owns the time by which data is forgotten: a clock that jumps far forward is not believed until it has stayed there.
import type { Clock } from '../clock.ts'

export interface TrustedClockOptions {
  readonly clock: Clock
  /** When the hub is known to have lived before it was started, null at its first start. */
  readonly lastAliveMs: number | null
  readonly events: {
    /** The clock is `byMs` ahead of what time has passed. */
    doubted(byMs: number): void
    /** It has stayed there, or it came back. */
    believed(): void
  }
}

const HOUR_MS = 3_600_000
/** A jump beyond it is doubted, and believed when it has stayed for as long. */
const DOUBT_MS = HOUR_MS

/** Looked at every few seconds; it goes by the machine's monotonic time while it doubts the clock. */
export class TrustedClock {
  readonly #options: TrustedClockOptions
  /** What the clock shows more than the monotonic time, when it was last believed. */
  #baseMs: number
  #doubtedSinceMs: number | undefined

  constructor(options: TrustedClockOptions) {
    this.#options = options
    const { clock, lastAliveMs } = options
    const nowMs = clock.nowMs()
    const isFar = lastAliveMs !== null && nowMs - lastAliveMs > DOUBT_MS
    this.#baseMs = (isFar ? lastAliveMs : nowMs) - clock.elapsedMs()
  }

  nowMs(): number {
    const { clock, events } = this.#options
    const elapsedMs = clock.elapsedMs()
    const aheadMs = clock.nowMs() - elapsedMs - this.#baseMs
    if (aheadMs > DOUBT_MS && this.#doubtedSinceMs === undefined) {
      this.#doubtedSinceMs = elapsedMs
      events.doubted(aheadMs)
    }
    const hasStayed =
      this.#doubtedSinceMs !== undefined && elapsedMs - this.#doubtedSinceMs >= DOUBT_MS
    if (aheadMs <= DOUBT_MS || hasStayed) {
      this.#baseMs += aheadMs
      if (this.#doubtedSinceMs !== undefined) events.believed()
      this.#doubtedSinceMs = undefined
    }
    return this.#baseMs + elapsedMs
  }
}
