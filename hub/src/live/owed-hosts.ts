// Owns what a browser is still to be told of hosts: the newest state of each in its sight, and those that left it.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HostsChanged } from '@vigie/shared/protocol/live'
import type { Sight } from './ports.ts'

export class OwedHosts {
  readonly #sight: Sight
  /** Of the hosts in sight, those that were when it was last told of them. */
  readonly #seen: Set<number>
  /** Null: out of its sight. */
  readonly #owed = new Map<number, HostSummary | null>()

  constructor(sight: Sight) {
    this.#sight = sight
    this.#seen = new Set(sight.hostIds())
  }

  /** Returns the hosts that have come into sight by it, or left it. */
  add(changed: readonly HostSummary[]): Set<number> {
    const moved = new Set<number>()
    for (const host of changed) {
      const isSeen = this.#sight.sees(host.id)
      if (isSeen) this.#owed.set(host.id, host)
      else if (this.#seen.has(host.id)) this.#owed.set(host.id, null)
      if (!this.#isFull && isSeen !== this.#seen.has(host.id)) moved.add(host.id)
    }
    return moved
  }

  /** Hosts that are in the fleet no more. */
  addRemoved(hostIds: readonly number[]): void {
    for (const id of hostIds) if (this.#isFull || this.#seen.has(id)) this.#owed.set(id, null)
  }

  /** The message that says it all, after which nothing is owed; undefined when there is nothing to say. */
  take(): HostsChanged | undefined {
    if (this.#owed.size === 0) return undefined
    const message: HostsChanged = { type: 'hosts', changed: [], removed: [] }
    for (const [id, host] of this.#owed) {
      if (host) {
        message.changed.push(host)
        this.#seen.add(id)
      } else {
        message.removed.push(id)
        this.#seen.delete(id)
      }
    }
    this.#owed.clear()
    return message
  }

  get #isFull(): boolean {
    return this.#sight.hostIds() === undefined
  }
}
