// Owns writing what happens to hosts in the background: nobody waits for these rows, and none is lost by a clean stop.
import type { Inventory } from '@vigie/shared/protocol/inventory'
import type { FastifyBaseLogger } from 'fastify'
import { GatheredWrites } from '../gathered-writes.ts'
import { createEventLog, type HostEvent } from './event-log.ts'
import { createHostRecords, type AgentFacts, type Goodbye } from './host-records.ts'
import type { Database } from './schema.ts'

export interface HostJournalParts {
  readonly db: Database
  readonly log: FastifyBaseLogger
  /** Of each event as it is handed in. */
  readonly onEvent?: (event: HostEvent) => void
}

type Entry =
  | { readonly kind: 'facts'; readonly hostId: number; readonly facts: AgentFacts }
  | {
      readonly kind: 'inventory'
      readonly hostId: number
      readonly hash: string
      readonly inventory: Inventory
    }
  | { readonly kind: 'goodbye'; readonly hostId: number; readonly goodbye: Goodbye | null }
  | { readonly kind: 'event'; readonly event: HostEvent }

/** A fleet that comes back at once shares a few commits, between which ticks have theirs. */
const GATHER_MS = 250
const ENTRIES_PER_COMMIT = 500
const RETRY_MS = 5000
/** While nothing can be written the oldest entries go, as memory must end somewhere. */
const MAX_ENTRIES = 20_000

/** Has a timer; {@link HostJournal.close} writes what is left. */
export class HostJournal {
  readonly #db: Database
  readonly #log: FastifyBaseLogger
  readonly #onEvent: (event: HostEvent) => void
  readonly #writes: GatheredWrites
  #entries: Entry[] = []

  constructor({ db, log, onEvent = () => undefined }: HostJournalParts) {
    this.#db = db
    this.#log = log
    this.#onEvent = onEvent
    this.#writes = new GatheredWrites({
      gatherMs: GATHER_MS,
      retryMs: RETRY_MS,
      isEmpty: () => this.#entries.length === 0,
      commit: () => this.#commitNext(),
    })
  }

  facts(hostId: number, facts: AgentFacts): void {
    this.#add({ kind: 'facts', hostId, facts })
  }

  inventory(hostId: number, hash: string, inventory: Inventory): void {
    this.#add({ kind: 'inventory', hostId, hash, inventory })
  }

  /** Null: it is back. A hub that dies in between must not take one who left for one who vanished. */
  goodbye(hostId: number, goodbye: Goodbye | null): void {
    this.#add({ kind: 'goodbye', hostId, goodbye })
  }

  event(event: HostEvent): void {
    this.#onEvent(event)
    this.#add({ kind: 'event', event })
  }

  /** Resolves when what was handed in before the call has been written. Rejects when it could not be. */
  async flush(): Promise<void> {
    if (await this.#writes.flush()) return
    throw new Error('what happens to hosts cannot be written now')
  }

  /** Resolves when everything that was handed in has been written, or could not be and that was logged. */
  async close(): Promise<void> {
    await this.#writes.close()
  }

  #add(entry: Entry): void {
    this.#entries.push(entry)
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift()
    this.#writes.added()
  }

  async #commitNext(): Promise<boolean> {
    const entries = this.#entries.splice(0, ENTRIES_PER_COMMIT)
    try {
      await insert(this.#db, entries)
      return true
    } catch (error) {
      this.#entries.unshift(...entries)
      this.#log.error(
        { err: error, entries: this.#entries.length },
        'what happens to hosts could not be written; trying again',
      )
      return false
    }
  }
}

async function insert(db: Database, entries: readonly Entry[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const hosts = createHostRecords(transaction)
    const events: HostEvent[] = []
    for (const entry of entries) {
      if (entry.kind === 'event') events.push(entry.event)
      else if (entry.kind === 'facts') await hosts.recordFacts(entry.hostId, entry.facts)
      else if (entry.kind === 'goodbye') await hosts.recordGoodbye(entry.hostId, entry.goodbye)
      else await hosts.recordInventory(entry.hostId, entry.hash, entry.inventory)
    }
    if (events.length > 0) await createEventLog(transaction).append(...events)
  })
}
