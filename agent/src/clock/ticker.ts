// Owns when the agent samples: whole intervals of the hub's clock, each at most once (docs/protocol.md, T1).
import type { Clock } from './clock.ts'
import type { HubClock } from './hub-clock.ts'

export interface TickerOptions {
  readonly clock: Clock
  readonly hubClock: HubClock
  readonly intervalMs: number
  /** Called on each whole interval with its time on the hub's clock. Must not throw. */
  readonly onTick: (timeMs: number) => void
  /** Called when this machine's clocks have jumped, before the tick that noticed it. Must not throw. */
  readonly onJump?: () => void
}

/** Runs from construction to {@link Ticker.close}. Late wake-ups skip the intervals that they missed. */
export class Ticker {
  readonly #options: TickerOptions
  #lastMs: number
  #cancel: () => void = () => undefined
  #closed = false

  constructor(options: TickerOptions) {
    this.#options = options
    this.#lastMs = this.#floor(options.hubClock.nowMs())
    this.#arm()
  }

  /** The clock was set at once: ticks taken so far now carry times that are `shiftMs` later. */
  restamp(shiftMs: number): void {
    this.#lastMs += shiftMs
    this.#cancel()
    this.#arm()
  }

  close(): void {
    this.#closed = true
    this.#cancel()
  }

  // Armed anew for each tick from the clock itself, so that no error of a timer ever adds up.
  #arm(): void {
    if (this.#closed) return
    const { clock, hubClock, intervalMs } = this.#options
    const nowMs = hubClock.nowMs()
    const nextMs = Math.max(this.#floor(nowMs), this.#lastMs) + intervalMs
    this.#cancel = clock.setTimeout(() => this.#wake(), Math.max(1, Math.ceil(nextMs - nowMs)))
  }

  #wake(): void {
    const { hubClock, onTick, onJump } = this.#options
    // Before the tick is stamped: no tick ever carries a time from before a suspension.
    if (hubClock.noticeJump()) onJump?.()
    const timeMs = this.#floor(hubClock.nowMs())
    // A timer may ring early: then there is no tick yet, nor a slew, and the rest of the wait begins.
    if (timeMs > this.#lastMs) {
      this.#lastMs = timeMs
      onTick(timeMs)
      hubClock.slew()
    }
    this.#arm()
  }

  #floor(timeMs: number): number {
    return Math.floor(timeMs / this.#options.intervalMs) * this.#options.intervalMs
  }
}
