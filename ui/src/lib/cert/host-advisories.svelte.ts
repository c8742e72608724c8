// Owns which advisories concern one host: read with its page, and again when there is news.
import type { HostAdvisory } from '@vigie/shared/api/advisory'
import type { UncomparedHost } from '@vigie/shared/api/cert-watch'
import { byUrgency } from './advisory-order.ts'
import { CertRefreshing, type CertSocket } from './cert-refreshing.ts'

export interface HostAdvisoryPorts {
  advisories(): Promise<readonly HostAdvisory[]>
  /** What is missing of what the host has told: only where nothing is does none mean none. */
  lacks(): Promise<UncomparedHost['lacks']>
}

/** Has a timer; {@link HostAdvisories.close} ends it. */
export class HostAdvisories {
  /** The most urgent first: open alerts, then the concerned, then the newest. */
  list = $state.raw<readonly HostAdvisory[]>([])
  isLoaded = $state(false)
  lacks = $state.raw<UncomparedHost['lacks']>([])
  problem = $state.raw<unknown>(null)

  /** Nobody has dealt with them. */
  readonly toDo: readonly HostAdvisory[] = $derived(
    this.list.filter(({ advisory }) => advisory.handled === null),
  )

  readonly #ports: HostAdvisoryPorts
  readonly #refreshing: CertRefreshing
  #isClosed = false

  constructor(ports: HostAdvisoryPorts, socket: CertSocket) {
    this.#ports = ports
    this.#refreshing = new CertRefreshing(socket, 'advisories', () => void this.refresh())
    void this.refresh()
  }

  async refresh(): Promise<void> {
    try {
      const list = await this.#ports.advisories()
      const lacks = list.length > 0 ? [] : await this.#ports.lacks()
      if (this.#isClosed) return
      this.lacks = lacks
      this.list = list.toSorted(byHostUrgency)
      this.isLoaded = true
      this.problem = null
    } catch (problem) {
      // What was read stays: only what was never read is missing.
      if (!this.isLoaded) this.problem = problem
    }
  }

  close(): void {
    this.#isClosed = true
    this.#refreshing.close()
  }
}

// Counts of the whole fleet do not matter here: the verdict of this host does.
function byHostUrgency(a: HostAdvisory, b: HostAdvisory): number {
  return byUrgency(asOfHost(a), asOfHost(b))
}

function asOfHost({ advisory, verdict }: HostAdvisory): HostAdvisory['advisory'] {
  const concerned = verdict === 'concerned' ? 1 : 0
  return { ...advisory, concerned, toCheck: 1 - concerned }
}
