// Owns when advisories or the watch are read again: when the hub says so, and now and then while it cannot be heard.
import type { CertPart } from '@vigie/shared/protocol/live'
import { Refreshing } from '../incidents/refreshing.ts'
import type { CertListener, LiveStatus } from '../live/live-connection.svelte.ts'

/** The page's live connection. */
export interface CertSocket {
  readonly status: LiveStatus
  watchCert(listener: CertListener): () => void
}

/** A proxy may let requests through and no socket. */
const UNHEARD_EVERY_MS = 60_000

/** Has timers until {@link CertRefreshing.close}. */
export class CertRefreshing {
  readonly #refreshing: Refreshing
  readonly #stopWatching: () => void
  /** Something is new, and nobody looks. */
  #isStale = false
  readonly #onVisibility = () => {
    if (!this.#isStale || document.visibilityState === 'hidden') return
    this.#isStale = false
    this.#refreshing.soon()
  }

  constructor(socket: CertSocket, part: CertPart, run: () => void) {
    this.#refreshing = new Refreshing(run, {
      everyMs: UNHEARD_EVERY_MS,
      isDue: () => socket.status !== 'live',
    })
    this.#stopWatching = socket.watchCert((changed) => {
      if (!changed.includes(part)) return
      if (document.visibilityState === 'hidden') this.#isStale = true
      else this.#refreshing.soon()
    })
    document.addEventListener('visibilitychange', this.#onVisibility)
  }

  /** There is news that this page made itself. */
  soon(): void {
    this.#refreshing.soon()
  }

  close(): void {
    this.#refreshing.close()
    this.#stopWatching()
    document.removeEventListener('visibilitychange', this.#onVisibility)
  }
}
