// Owns how often a status page is computed: once in 15 seconds, however many read it (docs/status-page.md, C1).
import type { Clock } from '../clock.ts'

export const FRESH_MS = 15_000

interface Kept<Value> {
  readonly value: Promise<Value>
  /** By the clock that never jumps; undefined while it is computed. */
  doneAtMs: number | undefined
}

export type PageCache<Value> = ReturnType<typeof createPageCache<Value>>

export function createPageCache<Value>(clock: Clock) {
  const kept = new Map<number, Kept<Value>>()
  const isFresh = ({ doneAtMs = Infinity }: Kept<Value>): boolean =>
    clock.elapsedMs() - doneAtMs < FRESH_MS

  return {
    /** Who comes while it is computed waits for the same. What failed is tried again by who comes next. */
    read(id: number, compute: () => Promise<Value>): Promise<Value> {
      const known = kept.get(id)
      if (known && isFresh(known)) return known.value
      const entry: Kept<Value> = { value: compute(), doneAtMs: undefined }
      kept.set(id, entry)
      entry.value.then(
        () => (entry.doneAtMs = clock.elapsedMs()),
        () => kept.get(id) === entry && kept.delete(id),
      )
      return entry.value
    },

    forget: (id: number): void => void kept.delete(id),
    forgetAll: (): void => kept.clear(),
  }
}
