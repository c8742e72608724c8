// Owns how long is to be waited after wrong passwords of one account: a delay that grows, never a lock.
import type { Clock } from '../clock.ts'

/** This many in a row cost nothing: people mistype. */
const FREE_TRIES = 5
const FIRST_DELAY_MS = 1000
const MAX_DELAY_MS = 300_000
/** After this long without a try all is forgotten. */
const FORGOTTEN_AFTER_MS = 3_600_000
const MAX_KEYS = 10_000

interface Tries {
  failures: number
  /** By a clock that never jumps. */
  lastMs: number
}

export class SignInDelays {
  readonly #clock: Clock
  readonly #tries = new Map<string, Tries>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Counts a try of `key` as one that fails until {@link forget} says better, so that many at once count each. Answers how
   * long is to be waited, 0 when it may be made; one that has to wait is not counted.
   */
  begin(key: string): number {
    const nowMs = this.#clock.elapsedMs()
    const known = this.#tries.get(key)
    const isFresh = known !== undefined && nowMs - known.lastMs < FORGOTTEN_AFTER_MS
    const failures = isFresh ? known.failures : 0
    const waitMs = isFresh ? known.lastMs + delayOf(failures) - nowMs : 0
    if (waitMs > 0) return waitMs
    // What was tried last goes to the end, and what was quiet for longest makes room.
    this.#tries.delete(key)
    this.#tries.set(key, { failures: failures + 1, lastMs: nowMs })
    if (this.#tries.size > MAX_KEYS) {
      const [oldest] = this.#tries.keys()
      if (oldest !== undefined) this.#tries.delete(oldest)
    }
    return 0
  }

  /** The try was a good one. */
  forget(key: string): void {
    this.#tries.delete(key)
  }
}

function delayOf(failures: number): number {
  if (failures < FREE_TRIES) return 0
  return Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES))
}
