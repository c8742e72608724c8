// Clocks for tests: one that a test drives by hand, and one that runs faster than life.
import { systemClock, type Clock } from '../src/clock/clock.ts'

/** Stands still until {@link DrivenClock.advance}; timers ring in order, each at its own instant. */
export class DrivenClock implements Clock {
  #nowMs = 0
  wallShiftMs = 1_795_000_000_000
  #asleepMs = 0
  #timers: { atMs: number; callback: () => void }[] = []

  monotonicMs(): number {
    return this.#nowMs
  }

  wallMs(): number {
    return this.#nowMs + this.wallShiftMs
  }

  bootMs(): number {
    return this.#nowMs + this.#asleepMs
  }

  setTimeout(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback }
    this.#timers.push(timer)
    return () => (this.#timers = this.#timers.filter((one) => one !== timer))
  }

  /** The machine sleeps: timers and the monotonic clock do not notice. */
  suspend(forMs: number): void {
    this.wallShiftMs += forMs
    this.#asleepMs += forMs
  }

  /** Passes time; `lateMs` is by how much each timer rings too late, as on a busy machine. */
  advance(byMs: number, lateMs: () => number = () => 0): void {
    const endMs = this.#nowMs + byMs
    for (;;) {
      const [next] = this.#timers.sort((a, b) => a.atMs - b.atMs)
      if (!next || next.atMs > endMs) break
      this.#timers.shift()
      this.#nowMs = Math.max(this.#nowMs, next.atMs) + lateMs()
      next.callback()
    }
    this.#nowMs = Math.max(this.#nowMs, endMs)
  }
}

/** The system's clock, `speed` times as fast: what takes 10 s takes a moment, over real sockets. */
export function fastClock(speed: number): Clock {
  return {
    monotonicMs: () => systemClock.monotonicMs() * speed,
    wallMs: () => systemClock.wallMs(),
    bootMs: () => systemClock.bootMs(),
    setTimeout: (callback, delayMs) => systemClock.setTimeout(callback, delayMs / speed),
  }
}
