// Owns writing what happens to hosts in the background: nobody waits for these rows, and none is lost by a clean stop.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import type { FastifyBaseLogger } from 'fastify'
import type { EventLog, HostEvent } from './event-log.ts'
import type { AgentFacts, HostRecords } from './host-records.ts'

export interface HostJournalParts {
  readonly hosts: HostRecords
  readonly events: EventLog
  readonly log: FastifyBaseLogger
}

export function createHostJournal({ hosts, events, log }: HostJournalParts) {
  const pending = new Set<Promise<void>>()

  const write = (what: string, writing: Promise<void>): void => {
    const settled = writing.catch((error: unknown) => {
      log.error({ err: error }, `${what} could not be written`)
    })
    pending.add(settled)
    void settled.then(() => pending.delete(settled))
  }

  return {
    facts(hostId: number, facts: AgentFacts): void {
      write('what an agent says of itself', hosts.recordFacts(hostId, facts))
    },

    inventory(hostId: number, hash: string, inventory: Inventory): void {
      write('an inventory', hosts.recordInventory(hostId, hash, inventory))
    },

    event(event: HostEvent): void {
      write('an event', events.append(event))
    },

    /** Resolves when everything that was handed in has been written, or has failed and been logged. */
    async settle(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}

export type HostJournal = ReturnType<typeof createHostJournal>
