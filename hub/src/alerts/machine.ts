// Owns the state of one rule for one series of one host: well, pending or firing (docs/alerts.md, A2 to A5 and A7).
import type { Verdict } from './verdict.ts'

export type MachineState = 'well' | 'pending' | 'firing'

export interface MachineTiming {
  readonly forMs: number
  readonly clearForMs: number
  readonly intervalMs: number
  readonly onlyIfChanged: boolean
}

/**
 * `fired` comes without `pending` before it when the duration is nothing. `pending` of a machine that is pending: so
 * long was nothing seen that what was before is forgotten, and this is another.
 */
export type Outcome = 'pending' | 'forgotten' | 'fired' | 'resolved' | null

export interface MachineSeed {
  readonly state: MachineState
  readonly sinceMs: number | null
  /** Of the last hour; in any order. */
  readonly resolutionsMs: readonly number[]
  /** While pending. When left out, the next tick counts as if it came right after one that was beyond. */
  readonly lastBeyondMs?: number
  /** Whether it has ever been clear, for A7; who is not well has been. */
  readonly hasBeenClear?: boolean
}

const FORGET_AFTER_MS = 60_000
const FORGET_AFTER_INTERVALS = 3
const FLAPS_WITHIN_MS = 3_600_000
const SHORTEST_FLAP_CLEAR_MS = 30_000
const LONGEST_FLAP_CLEAR_MS = 1_800_000
/** A millisecond that often doubled is more than {@link LONGEST_FLAP_CLEAR_MS}. */
const MAX_DOUBLINGS = 21

const NONE: readonly number[] = []

/** Has neither clock nor store: what comes in is all that it knows. Times are in order and go on from the seed's. */
export class Machine {
  #state: MachineState = 'well'
  #sinceMs = NaN
  /** The last tick that was beyond while pending, or that was clear while firing and none was otherwise after it. */
  #seenMs = NaN
  #clearMs = 0
  #hasBeenClear = false
  #resolutionsMs = NONE

  static restored(seed: MachineSeed): Machine {
    const machine = new Machine()
    machine.#state = seed.state
    machine.#sinceMs = seed.sinceMs ?? NaN
    machine.#seenMs = seed.lastBeyondMs ?? NaN
    machine.#hasBeenClear = seed.hasBeenClear ?? seed.state !== 'well'
    machine.#resolutionsMs = seed.resolutionsMs.slice(-MAX_DOUBLINGS)
    return machine
  }

  get state(): MachineState {
    return this.#state
  }

  /** Since when it is beyond; null when it is well. */
  get sinceMs(): number | null {
    return this.#state === 'well' ? null : this.#sinceMs
  }

  get hasBeenClear(): boolean {
    return this.#hasBeenClear
  }

  /** One tick's verdict, in order of time. At most one outcome a tick. */
  step(verdict: Verdict, timeMs: number, timing: MachineTiming): Outcome {
    if (verdict === 'clear') this.#hasBeenClear = true
    switch (this.#state) {
      case 'well':
        return verdict === 'beyond' ? this.#begin(timeMs, timing) : null
      case 'pending':
        return this.#stepPending(verdict, timeMs, timing)
      case 'firing':
        return this.#stepFiring(verdict, timeMs, timing)
    }
  }

  /** Ends what is pending or firing from outside: gone, the rule changed, the host returned. */
  end(timeMs: number): void {
    if (this.#state === 'firing') this.#resolve(timeMs)
    this.#state = 'well'
  }

  /** What was beyond now was so before, as late ticks tell (docs/alerts.md, L2). Never moves it forward. */
  moveBack(sinceMs: number): void {
    if (sinceMs < this.#sinceMs) this.#sinceMs = sinceMs
  }

  /** How long it must be clear now to resolve (docs/alerts.md, A5). */
  clearTimeMs({ clearForMs }: Pick<MachineTiming, 'clearForMs'>, nowMs: number): number {
    const flaps = this.#flapsBefore(nowMs)
    if (flaps === 0) return clearForMs
    const longestMs = Math.max(LONGEST_FLAP_CLEAR_MS, clearForMs)
    return Math.min((clearForMs || SHORTEST_FLAP_CLEAR_MS) * 2 ** flaps, longestMs)
  }

  #begin(timeMs: number, { forMs, onlyIfChanged }: MachineTiming): Outcome {
    if (onlyIfChanged && !this.#hasBeenClear) return null
    this.#sinceMs = timeMs
    if (forMs <= 0) return this.#fire()
    this.#state = 'pending'
    this.#seenMs = timeMs
    return 'pending'
  }

  #stepPending(verdict: Verdict, timeMs: number, timing: MachineTiming): Outcome {
    if (Number.isNaN(this.#seenMs)) this.#seenMs = timeMs
    const forgetAfterMs = Math.max(FORGET_AFTER_MS, FORGET_AFTER_INTERVALS * timing.intervalMs)
    const isForgotten = timeMs - this.#seenMs > forgetAfterMs
    if (verdict === 'beyond') {
      if (isForgotten) return this.#begin(timeMs, timing)
      this.#seenMs = timeMs
      return timeMs - this.#sinceMs >= timing.forMs ? this.#fire() : null
    }
    if (verdict === 'missing' && !isForgotten) return null
    this.#state = 'well'
    return 'forgotten'
  }

  #stepFiring(verdict: Verdict, timeMs: number, timing: MachineTiming): Outcome {
    if (verdict === 'missing') return null
    if (verdict !== 'clear') {
      this.#seenMs = NaN
      this.#clearMs = 0
      return null
    }
    // What nobody saw does not count: a tick vouches for no more than its interval.
    if (!Number.isNaN(this.#seenMs)) {
      this.#clearMs += Math.min(timeMs - this.#seenMs, timing.intervalMs)
    }
    this.#seenMs = timeMs
    if (this.#clearMs < this.clearTimeMs(timing, timeMs)) return null
    this.#resolve(timeMs)
    return 'resolved'
  }

  #fire(): Outcome {
    this.#state = 'firing'
    this.#seenMs = NaN
    this.#clearMs = 0
    return 'fired'
  }

  #resolve(timeMs: number): void {
    this.#state = 'well'
    const recent = this.#resolutionsMs.filter((at) => timeMs - at < FLAPS_WITHIN_MS)
    this.#resolutionsMs = [...recent, timeMs].slice(-MAX_DOUBLINGS)
  }

  #flapsBefore(nowMs: number): number {
    let flaps = 0
    for (const at of this.#resolutionsMs) if (nowMs - at < FLAPS_WITHIN_MS) flaps++
    return flaps
  }
}
