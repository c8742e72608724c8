// Owns where time comes from. Everything of the agent that waits or stamps is handed one of these, so tests drive it.

export interface Clock {
  /** Milliseconds since some start, never backwards, with fractions. */
  monotonicMs(): number
  /** Epoch milliseconds as this machine believes them. */
  wallMs(): number
  /** Calls back once after `delayMs`; the returned function cancels. */
  setTimeout(callback: () => void, delayMs: number): () => void
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
