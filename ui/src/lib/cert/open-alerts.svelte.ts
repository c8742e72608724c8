// Owns which alerts are open now, for every page: the bar counts those that somebody has to act on.
import type { Advisory, AdvisoryPage } from '@vigie/shared/api/advisory'
import type { AdvisoryQuery } from '../api/cert.ts'
import { byUrgency, isToDo } from './advisory-order.ts'
import { CertRefreshing, type CertSocket } from './cert-refreshing.ts'

/** The newest; a source has a dozen. */
const MAX_ALERTS = 100

export class OpenAlerts {
  /** The most urgent first. */
  list = $state.raw<readonly Advisory[]>([])
  isLoaded = $state(false)
  /** Why they could not be read, while none were. */
  problem = $state.raw<unknown>(null)

  /** Those that somebody has to act on. */
  readonly toDo: readonly Advisory[] = $derived(this.list.filter(isToDo))

  #read: ((query: AdvisoryQuery) => Promise<AdvisoryPage>) | undefined
  #refreshing: CertRefreshing | undefined

  start(read: (query: AdvisoryQuery) => Promise<AdvisoryPage>, socket: CertSocket): void {
    this.#read = read
    this.#refreshing ??= new CertRefreshing(socket, 'advisories', () => void this.refresh())
    void this.refresh()
  }

  /** There is news. */
  news(): void {
    this.#refreshing?.soon()
  }

  async refresh(): Promise<void> {
    const read = this.#read
    if (!read) return
    try {
      const { items } = await read({ kind: 'alert', state: 'open', limit: MAX_ALERTS })
      if (read !== this.#read) return
      this.list = items.toSorted(byUrgency)
      this.isLoaded = true
      this.problem = null
    } catch (problem) {
      // What is shown stays, and it is asked for again.
      if (read === this.#read && !this.isLoaded) this.problem = problem
    }
  }

  /** Forgets everything: somebody else may sign in. */
  stop(): void {
    this.#refreshing?.close()
    this.#refreshing = undefined
    this.#read = undefined
    this.list = []
    this.isLoaded = false
    this.problem = null
  }
}
