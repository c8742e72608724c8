// Owns a wait that is over at once when nobody wants it any more.
import { setTimeout as waitFor } from 'node:timers/promises'

/** Never rejects. */
export async function pause(timeMs: number, signal: AbortSignal): Promise<void> {
  try {
    await waitFor(timeMs, undefined, { signal })
  } catch {
    // Aborted: it is over.
  }
}
