// Owns what a page of the settings reads of the hub: now, again now and then, and after something was done.
import { Refreshing } from '../incidents/refreshing.ts'

const REFRESH_MS = 10_000

export class Reading<T> {
  value = $state.raw<T | null>(null)
  /** Why the newest reading failed; what was known stays. */
  problem = $state.raw<unknown>(null)
  readonly #read: () => Promise<T>
  #turn = 0

  constructor(read: () => Promise<T>) {
    this.#read = read
  }

  /** Reads now and every ten seconds while somebody looks; the answer stops it. */
  start(): () => void {
    void this.read()
    const refreshing = new Refreshing(() => void this.read(), { everyMs: REFRESH_MS })
    return () => refreshing.close()
  }

  async read(): Promise<void> {
    const turn = ++this.#turn
    try {
      const value = await this.#read()
      // An older answer that comes late is not news.
      if (turn !== this.#turn) return
      this.value = value
      this.problem = null
    } catch (problem) {
      if (turn === this.#turn) this.problem = problem
    }
  }

  /** Rejects when it could not be done; when it was, what it changed has been read. */
  async after<Done>(doing: Promise<Done>): Promise<Done> {
    const done = await doing
    await this.read()
    return done
  }
}
