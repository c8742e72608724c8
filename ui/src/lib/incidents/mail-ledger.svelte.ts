// Owns the ledger of mails as the page shows it: the newest ones, older ones on demand, and how mail fares as a whole.
import type { Mail, MailPage, MailSetup, MailState } from '@vigie/shared/api/mail'
import type { MailQuery } from '../api/alerts.ts'
import { Refreshing } from './refreshing.ts'

export interface LedgerPorts {
  mails(query: MailQuery): Promise<MailPage>
  setup(): Promise<MailSetup>
}

/** No message tells of mails. */
const REFRESH_MS = 5000

export class MailLedger {
  /** Newest first. */
  items = $state.raw<readonly Mail[]>([])
  setup = $state.raw<MailSetup | null>(null)
  isLoaded = $state(false)
  hasMore = $state(false)
  problem = $state.raw<unknown>(null)

  readonly #ports: LedgerPorts
  readonly #pageSize: number
  readonly #refreshing = new Refreshing(() => void this.refresh(), { everyMs: REFRESH_MS })
  #state: MailState | null = null
  #advisory: string | null = null
  #next: string | null = null
  #turn = 0

  constructor(ports: LedgerPorts, pageSize: number) {
    this.#ports = ports
    this.#pageSize = pageSize
    void this.refresh()
  }

  /** Only mails in this state, and those that told this advisory; null for all. */
  filter(state: MailState | null, advisory: string | null = null): void {
    if (state === this.#state && advisory === this.#advisory) return
    this.#state = state
    this.#advisory = advisory
    this.items = []
    this.hasMore = false
    this.isLoaded = false
    void this.refresh()
  }

  /** Mails may have been written. */
  news(): void {
    this.#refreshing.soon()
  }

  /** Reads the newest page; older ones that were read stay as they were. */
  async refresh(): Promise<void> {
    const turn = ++this.#turn
    await this.#guard(async () => {
      const [page, setup] = await Promise.all([this.#page(null), this.#ports.setup()])
      if (turn !== this.#turn) return
      const oldest = page.items.at(-1)?.id ?? 0
      const kept = this.items.filter(({ id }) => id < oldest)
      this.items = [...page.items, ...kept]
      if (kept.length === 0) this.#next = page.next
      this.hasMore = this.#next !== null
      this.setup = setup
      this.isLoaded = true
    })
  }

  async more(): Promise<void> {
    const turn = ++this.#turn
    await this.#guard(async () => {
      const page = await this.#page(this.#next)
      if (turn !== this.#turn) return
      this.items = [...this.items, ...page.items]
      this.#next = page.next
      this.hasMore = page.next !== null
    })
  }

  close(): void {
    this.#turn = -1
    this.#refreshing.close()
  }

  #page(after: string | null): Promise<MailPage> {
    const [state, advisory] = [this.#state, this.#advisory]
    return this.#ports.mails({ state, advisory, after, limit: this.#pageSize })
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
