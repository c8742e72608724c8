// Owns the order of a connection's frames while one of them takes more than a turn of the event loop.

/** Returns nothing when it is done at once. */
export type FrameWork = () => Promise<void> | undefined

export interface FrameQueueEvents {
  /** While it is busy nothing more should be read from the socket: what was read already waits here. */
  onBusy(isBusy: boolean): void
  onFailed(error: unknown): void
}

export class FrameQueue {
  readonly #events: FrameQueueEvents
  readonly #waiting: FrameWork[] = []
  #isBusy = false

  constructor(events: FrameQueueEvents) {
    this.#events = events
  }

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** Does the work now, or after all that came before it. */
  run(work: FrameWork): void {
    if (this.#isBusy) {
      this.#waiting.push(work)
      return
    }
    const working = work()
    if (!working) return
    this.#setBusy(true)
    this.#finish(working)
      .catch((error: unknown) => this.#events.onFailed(error))
      .finally(() => this.#setBusy(false))
  }

  async #finish(working: Promise<void>): Promise<void> {
    await working
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next()
  }

  #setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy
    this.#events.onBusy(isBusy)
  }
}
