// Owns the mean, the least or the greatest of the values of the last so many milliseconds, a tick after the other.

export type Statistic = 'mean' | 'min' | 'max'

const PARTS = 30
/** A hole as long as this, or a tenth of the window, ends the watch. */
const HOLE_MS = 60_000
const HOLE_INTERVALS = 3

/**
 * Holds a thirtieth of the window at a time: the window is up to a thirtieth shorter than asked for, and exact where
 * ticks are no nearer to each other than that. Missing values are left out. NaN until the window has been watched for
 * its whole length, and anew after a hole of more than a minute, three intervals and a tenth of the window.
 */
export class WindowStatistic {
  readonly statistic: Statistic
  readonly windowMs: number
  /** A sum, or the least or greatest, of each part; `#counts` says how many values it is of. */
  readonly #folded = new Float64Array(PARTS)
  readonly #counts = new Uint32Array(PARTS)
  /** Of all parts but the newest. */
  #restFolded = 0
  #restCount = 0
  #part = NaN
  #watchedFromMs = NaN
  #valueMs = NaN

  constructor(statistic: Statistic, windowMs: number) {
    this.statistic = statistic
    this.windowMs = windowMs
  }

  /** Adds a tick, in order of time, and returns the statistic of the window that ends with it. */
  push(value: number, timeMs: number, intervalMs: number): number {
    const part = Math.floor((timeMs * PARTS) / this.windowMs)
    if (part !== this.#part) this.#advance(part)
    if (!Number.isNaN(value)) this.#add(value, timeMs, intervalMs)
    const isWatched = timeMs - this.#watchedFromMs >= this.windowMs - intervalMs
    return isWatched ? this.soFar : NaN
  }

  /** The statistic of what the window holds, however long it was watched; NaN when that is nothing. */
  get soFar(): number {
    const slot = this.#part % PARTS
    const newest = this.#counts[slot] ?? 0
    const count = newest + this.#restCount
    if (count === 0) return NaN
    const of = this.#folded[slot] ?? 0
    const folded =
      newest === 0
        ? this.#restFolded
        : this.#restCount === 0
          ? of
          : this.#fold(this.#restFolded, of)
    return this.statistic === 'mean' ? folded / count : folded
  }

  #add(value: number, timeMs: number, intervalMs: number): void {
    const holeMs = Math.max(HOLE_MS, HOLE_INTERVALS * intervalMs, this.windowMs / 10)
    const passedMs = timeMs - this.#valueMs
    if (!(passedMs >= 0 && passedMs <= holeMs)) this.#watchedFromMs = timeMs
    this.#valueMs = timeMs
    const slot = this.#part % PARTS
    const count = this.#counts[slot] ?? 0
    const folded = this.#folded[slot] ?? 0
    this.#folded[slot] = count === 0 ? value : this.#fold(folded, value)
    this.#counts[slot] = count + 1
  }

  /** Folds the rest anew: sums that are only added to and taken from would drift. */
  #advance(part: number): void {
    const passed = part - this.#part
    // Before the first tick, or when a clock was set back, there is no way on.
    if (!(passed >= 0 && passed < PARTS)) this.#counts.fill(0)
    else for (let ago = 0; ago < passed; ago++) this.#counts[(part - ago) % PARTS] = 0
    this.#part = part
    this.#restCount = 0
    for (let slot = 0; slot < PARTS; slot++) {
      const count = this.#counts[slot] ?? 0
      if (count === 0) continue
      const folded = this.#folded[slot] ?? 0
      this.#restFolded = this.#restCount === 0 ? folded : this.#fold(this.#restFolded, folded)
      this.#restCount += count
    }
  }

  #fold(one: number, other: number): number {
    if (this.statistic === 'mean') return one + other
    return this.statistic === 'min' ? Math.min(one, other) : Math.max(one, other)
  }
}
