// Owns the incidents that were resolved of late: late ticks, flapping and mail that waits still ask for them.
import type { IncidentRecord } from './ports.ts'

/** Ticks that arrive later than this may tell of what is known already. */
export const CLOSED_KEPT_MS = 86_400_000

export class ClosedIncidents {
  readonly #byId = new Map<number, IncidentRecord>()

  constructor(records: readonly IncidentRecord[]) {
    for (const record of records) this.add(record)
  }

  add(record: IncidentRecord): void {
    this.#byId.set(record.id, record)
  }

  get(id: number): IncidentRecord | undefined {
    return this.#byId.get(id)
  }

  list(): IterableIterator<IncidentRecord> {
    return this.#byId.values()
  }

  forgetBefore(timeMs: number): void {
    for (const { id, resolvedMs } of this.#byId.values()) {
      if ((resolvedMs ?? 0) < timeMs) this.#byId.delete(id)
    }
  }
}
