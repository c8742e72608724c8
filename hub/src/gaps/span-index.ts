// Owns finding what lies in a time among much that does not.
import type { Span } from './evidence.ts'

/** Spans by where they begin; they may overlap. */
export class SpanIndex<Kind extends Span> {
  readonly #spans: readonly Kind[]
  /** Up to where each and those before it reach. */
  readonly #reachMs: readonly number[]

  constructor(spans: readonly Kind[]) {
    this.#spans = spans.toSorted((a, b) => a.fromMs - b.fromMs)
    let reachMs = -Infinity
    this.#reachMs = this.#spans.map(({ toMs }) => (reachMs = Math.max(reachMs, toMs)))
  }

  overlapping({ fromMs, toMs }: Span): Kind[] {
    const first = firstWhere(this.#reachMs, (reachMs) => reachMs > fromMs)
    const end = firstWhere(this.#spans, (span) => span.fromMs >= toMs)
    return this.#spans.slice(first, end).filter((span) => span.toMs > fromMs)
  }
}

/** Index of the first item of which something is true that stays true from there on. */
export function firstWhere<Item>(items: readonly Item[], isTrue: (item: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = items[middle]
    if (item === undefined || isTrue(item)) high = middle
    else low = middle + 1
  }
  return low
}
