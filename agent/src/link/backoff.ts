// Owns how long to wait before the next connection (docs/protocol.md, T10).
import type { Retry } from '@vigie/shared/protocol/close-codes'

const FIRST_MS = 1_000
const CAP_MS = 30_000
export const SLOWLY_MS = 300_000

/** Full jitter: a random time up to 1, 2, 4, ... 30 s, so that a fleet does not come back as one. */
export class Backoff {
  readonly #random: () => number
  #attempts = 0

  /** `random` gives numbers from 0 to under 1. */
  constructor(random: () => number = Math.random) {
    this.#random = random
  }

  /** A connection served: the next failure starts over. */
  startOver(): void {
    this.#attempts = 0
  }

  delayMs(retry: Retry): number {
    if (retry === 'slowly' || retry === 'never') return SLOWLY_MS
    const ceilingMs = Math.min(CAP_MS, FIRST_MS * 2 ** this.#attempts)
    // Only the first one after a good connection may be at once, else a hub that hangs up politely is hammered.
    const atOnce = retry === 'now' && this.#attempts === 0
    this.#attempts = Math.min(this.#attempts + 1, 10)
    return atOnce ? 0 : Math.floor(this.#random() * ceilingMs)
  }
}
