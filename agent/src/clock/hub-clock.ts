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
// Far more than a network's mood, and less than what a hub refuses (T7).
const STEP_AHEAD_MS = 30_000
// Nobody slews a clock as fast as this between two ticks.
const JUMP_MS = 1_000
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
  #asleepMs = 0
  #wallLeadMs: number
  #bootLeadMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#wallLeadMs = clock.wallMs() - clock.monotonicMs()
    this.#bootLeadMs = clock.bootMs() - clock.monotonicMs()
    this.#offsetMs = this.#wallLeadMs
  }

  nowMs(): number {
    return this.#clock.monotonicMs() + this.#offsetMs
  }

  /** Whether the hub has ever been heard; before that this is the machine's own clock. */
  get isKnown(): boolean {
    return this.#synchronised
  }

  /** How long the machine has been asleep, as far as that was noticed. */
  get asleepMs(): number {
    return this.#asleepMs
  }

  /** How far this machine's clock is ahead of the hub's, in ms; undefined until the hub has been heard. */
  localAheadMs(): number | undefined {
    const best = this.#best()
    if (!best) return undefined
    return this.#clock.wallMs() - (this.#clock.monotonicMs() + best.offsetMs)
  }

  /**
   * Takes a measurement. The very first one sets the clock at once, and so does one that shows the hub's to have been set
   * back; the return value is by how much it moved, so that ticks stamped before can be moved along. Others move it only
   * through {@link HubClock.slew}.
   */
  observe(sample: ClockSample): number {
    const errorMs = Math.max(0, sample.receivedMs - sample.sentMs) / 2
    const offsetMs = sample.hubMs + errorMs - sample.receivedMs
    const isSetBack = this.#offsetMs - offsetMs - errorMs > STEP_AHEAD_MS
    if (isSetBack) this.forgetSamples()
    this.#measured.push({ offsetMs, errorMs, atMs: sample.receivedMs })
    if (this.#measured.length > SAMPLES_KEPT) this.#measured.shift()
    if (this.#synchronised && !isSetBack) return 0
    this.#synchronised = true
    const moved = (this.#best()?.offsetMs ?? this.#offsetMs) - this.#offsetMs
    this.#offsetMs += moved
    return moved
  }

  /** A new connection may be to a hub whose clock has changed: what the last one measured no longer counts. */
  forgetSamples(): void {
    this.#measured = []
  }

  /**
   * Once a tick: notices that this machine's clocks have parted, because it was suspended or its time was set. After a
   * suspension the hub's clock goes on by the time asleep, and what was measured before no longer counts. True when the
   * hub should be asked for its time.
   */
  noticeJump(): boolean {
    const monotonicMs = this.#clock.monotonicMs()
    const wallLeadMs = this.#clock.wallMs() - monotonicMs
    const hasJumped = Math.abs(wallLeadMs - this.#wallLeadMs) > JUMP_MS
    this.#wallLeadMs = wallLeadMs
    if (!hasJumped) return false
    const bootLeadMs = this.#clock.bootMs() - monotonicMs
    const asleepMs = bootLeadMs - this.#bootLeadMs
    this.#bootLeadMs = bootLeadMs
    if (asleepMs > JUMP_MS) {
      this.#offsetMs += asleepMs
      this.#asleepMs += asleepMs
      this.forgetSamples()
    }
    return true
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
