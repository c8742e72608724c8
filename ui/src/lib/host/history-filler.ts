// Owns the fetching of what a timeline lacks: it asks until the hub answers, and no hole twice.
import type { Gap } from '../chart/samples.ts'

export interface HistoryPort {
  /** Merges what the hub holds from `fromMs` up to `toMs`; rejects when it cannot be had. */
  fetch(fromMs: number, toMs: number): Promise<void>
  /** Told with null when all that was asked for is here, with a sentence while a request keeps failing. */
  onState(failure: string | null): void
}

const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000] as const
const HEAL_AFTER_MS = 1500

/** Its requests run one after the other, in the order of the calls. */
export class HistoryFiller {
  readonly #port: HistoryPort
  readonly #asked = new Set<number>()
  #queue: Promise<void> = Promise.resolve()
  #closed = false
  #wake: (() => void) | undefined

  constructor(port: HistoryPort) {
    this.#port = port
  }

  /** Resolves when the range is merged, or when the filler is closed. */
  fill(fromMs: number, toMs: number): Promise<void> {
    this.#queue = this.#queue.then(() => this.#insist(fromMs, toMs))
    return this.#queue
  }

  /**
   * Asks once for each hole. A tick that was on its way when the page subscribed may be neither in the history nor among
   * the live ones, so it waits until the hub has surely committed it.
   */
  heal(gaps: readonly Gap[]): void {
    const fresh = gaps.filter((gap) => !this.#asked.has(gap.fromMs))
    const [first] = fresh
    const last = fresh.at(-1)
    if (!first || !last) return
    for (const gap of fresh) this.#asked.add(gap.fromMs)
    void this.#pause(HEAL_AFTER_MS).then(() => this.fill(first.fromMs, last.toMs))
  }

  close(): void {
    this.#closed = true
    this.#wake?.()
  }

  async #insist(fromMs: number, toMs: number): Promise<void> {
    for (let attempt = 0; !this.#closed; attempt++) {
      try {
        await this.#port.fetch(fromMs, toMs)
        this.#port.onState(null)
        return
      } catch (failure) {
        this.#port.onState(failure instanceof Error ? failure.message : String(failure))
        await this.#pause(RETRY_MS[attempt] ?? RETRY_MS[4])
      }
    }
  }

  #pause(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
