// Owns when something is read again: now and then while somebody looks, and shortly after there was an occasion.

export interface RefreshingOptions {
  readonly everyMs: number
  /** Whether there may be something new at such a time; always when left out. */
  readonly isDue?: () => boolean
  /** How long occasions are gathered. */
  readonly gatherMs?: number
}

/** Has timers until {@link Refreshing.close}. */
export class Refreshing {
  readonly #run: () => void
  readonly #gatherMs: number
  readonly #timer: ReturnType<typeof setInterval>
  #soonTimer: ReturnType<typeof setTimeout> | undefined
  #isClosed = false

  constructor(run: () => void, { everyMs, isDue, gatherMs = 300 }: RefreshingOptions) {
    this.#run = run
    this.#gatherMs = gatherMs
    this.#timer = setInterval(() => {
      if (document.visibilityState === 'visible' && isDue?.() !== false) run()
    }, everyMs)
  }

  /** There is news. */
  soon(): void {
    if (this.#isClosed) return
    this.#soonTimer ??= setTimeout(() => {
      this.#soonTimer = undefined
      this.#run()
    }, this.#gatherMs)
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#timer)
    clearTimeout(this.#soonTimer)
  }
}
