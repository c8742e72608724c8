// Owns where time comes from. Everything of the agent that waits or stamps is handed one of these, so tests drive it.
import os from 'node:os'

export interface Clock {
  /** Milliseconds since some start, never backwards, with fractions. */
  monotonicMs(): number
  /** Epoch milliseconds as this machine believes them. */
  wallMs(): number
  /** Milliseconds since the boot, those asleep included, which {@link monotonicMs} leaves out. Costs the reading of a file. */
  bootMs(): number
  /** Calls back once after `delayMs`; the returned function cancels. */
  setTimeout(callback: () => void, delayMs: number): () => void
}

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  bootMs: () => os.uptime() * 1000,
  setTimeout(callback, delayMs) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
