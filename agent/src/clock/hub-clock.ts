// Owns what the agent believes of the hub's time (docs/protocol.md, T8): measured offsets in, a smooth clock out.
import type { Clock } from './clock.ts'

/** One exchange with the hub: it said `hubMs` somewhere between the two local monotonic instants. */
export interface ClockSample {
  readonly sentMs: number
  readonly receivedMs: number
  readonly hubMs: number
}

const MAX_SLEW_MS = 5
const STEP_BEHIND_MS = 2_000
const SAMPLES_KEPT = 8
// An old measurement is worth less: two quartz clocks drift apart by this much at worst.
const DRIFT_RATIO = 50e-6

interface Measured {
  readonly offsetMs: number
  readonly errorMs: number
  readonly atMs: number
}

/** The hub's clock as known here. Before the first sample it is this machine's own. */
export class HubClock {
  readonly #clock: Clock
  #offsetMs: number
  #measured: Measured[] = []
  #synchronised = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#offsetMs = clock.wallMs() - clock.monotonicMs()
  }

  nowMs(): number {
    return this.#clock.monotonicMs() + this.#offsetMs
  }

  get synchronised(): boolean {
    return this.#synchronised
  }

  /** How far this machine's clock is ahead of the hub's, in ms; undefined until the hub has been heard. */
  localAheadMs(): number | undefined {
    const best = this.#best()
    if (!best) return undefined
    return this.#clock.wallMs() - (this.#clock.monotonicMs() + best.offsetMs)
  }

  /**
   * Takes a measurement. The very first one sets the clock at once; the return value is by how much it moved, so
   * that ticks stamped before can be moved along. Later ones move it only through {@link HubClock.slew}.
   */
  observe(sample: ClockSample): number {
    const errorMs = Math.max(0, sample.receivedMs - sample.sentMs) / 2
    this.#measured.push({
      offsetMs: sample.hubMs + errorMs - sample.receivedMs,
      errorMs,
      atMs: sample.receivedMs,
    })
    if (this.#measured.length > SAMPLES_KEPT) this.#measured.shift()
    if (this.#synchronised) return 0
    this.#synchronised = true
    const moved = (this.#best()?.offsetMs ?? this.#offsetMs) - this.#offsetMs
    this.#offsetMs += moved
    return moved
  }

  /** A new connection may be to a hub whose clock has changed: what the last one measured no longer counts. */
  forgetSamples(): void {
    this.#measured = []
  }

  /** Once a tick: moves towards the best measurement by at most 5 ms, or jumps forwards when 2 s behind. */
  slew(): void {
    const best = this.#best()
    if (!best) return
    const behindMs = best.offsetMs - this.#offsetMs
    if (behindMs > STEP_BEHIND_MS) this.#offsetMs = best.offsetMs
    else this.#offsetMs += Math.max(-MAX_SLEW_MS, Math.min(MAX_SLEW_MS, behindMs))
  }

  #best(): Measured | undefined {
    const nowMs = this.#clock.monotonicMs()
    const doubt = (one: Measured) => one.errorMs + (nowMs - one.atMs) * DRIFT_RATIO
    let best: Measured | undefined
    for (const one of this.#measured) if (!best || doubt(one) <= doubt(best)) best = one
    return best
  }
}
