// Owns which incidents are of which host, so that a fleet that returns at once does not look through all of them for each.
import type { IncidentRecord } from './ports.ts'

type Placed = Pick<IncidentRecord, 'id' | 'hostId'>

export class IdsByHost {
  readonly #ids = new Map<number, Set<number>>()

  add({ id, hostId }: Placed): void {
    if (hostId === null) return
    const ids = this.#ids.get(hostId)
    if (ids) ids.add(id)
    else this.#ids.set(hostId, new Set([id]))
  }

  delete({ id, hostId }: Placed): void {
    if (hostId === null) return
    const ids = this.#ids.get(hostId)
    ids?.delete(id)
    if (ids?.size === 0) this.#ids.delete(hostId)
  }

  /** In the order in which they were added. */
  of(hostId: number): readonly number[] {
    return [...(this.#ids.get(hostId) ?? [])]
  }
}
