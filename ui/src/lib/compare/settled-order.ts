// Owns the order of hosts while their numbers move: rows that jump each second cannot be read.

/** Keeps an order of ids until its occasion changes, or hosts come or go. */
export class SettledOrder {
  #occasion: string | undefined
  #ids: readonly number[] = []

  /** The ids in their settled order; `rank` makes it anew. */
  of(occasion: string, ids: readonly number[], rank: () => readonly number[]): readonly number[] {
    const known = new Set(this.#ids)
    const isSame = ids.length === known.size && ids.every((id) => known.has(id))
    if (occasion !== this.#occasion || !isSame) this.#ids = rank()
    this.#occasion = occasion
    return this.#ids
  }
}
