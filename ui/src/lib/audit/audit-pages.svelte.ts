// Owns the audit log as its page shows it: the newest entries, and older ones on demand.
import type { AuditEntry, AuditPage } from '@vigie/shared/api/audit'
import type { AuditQuery } from '../api/audit.ts'

export type AuditFilter = Pick<AuditQuery, 'who' | 'action'>

export class AuditPages {
  /** Newest first. */
  items = $state.raw<readonly AuditEntry[]>([])
  isLoaded = $state(false)
  hasMore = $state(false)
  problem = $state.raw<unknown>(null)

  readonly #read: (query: AuditQuery) => Promise<AuditPage>
  #filter: AuditFilter = { who: '', action: '' }
  #next: string | null = null
  #turn = 0

  constructor(read: (query: AuditQuery) => Promise<AuditPage>) {
    this.#read = read
  }

  /** Begins anew with the newest that fit. */
  async show(filter: AuditFilter): Promise<void> {
    this.#filter = filter
    await this.#page(null, () => [])
  }

  async older(): Promise<void> {
    await this.#page(this.#next, () => this.items)
  }

  async again(): Promise<void> {
    await this.show(this.#filter)
  }

  async #page(after: string | null, before: () => readonly AuditEntry[]): Promise<void> {
    const turn = ++this.#turn
    try {
      const page = await this.#read({ ...this.#filter, after })
      // Another filter was chosen meanwhile.
      if (turn !== this.#turn) return
      this.items = [...before(), ...page.items]
      this.#next = page.next
      this.hasMore = page.next !== null
      this.isLoaded = true
      this.problem = null
    } catch (problem) {
      if (turn === this.#turn) this.problem = problem
    }
  }
}
