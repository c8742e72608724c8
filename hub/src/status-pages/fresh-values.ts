// Owns how often something is computed: once in a while, however many ask for it (docs/status-page.md, C1 and C2).
import type { Clock } from '../clock.ts'

interface Kept<Value> {
  readonly value: Promise<Value>
  /** By the clock that never jumps; undefined while it is computed. */
  doneAtMs: number | undefined
}

export type FreshValues<Value> = ReturnType<typeof createFreshValues<Value>>

/** Values by numbers, such as the ids of pages. Each is good for `freshMs` from when it was computed. */
export function createFreshValues<Value>(clock: Clock, freshMs: number) {
  const kept = new Map<number, Kept<Value>>()
  const isFresh = ({ doneAtMs = Infinity }: Kept<Value>): boolean =>
    clock.elapsedMs() - doneAtMs < freshMs

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

    forgetAllBut(ids: ReadonlySet<number>): void {
      for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id)
    },
  }
}
