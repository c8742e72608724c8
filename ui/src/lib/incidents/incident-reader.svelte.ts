// Owns the one incident that is read: asked for when it is chosen, and again while it is looked at.
import type { IncidentDetail } from '@vigie/shared/api/incident'
import { Refreshing } from './refreshing.ts'

/** Its mails are tried, and its picture grows, without a message. */
const REFRESH_MS = 10_000

export class IncidentReader {
  /** The chosen one; the one before it is not shown while this is read. */
  detail = $state.raw<IncidentDetail | null>(null)
  problem = $state.raw<unknown>(null)

  readonly #read: (id: number) => Promise<IncidentDetail>
  readonly #refreshing = new Refreshing(() => void this.refresh(), { everyMs: REFRESH_MS })
  #id: number | null = null

  constructor(read: (id: number) => Promise<IncidentDetail>) {
    this.#read = read
  }

  show(id: number | null): void {
    if (id === this.#id) return
    this.#id = id
    this.detail = null
    this.problem = null
    void this.refresh()
  }

  /** Reads it again shortly if it is the one that changed. */
  news(ids: Iterable<number>): void {
    for (const id of ids) if (id === this.#id) this.#refreshing.soon()
  }

  async refresh(): Promise<void> {
    const id = this.#id
    if (id === null) return
    try {
      const detail = await this.#read(id)
      if (id !== this.#id) return
      this.detail = detail
      this.problem = null
    } catch (problem) {
      // What is shown stays: only what was never read is missing.
      if (id === this.#id && this.detail === null) this.problem = problem
    }
  }

  close(): void {
    this.#id = null
    this.#refreshing.close()
  }
}
