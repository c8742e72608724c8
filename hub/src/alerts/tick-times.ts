// Owns when a host ticked, found again from the stretches without a hole that are stored of it.

interface Stretch {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

export class TickTimes {
  readonly #stretches: readonly Stretch[]

  /** Oldest first. */
  constructor(stretches: readonly Stretch[]) {
    this.#stretches = stretches
  }

  /** `toMs` is exclusive. */
  *within(fromMs: number, toMs: number): Generator<{ timeMs: number; stepMs: number }> {
    for (let index = this.#firstEndingFrom(fromMs); ; index++) {
      const stretch = this.#stretches[index]
      if (!stretch || stretch.fromMs >= toMs) return
      const { stepMs } = stretch
      const skipped = Math.max(0, Math.ceil((fromMs - stretch.fromMs) / stepMs))
      const endMs = Math.min(stretch.toMs + 1, toMs)
      for (let timeMs = stretch.fromMs + skipped * stepMs; timeMs < endMs; timeMs += stepMs) {
        yield { timeMs, stepMs }
      }
    }
  }

  #firstEndingFrom(fromMs: number): number {
    let low = 0
    let high = this.#stretches.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#stretches[middle]?.toMs ?? 0) < fromMs) low = middle + 1
      else high = middle
    }
    return low
  }
}
