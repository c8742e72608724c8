// Owns what time it is at the hub, from the times that its beats carry.

const KEPT_BEATS = 12

/** Estimates the hub's clock against this browser's monotonic one; the beat that travelled fastest is the truest. */
export class HubClock {
  readonly #monotonicMs: () => number
  #offsets: number[] = []

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs
  }

  /** Takes the time in a beat that has just arrived. */
  hear(hubTimeMs: number): void {
    this.#offsets = [...this.#offsets, hubTimeMs - this.#monotonicMs()].slice(-KEPT_BEATS)
  }

  /** Forgets what was heard: the hub or this machine may have slept since. */
  reset(): void {
    this.#offsets = []
  }

  /** Epoch milliseconds at the hub; this browser's own clock before the first beat. */
  nowMs(): number {
    if (this.#offsets.length === 0) return Date.now()
    return this.#monotonicMs() + Math.max(...this.#offsets)
  }
}
