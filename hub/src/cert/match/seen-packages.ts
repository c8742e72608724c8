// Owns what is said of advisories that concern no machine: whether what they name is there, and in which versions.
import type { WhyNot } from '@vigie/shared/api/advisory'
import type { Package } from '@vigie/shared/protocol/packages'
import { compareUpstream, upstreamOf } from './versions/upstream.ts'

interface Seen {
  hosts: number
  lastHostId: number
  lowest: Package
  highest: Package
}

/** What machines have of what some advisories name, in versions that these do not name. */
export class SeenPackages {
  readonly #asked: ReadonlySet<string>
  readonly #byReference = new Map<string, Map<string, Seen>>()
  /** Advisories on systems that machines run: that no package is there does not say why. */
  readonly #ofSystem = new Set<string>()

  /** Of others than those that are `asked` for nothing is kept. */
  constructor(asked: ReadonlySet<string>) {
    this.#asked = asked
  }

  /** Machines one after the other. */
  note(reference: string, hostId: number, one: Package): void {
    if (!this.#asked.has(reference)) return
    const names = this.#byReference.get(reference) ?? new Map<string, Seen>()
    this.#byReference.set(reference, names)
    const seen = names.get(one.name)
    if (!seen) {
      names.set(one.name, { hosts: 1, lastHostId: hostId, lowest: one, highest: one })
      return
    }
    if (seen.lastHostId !== hostId) seen.hosts++
    seen.lastHostId = hostId
    if (compare(one, seen.lowest) < 0) seen.lowest = one
    if (compare(one, seen.highest) > 0) seen.highest = one
  }

  noteSystem(reference: string): void {
    this.#ofSystem.add(reference)
  }

  /** Of an advisory that concerns no machine. `hasClaims`: it says something that could be compared. */
  whyNot(reference: string, hasClaims: boolean): WhyNot {
    let name: string | undefined
    let most: Seen | undefined
    for (const [each, seen] of this.#byReference.get(reference) ?? []) {
      if (!most || seen.hosts > most.hosts) [name, most] = [each, seen]
    }
    if (name !== undefined && most) {
      const { hosts, lowest, highest } = most
      const found = { name, lowest: lowest.version, highest: highest.version, hosts }
      return { reason: 'other-version', package: found }
    }
    const isSaid = hasClaims && !this.#ofSystem.has(reference)
    return { reason: isSaid ? 'not-installed' : 'nothing-found', package: null }
  }
}

function compare(a: Package, b: Package): number {
  if (a.version === b.version) return 0
  return compareUpstream(upstreamOf(a.version, a.manager), upstreamOf(b.version, b.manager))
}
