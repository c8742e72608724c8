// Owns advisories as people are told of them: what is kept, with whom they concern, what was told, and what people do about them.
import type { Advisory, AdvisoryDetail, AdvisoryEntry, WhyNot } from '@vigie/shared/api/advisory'
import type { Advisories, HostsInSight } from './api/cert-ports.ts'
import { uncomparedHosts } from './cert/uncompared-hosts.ts'
import type { KnownAdvisory } from './store/advisory-standing.ts'
import type { Store } from './store/store.ts'

export interface AdvisoryDeskParts {
  readonly store: Pick<Store, 'advisories' | 'packages'>
  /** Why an open alert concerns no host; undefined while that is not known. */
  readonly whyNot: (reference: string) => WhyNot | undefined
  /** Somebody did something about one that concerns these hosts, or did. */
  readonly onChanged: (hostIds: readonly number[]) => void
}

export function createAdvisoryDesk({ store, whyNot, onChanged }: AdvisoryDeskParts): Advisories {
  const { advisories, packages } = store
  const telling = async (hostIds: HostsInSight) => {
    const uncompared = uncomparedHosts(inSight(await packages.told(), hostIds)).length
    // Why is known of the whole fleet only.
    const isKnown = ({ concerned, toCheck }: KnownAdvisory): boolean =>
      hostIds === undefined && concerned + toCheck === 0
    return <T extends KnownAdvisory>(known: T): T & Advisory => ({
      ...known,
      whyNot: isKnown(known) ? (whyNot(known.reference) ?? null) : null,
      uncompared,
    })
  }
  const hostsOf = async (reference: string): Promise<number[]> => {
    const [known, past] = await Promise.all([advisories.get(reference), advisories.past(reference)])
    return [...(known?.hosts ?? []), ...past].map(({ hostId }) => hostId)
  }
  const change = async <T>(reference: string, act: Promise<T>): Promise<T> => {
    const outcome = await act
    onChanged(await hostsOf(reference))
    return outcome
  }

  return {
    page: async (query) => (await advisories.page(query)).map(await telling(query.hostIds)),
    counts: (query) => advisories.counts(query),

    async get(reference, hostIds): Promise<AdvisoryDetail | undefined> {
      const known = await advisories.get(reference, hostIds)
      if (!known) return undefined
      const [past, tellings, all] = await Promise.all([
        advisories.past(reference, hostIds),
        advisories.tellings(reference, hostIds),
        advisories.entries(reference),
      ])
      const isToldOf = hostIds === undefined || known.hosts.length + past.length > 0
      const entries = hostIds === undefined ? all : isToldOf ? all.map(withoutWords) : []
      const readMs = new Map(
        known.hosts.length === 0
          ? []
          : (await packages.list()).map((list) => [list.hostId, list.readMs]),
      )
      const hosts = known.hosts.map((host) => ({
        ...host,
        packagesMs: readMs.get(host.hostId) ?? host.sinceMs,
      }))
      const told = await telling(hostIds)
      return { ...told(known), hosts, past, told: tellings, entries }
    },

    async ofHost(hostId, options) {
      const told = await telling(options.hostIds)
      const found = await advisories.ofHost(hostId, options)
      return found.map((one) => ({ ...one, advisory: told(one.advisory) }))
    },

    setHandled: (reference, handled, who) =>
      change(reference, advisories.setHandled(reference, handled, who)),
    take: (reference, who) => change(reference, advisories.take(reference, who)),
    handOver: (reference, words) => change(reference, advisories.handOver(reference, words)),
  }
}

export function inSight<T extends { readonly hostId: number }>(
  hosts: readonly T[],
  hostIds: HostsInSight,
): readonly T[] {
  if (hostIds === undefined) return hosts
  const seen = new Set(hostIds)
  return hosts.filter(({ hostId }) => seen.has(hostId))
}

/** What people wrote may be about any host. */
function withoutWords(entry: AdvisoryEntry): AdvisoryEntry {
  return { ...entry, text: null }
}
