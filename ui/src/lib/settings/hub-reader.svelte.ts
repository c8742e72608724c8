// Owns the state of the hub as its settings show it: read, read again now and then, and on demand.
import type { HubState } from '@vigie/shared/api/hub-state'

const REFRESH_MS = 10_000

export class HubReader {
  state = $state.raw<HubState | null>(null)
  /** Why the newest reading failed; what was known stays. */
  problem = $state.raw<unknown>(null)
  readonly #read: () => Promise<HubState>

  constructor(read: () => Promise<HubState>) {
    this.#read = read
  }

  /** Reads now and every ten seconds while somebody looks; the answer stops it. */
  start(): () => void {
    void this.read()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.read()
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }

  async read(): Promise<void> {
    try {
      this.state = await this.#read()
      this.problem = null
    } catch (problem) {
      this.problem = problem
    }
  }
}
