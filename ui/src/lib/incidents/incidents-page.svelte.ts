// Owns what the page of incidents knows and does: the past, the one that is read, the mails, the silences, and what people do.
import type { Incident, IncidentDetail, IncidentPage } from '@vigie/shared/api/incident'
import type { MailDetail } from '@vigie/shared/api/mail'
import type { Rule } from '@vigie/shared/api/rule'
import type { Silence, SilenceDraft } from '@vigie/shared/api/silence'
import { SvelteSet } from 'svelte/reactivity'
import type { IncidentQuery } from '../api/alerts.ts'
import type { IncidentListener } from '../live/live-connection.svelte.ts'
import { IncidentHistory } from './incident-history.svelte.ts'
import { IncidentReader } from './incident-reader.svelte.ts'
import { MailLedger, type LedgerPorts } from './mail-ledger.svelte.ts'
import { Refreshing } from './refreshing.ts'

export interface IncidentsPorts extends LedgerPorts {
  /** Mails, silences and rules are about the whole fleet: whoever sees a part of it is not told of them. */
  readonly seesWholeFleet: boolean
  nowMs(): number
  watchIncidents(listener: IncidentListener): () => void
  incidents(query: IncidentQuery): Promise<IncidentPage>
  incident(id: number): Promise<IncidentDetail>
  mail(id: number): Promise<MailDetail>
  silences(): Promise<Silence[]>
  rules(): Promise<readonly Rule[]>
  acknowledge(id: number): Promise<void>
  handOver(id: number, to: string, text?: string): Promise<void>
  addNote(id: number, text: string): Promise<void>
  createSilence(draft: SilenceDraft): Promise<void>
  endSilence(id: number): Promise<void>
}

const LEDGER_LINES = 5
const MAILS_EVERY_MS = 5000
const SILENCES_EVERY_MS = 30_000

/** Has timers; {@link IncidentsPage.close} ends them. */
export class IncidentsPage {
  readonly history: IncidentHistory
  readonly reader: IncidentReader
  /** Null for whoever sees a part of the fleet. */
  readonly ledger: MailLedger | null
  silences = $state.raw<readonly Silence[]>([])
  rules = $state.raw<readonly Rule[]>([])
  /** Why the last thing that somebody did was not done. */
  problem = $state.raw<unknown>(null)
  /** Those that are being taken. */
  readonly taking = new SvelteSet<number>()

  readonly #ports: IncidentsPorts
  readonly #ended: Refreshing
  readonly #silencesTimer: Refreshing
  readonly #unwatch: () => void

  constructor(ports: IncidentsPorts) {
    this.#ports = ports
    this.history = new IncidentHistory({
      nowMs: () => ports.nowMs(),
      read: (query) => ports.incidents(query),
    })
    this.reader = new IncidentReader((id) => ports.incident(id))
    this.ledger = ports.seesWholeFleet ? new MailLedger(ports, LEDGER_LINES) : null
    this.#ended = new Refreshing(() => void this.history.refresh(), {
      everyMs: MAILS_EVERY_MS,
      isDue: () => this.history.awaitsMail(),
    })
    const refreshSilences = () => void this.#readSilences()
    this.#silencesTimer = new Refreshing(refreshSilences, { everyMs: SILENCES_EVERY_MS })
    this.#unwatch = ports.watchIncidents({
      onIncidents: ({ changed, removed }, isAll) => {
        if (isAll || removed.length > 0) this.#ended.soon()
        this.reader.news([...changed.map(({ id }) => id), ...removed])
        this.ledger?.news()
      },
    })
    void this.history.load()
    void this.#readSilences()
    void this.#readRules()
  }

  close(): void {
    this.#unwatch()
    this.#ended.close()
    this.#silencesTimer.close()
    this.history.close()
    this.reader.close()
    this.ledger?.close()
  }

  async take({ id }: Pick<Incident, 'id'>): Promise<void> {
    if (this.taking.has(id)) return
    this.taking.add(id)
    await this.#attempt(() => this.#ports.acknowledge(id))
    this.taking.delete(id)
    await this.reader.refresh()
  }

  /** Rejects when it could not be kept, like the next: whoever wrote it still has the words. */
  async note(id: number, text: string): Promise<void> {
    await this.#ports.addNote(id, text)
    await this.reader.refresh()
  }

  async handOver(id: number, to: string, text: string): Promise<void> {
    await this.#ports.handOver(id, to, text === '' ? undefined : text)
    await this.reader.refresh()
  }

  async silence(draft: SilenceDraft): Promise<void> {
    await this.#ports.createSilence(draft)
    await this.#readSilences()
    await this.reader.refresh()
  }

  async endSilence({ id }: Silence): Promise<void> {
    await this.#attempt(() => this.#ports.endSilence(id))
    await this.#readSilences()
  }

  async #attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run()
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }

  // Without them the page still says what is wrong: they are asked for again.
  async #readSilences(): Promise<void> {
    if (!this.#ports.seesWholeFleet) return
    try {
      const nowMs = this.#ports.nowMs()
      this.silences = (await this.#ports.silences()).filter(({ endsMs }) => endsMs > nowMs)
    } catch {
      this.#silencesTimer.soon()
    }
  }

  async #readRules(): Promise<void> {
    if (!this.#ports.seesWholeFleet) return
    try {
      this.rules = await this.#ports.rules()
    } catch {
      // A silence can be made of all rules.
      this.rules = []
    }
  }
}
