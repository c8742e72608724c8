// Owns a wait that can be cut short.
import { setTimeout as wait } from 'node:timers/promises'

export class Rest {
  #resting: AbortController | undefined

  async for(ms: number): Promise<void> {
    this.#resting = new AbortController()
    const { signal } = this.#resting
    await wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
    this.#resting = undefined
  }

  /** Ends it, if there is one. */
  cut(): void {
    this.#resting?.abort()
  }
}
