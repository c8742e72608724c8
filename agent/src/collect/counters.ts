// Owns the turning of counters into rates per second.

// Under a tenth of a second, one event looks like a storm: such a span gives no rate.
const SHORTEST_SPAN_MS = 100

/** The last reading of some counters that are read together. */
export class Counters {
  readonly #previous: Float64Array
  #readAtMs = NaN
  #spanS = NaN

  constructor(count: number) {
    this.#previous = new Float64Array(count).fill(NaN)
  }

  /** Starts a reading. `nowMs` is monotonic. */
  begin(nowMs: number): void {
    const spanMs = nowMs - this.#readAtMs
    this.#spanS = spanMs >= SHORTEST_SPAN_MS ? spanMs / 1000 : NaN
    this.#readAtMs = nowMs
  }

  /** Seconds from the last reading to this one; NaN when there is none, or the two are too close. */
  get spanS(): number {
    return this.#spanS
  }

  /** What counter `index` grew by; NaN at its first reading and when it went backwards (a reset or a wrap). */
  growth(index: number, count: number): number {
    const grown = count - (this.#previous[index] ?? NaN)
    this.#previous[index] = count
    return grown >= 0 && this.#spanS > 0 ? grown : NaN
  }

  /** The growth of counter `index` per second. */
  rate(index: number, count: number): number {
    return this.growth(index, count) / this.#spanS
  }
}
