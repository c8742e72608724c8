// Owns which ticks of a host were judged in this run of the hub: one that is sent again is not judged again (docs/alerts.md, A10).

interface Span {
  readonly fromMs: number
  toMs: number
}

/** A host that comes and goes this often before a backlog is through is rare, and judged twice then. */
const MAX_SPANS = 32

export class EvaluatedSpans {
  readonly #spans: Span[] = []

  add(timeMs: number, intervalMs: number): void {
    const reach = 1.5 * intervalMs
    const span = this.#spans.findLast(({ toMs }) => timeMs > toMs && timeMs - toMs <= reach)
    if (span) span.toMs = timeMs
    else {
      this.#spans.push({ fromMs: timeMs, toMs: timeMs })
      if (this.#spans.length > MAX_SPANS) this.#spans.shift()
    }
  }

  has(timeMs: number): boolean {
    return this.#spans.some(({ fromMs, toMs }) => timeMs >= fromMs && timeMs <= toMs)
  }
}
