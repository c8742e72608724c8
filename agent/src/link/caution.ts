// Owns the search for a frame that the hub refuses each time (docs/protocol.md, T11), over all connections: frames go one at a
// time, and ever fewer ticks in each, until one tick is left that is refused again and again.
export const MOST_TICKS = 300
const SHRINK = 4
const TICK_REFUSALS = 3

export class Caution {
  #isCareful = false
  #maxTicks = MOST_TICKS
  #refusals = 0

  /** Whether one frame at a time may be under way, and nothing else that could be what the hub refuses. */
  get isCareful(): boolean {
    return this.#isCareful
  }

  /** How many ticks of the backlog one frame may hold. */
  get maxTicks(): number {
    return this.#maxTicks
  }

  /**
   * The hub closed because of what it was sent, with frames of so many ticks unacknowledged. True when that can only be
   * one tick, refused often enough: it is to be given up.
   */
  refused(frames: readonly { readonly ticks: number }[]): boolean {
    const [frame] = frames
    if (!frame) return false
    if (!this.#isCareful) {
      this.#isCareful = true
      return false
    }
    if (frame.ticks > 1) {
      this.#maxTicks = Math.max(1, Math.floor(frame.ticks / SHRINK))
      return false
    }
    this.#refusals++
    if (this.#refusals < TICK_REFUSALS) return false
    this.#refusals = 0
    return true
  }

  /** The hub acknowledged a frame: more may be in the next. */
  accepted(): void {
    if (!this.#isCareful) return
    this.#refusals = 0
    if (this.#maxTicks === MOST_TICKS) this.#isCareful = false
    this.#maxTicks = Math.min(MOST_TICKS, this.#maxTicks * SHRINK)
  }
}
