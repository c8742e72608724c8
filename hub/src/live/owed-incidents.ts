// Owns what a browser is still to be told of incidents: the newest state of each.
import type { Incident } from '@vigie/shared/api/incident'
import type { IncidentsMessage } from '@vigie/shared/protocol/live'
import type { IncidentChanges } from './ports.ts'

export class OwedIncidents {
  readonly #changed = new Map<number, Incident>()
  readonly #removed = new Set<number>()
  /** Whether even nothing is to be said: that nothing is open replaces what a page knew. */
  #isFirst = true

  add({ changed, removed }: IncidentChanges): void {
    for (const incident of changed) {
      this.#changed.set(incident.id, incident)
      this.#removed.delete(incident.id)
    }
    for (const id of removed) {
      this.#changed.delete(id)
      this.#removed.add(id)
    }
  }

  /** The message that says it all, after which nothing is owed; undefined when there is nothing to say. */
  take(): IncidentsMessage | undefined {
    if (!this.#isFirst && this.#changed.size === 0 && this.#removed.size === 0) return undefined
    const message: IncidentsMessage = {
      type: 'incidents',
      changed: [...this.#changed.values()],
      removed: [...this.#removed],
    }
    this.#isFirst = false
    this.#changed.clear()
    this.#removed.clear()
    return message
  }
}
