// Owns the last two minutes of a host's CPU in memory: what a sparkline shows before the next tick arrives.

export const RECENT_MS = 120_000

export interface RecentCpuReading {
  /** The time of the last item. */
  readonly endMs: number
  readonly stepMs: number
  /** Oldest first, null where there is no tick. */
  readonly cpuRatio: readonly (number | null)[]
}

/** A ring of slots on the grid of the interval; a backlog that arrives late fills the slots that it belongs to. */
export class RecentCpu {
  readonly #stepMs: number
  readonly #times: Float64Array
  readonly #ratios: Float64Array
  #newestMs = -Infinity

  constructor(stepMs: number) {
    this.#stepMs = stepMs
    const slots = Math.max(1, Math.floor(RECENT_MS / stepMs))
    this.#times = new Float64Array(slots).fill(NaN)
    this.#ratios = new Float64Array(slots).fill(NaN)
  }

  add(timeMs: number, cpuRatio: number | null): void {
    const slot = this.#slotOf(timeMs)
    if ((this.#times[slot] ?? NaN) > timeMs) return
    this.#times[slot] = timeMs
    this.#ratios[slot] = cpuRatio ?? NaN
    this.#newestMs = Math.max(this.#newestMs, timeMs)
  }

  /** Undefined while there is nothing. */
  read(): RecentCpuReading | undefined {
    if (this.#newestMs === -Infinity) return undefined
    const slots = this.#times.length
    const newest = Math.floor(this.#newestMs / this.#stepMs)
    const cpuRatio = Array.from({ length: slots }, (_, index) => {
      const step = newest - slots + 1 + index
      const slot = this.#slotOf(step * this.#stepMs)
      const isOfStep = Math.floor((this.#times[slot] ?? NaN) / this.#stepMs) === step
      const ratio = this.#ratios[slot] ?? NaN
      return isOfStep && !Number.isNaN(ratio) ? ratio : null
    })
    return { endMs: newest * this.#stepMs, stepMs: this.#stepMs, cpuRatio }
  }

  #slotOf(timeMs: number): number {
    return Math.floor(timeMs / this.#stepMs) % this.#times.length
  }
}
