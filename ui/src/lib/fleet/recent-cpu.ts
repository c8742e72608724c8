// Owns the last two minutes of a host's CPU, for the small line beside its figure.

const SPAN_MS = 120_000

interface Recent {
  readonly endMs: number
  readonly stepMs: number
  readonly cpuRatio: readonly (number | null)[]
}

/** Points on the grid of the host's interval, oldest first; NaN where there is no value. */
export class RecentCpu {
  #stepMs = 1000
  #endMs = 0
  #ratios: Float32Array = new Float32Array(0)

  /** The points, oldest first. A view that the next push may change: draw it at once. */
  get ratios(): Float32Array {
    return this.#ratios
  }

  /** Replaces everything by what the hub knows. */
  fill({ endMs, stepMs, cpuRatio }: Recent): void {
    this.#stepMs = Math.max(1, stepMs)
    this.#ratios = new Float32Array(Math.round(SPAN_MS / this.#stepMs)).fill(NaN)
    this.#endMs = endMs
    const first = this.#ratios.length - cpuRatio.length
    cpuRatio.forEach((ratio, index) => {
      if (first + index >= 0) this.#ratios[first + index] = ratio ?? NaN
    })
  }

  /** Adds a value. One that is older than the newest is put in its place, or left out when it is past the start. */
  push(timeMs: number, ratio: number | null, stepMs: number): void {
    if (this.#ratios.length === 0 || stepMs !== this.#stepMs) {
      this.fill({ endMs: timeMs, stepMs, cpuRatio: [ratio] })
      return
    }
    const ahead = Math.round((timeMs - this.#endMs) / this.#stepMs)
    if (ahead > 0) this.#shift(ahead)
    const index = this.#ratios.length - 1 + Math.min(0, ahead)
    if (index >= 0) this.#ratios[index] = ratio ?? NaN
  }

  #shift(steps: number): void {
    this.#endMs += steps * this.#stepMs
    const kept = Math.max(0, this.#ratios.length - steps)
    this.#ratios.copyWithin(0, this.#ratios.length - kept)
    this.#ratios.fill(NaN, kept)
  }
}
