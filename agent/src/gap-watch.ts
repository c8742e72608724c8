// Owns what the agent knows of its own holes: why a tick does not follow the one before it.
import type { Gap } from './spool/spooled-tick.ts'

export class GapWatch {
  readonly #intervalMs: number
  #lastMs: number | undefined
  #asleepMs = 0

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs
  }

  /** What is missing before a tick; `asleepMs` is how long the machine has slept since the process began. */
  before(timeMs: number, asleepMs: number): readonly Gap[] {
    const lastMs = this.#lastMs ?? timeMs
    const hasSlept = asleepMs > this.#asleepMs
    this.#lastMs = timeMs
    this.#asleepMs = asleepMs
    const ticks = Math.round((timeMs - lastMs) / this.#intervalMs) - 1
    if (ticks < 1) return []
    return [{ fromMs: lastMs, toMs: timeMs, reason: hasSlept ? 'suspended' : 'stalled', ticks }]
  }

  /** The clock was set: the last tick has another time now. */
  shift(shiftMs: number): void {
    if (this.#lastMs !== undefined) this.#lastMs += shiftMs
  }
}
