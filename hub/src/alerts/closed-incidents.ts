// Owns the incidents that were resolved of late: late ticks, flapping and mail that waits still ask for them.
import { IdsByHost } from './ids-by-host.ts'
import type { IncidentRecord } from './ports.ts'

/** Ticks that arrive later than this may tell of what is known already. */
export const CLOSED_KEPT_MS = 86_400_000

export class ClosedIncidents {
  readonly #byId = new Map<number, IncidentRecord>()
  readonly #ofHosts = new IdsByHost()

  constructor(records: readonly IncidentRecord[]) {
    for (const record of records) this.add(record)
  }

  add(record: IncidentRecord): void {
    this.#byId.set(record.id, record)
    this.#ofHosts.add(record)
  }

  get(id: number): IncidentRecord | undefined {
    return this.#byId.get(id)
  }

  list(): IterableIterator<IncidentRecord> {
    return this.#byId.values()
  }

  ofHost(hostId: number): IncidentRecord[] {
    return this.#ofHosts.of(hostId).flatMap((id) => this.#byId.get(id) ?? [])
  }

  /** But for those that are still asked for. */
  forgetBefore(timeMs: number, isWanted: (record: IncidentRecord) => boolean): void {
    for (const record of this.#byId.values()) {
      if ((record.resolvedMs ?? 0) >= timeMs || isWanted(record)) continue
      this.#byId.delete(record.id)
      this.#ofHosts.delete(record)
    }
  }
}
