// Owns writing what alerts decide: in order, a transition and its notices in one transaction, and nothing is lost.
import type { FastifyBaseLogger } from 'fastify'
import { GatheredWrites } from '../gathered-writes.ts'
import type { AlertChanges, AlertStore } from './ports.ts'

export interface AlertJournalParts {
  readonly store: Pick<AlertStore, 'commit'>
  readonly log: Pick<FastifyBaseLogger, 'error'>
  /** After each transaction: there may be something to tell. */
  readonly onCommitted: (changes: AlertChanges) => void
}

/** A storm shares a few transactions, and a mail waits no longer than this for its own. */
const GATHER_MS = 100
const RETRY_MS = 2000
/** Transitions, each with its notices and its evidence. */
const CHANGES_PER_COMMIT = 500

/** Has a timer; {@link AlertJournal.close} writes what is left. */
export class AlertJournal {
  readonly #parts: AlertJournalParts
  readonly #writes: GatheredWrites
  #waiting: Partial<AlertChanges>[] = []
  #isFailing = false

  constructor(parts: AlertJournalParts) {
    this.#parts = parts
    this.#writes = new GatheredWrites({
      gatherMs: GATHER_MS,
      retryMs: RETRY_MS,
      isEmpty: () => this.#waiting.length === 0,
      commit: () => this.#commitNext(),
    })
  }

  /** What is handed in at once is written at once, or not at all. */
  add(changes: Partial<AlertChanges>): void {
    this.#waiting.push(changes)
    this.#writes.added()
  }

  /** Resolves with whether everything that was handed in is in the database; what is not is tried again. */
  flush(): Promise<boolean> {
    return this.#writes.flush()
  }

  close(): Promise<boolean> {
    return this.#writes.close()
  }

  async #commitNext(): Promise<boolean> {
    const taken = this.#waiting.splice(0, CHANGES_PER_COMMIT)
    if (taken.length === 0) return true
    const changes = merge(taken)
    try {
      await this.#parts.store.commit(changes)
    } catch (error) {
      // On a disk that is full for days, only what is last known of an incident is kept.
      this.#waiting = [merge([changes, ...this.#waiting])]
      if (!this.#isFailing) {
        this.#parts.log.error({ err: error }, 'incidents cannot be written; trying again')
      }
      this.#isFailing = true
      return false
    }
    this.#isFailing = false
    this.#tell(changes)
    return true
  }

  /** What is written is written, whatever becomes of those who hear of it. */
  #tell(changes: AlertChanges): void {
    try {
      this.#parts.onCommitted(changes)
    } catch (error) {
      this.#parts.log.error({ err: error }, 'incidents were written, and not everybody heard of it')
    }
  }
}

/** An incident that changed several times is written as it is last; of one that was forgotten nothing is. */
function merge(taken: readonly Partial<AlertChanges>[]): AlertChanges {
  const forgotten = new Set(taken.flatMap((changes) => changes.forgotten ?? []))
  const isKept = ({ incidentId }: { incidentId: number }): boolean => !forgotten.has(incidentId)
  const incidents = new Map(
    taken.flatMap(({ incidents: some = [] }) => some.map((incident) => [incident.id, incident])),
  )
  for (const id of forgotten) incidents.delete(id)
  const evidence = taken.flatMap((changes) => changes.evidence ?? []).filter(isKept)
  const newest = new Map(evidence.map((each) => [each.incidentId, each]))
  return {
    incidents: [...incidents.values()],
    forgotten: [...forgotten],
    entries: taken.flatMap((changes) => changes.entries ?? []).filter(isKept),
    notices: taken.flatMap((changes) => changes.notices ?? []),
    evidence: [...newest.values()],
  }
}
