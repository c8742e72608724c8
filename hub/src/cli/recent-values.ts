// Owns the last values of a series, one a slot of its interval, for a sparkline.

export class RecentValues {
  readonly #stepMs: number
  readonly #slots: number
  readonly #values = new Map<number, number>()
  #newest = -Infinity

  constructor(stepMs: number, spanMs: number) {
    this.#stepMs = stepMs
    this.#slots = Math.max(1, Math.ceil(spanMs / stepMs))
  }

  add(timeMs: number, value: number): void {
    const slot = Math.floor(timeMs / this.#stepMs)
    this.#newest = Math.max(this.#newest, slot)
    this.#values.set(slot, value)
    if (this.#values.size <= 2 * this.#slots) return
    for (const old of this.#values.keys())
      if (old <= this.#newest - this.#slots) this.#values.delete(old)
  }

  /** Oldest first up to the newest, null where there is none. */
  read(): (number | null)[] {
    if (this.#newest === -Infinity) return []
    return Array.from(
      { length: this.#slots },
      (_, index) => this.#values.get(this.#newest - this.#slots + 1 + index) ?? null,
    )
  }

  get last(): number | null {
    return this.#values.get(this.#newest) ?? null
  }
}
