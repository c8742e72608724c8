// Owns when the hub is asked for its time on one connection (docs/protocol.md, T8): some at once, then each minute.
import type { Clock } from '../clock/clock.ts'

const AT_ONCE = 4
const EVERY_MS = 60_000

export class ClockExchange {
  readonly #clock: Clock
  readonly #ask: () => void
  #leftAtOnce = AT_ONCE
  #cancel: (() => void) | undefined

  constructor(clock: Clock, ask: () => void) {
    this.#clock = clock
    this.#ask = ask
    this.#askNow()
  }

  /** The hub answered: one question at a time, so that none waits behind another and looks slow. */
  answered(): void {
    if (this.#leftAtOnce > 0) this.#askNow()
  }

  /** Something happened to the clocks: measure again. */
  restart(): void {
    this.#leftAtOnce = AT_ONCE
    this.#askNow()
  }

  close(): void {
    this.#cancel?.()
  }

  #askNow(): void {
    this.#cancel?.()
    this.#leftAtOnce--
    this.#ask()
    this.#cancel = this.#clock.setTimeout(() => this.#askNow(), EVERY_MS)
  }
}
