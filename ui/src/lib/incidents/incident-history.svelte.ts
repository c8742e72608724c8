// Owns the incidents of ten days that are over: read in pages, and kept up as open ones end.
import type { Incident, IncidentPage } from '@vigie/shared/api/incident'
import type { IncidentQuery } from '../api/alerts.ts'
import { byTime } from './incident-order.ts'

export const HISTORY_MS = 10 * 86_400_000
const PAGE = 200
/** More are not read: nobody reads them in one list. */
const MAX_INCIDENTS = 1000

export interface HistoryPorts {
  nowMs(): number
  read(query: IncidentQuery): Promise<IncidentPage>
}

export class IncidentHistory {
  /** Newest first. */
  list = $state.raw<readonly Incident[]>([])
  /** False until all that is shown was read once. */
  isLoaded = $state(false)
  /** There are older ones within the ten days. */
  isCut = $state(false)
  problem = $state.raw<unknown>(null)

  readonly #ports: HistoryPorts
  #reading: Promise<void> | undefined
  #isClosed = false

  constructor(ports: HistoryPorts) {
    this.#ports = ports
  }

  /** Reads all of it; a failure is kept in `problem`, and what was known stays. */
  load(): Promise<void> {
    this.#reading ??= this.#guard(() => this.#readAll()).finally(() => (this.#reading = undefined))
    return this.#reading
  }

  /** No message tells of the mails of what is over. */
  awaitsMail(): boolean {
    return this.list.slice(0, PAGE).some(({ mail }) => mail.waiting > 0)
  }

  /** Reads what is newest: some have ended since. */
  refresh(): Promise<void> {
    if (!this.isLoaded) return this.load()
    return this.#guard(async () => this.#take((await this.#page(null)).items))
  }

  close(): void {
    this.#isClosed = true
  }

  async #readAll(): Promise<void> {
    const read: Incident[] = []
    let after: string | null = null
    do {
      const page: IncidentPage = await this.#page(after)
      read.push(...page.items)
      after = page.next
      this.#take(read)
    } while (after !== null && read.length < MAX_INCIDENTS && !this.#isClosed)
    this.isCut = after !== null
    this.isLoaded = true
  }

  #page(after: string | null): Promise<IncidentPage> {
    const fromMs = this.#ports.nowMs() - HISTORY_MS
    return this.#ports.read({ state: 'resolved', fromMs, after, limit: PAGE })
  }

  // An incident that two readings have is told by the newer one.
  #take(read: readonly Incident[]): void {
    if (this.#isClosed) return
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- lives for this call only
    const byId = new Map(this.list.map((incident) => [incident.id, incident]))
    for (const incident of read) byId.set(incident.id, incident)
    this.list = [...byId.values()].sort(byTime)
  }

  async #guard(run: () => Promise<void>): Promise<void> {
    try {
      await run()
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}
