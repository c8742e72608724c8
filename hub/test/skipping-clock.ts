// The machine's clocks, of which a test may skip what it would only wait for.
import { systemClock, type Clock } from '../src/clock.ts'

export class SkippingClock implements Clock {
  #skippedMs = 0

  nowMs = (): number => systemClock.nowMs() + this.#skippedMs
  elapsedMs = (): number => systemClock.elapsedMs() + this.#skippedMs

  skip(ms: number): void {
    this.#skippedMs += ms
  }
}
