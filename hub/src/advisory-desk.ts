// Owns advisories as people are told of them: what is kept, with whom they concern, what was told, and what people do about them.
import type { Advisory, AdvisoryDetail, WhyNot } from '@vigie/shared/api/advisory'
import type { Advisories } from './api/cert-ports.ts'
import { uncomparedHosts } from './cert/uncompared-hosts.ts'
import type { KnownAdvisory } from './store/advisory-records.ts'
import type { Store } from './store/store.ts'

export interface AdvisoryDeskParts {
  readonly store: Pick<Store, 'advisories' | 'packages'>
  /** Why an open alert concerns no host; undefined while that is not known. */
  readonly whyNot: (reference: string) => WhyNot | undefined
  /** Somebody did something about one. */
  readonly onChanged: () => void
}

export function createAdvisoryDesk({ store, whyNot, onChanged }: AdvisoryDeskParts): Advisories {
  const { advisories, packages } = store
  const telling = async () => {
    const uncompared = uncomparedHosts(await packages.told()).length
    return <T extends KnownAdvisory>(known: T): T & Advisory => ({
      ...known,
      whyNot: known.concerned + known.toCheck === 0 ? (whyNot(known.reference) ?? null) : null,
      uncompared,
    })
  }
  const changed = <T>(outcome: T): T => {
    onChanged()
    return outcome
  }

  return {
    page: async (query) => (await advisories.page(query)).map(await telling()),
    counts: (query) => advisories.counts(query),

    async get(reference): Promise<AdvisoryDetail | undefined> {
      const known = await advisories.get(reference)
      if (!known) return undefined
      const [past, tellings, entries] = await Promise.all([
        advisories.past(reference),
        advisories.tellings(reference),
        advisories.entries(reference),
      ])
      const readMs = new Map(
        known.hosts.length === 0
          ? []
          : (await packages.list()).map((list) => [list.hostId, list.readMs]),
      )
      const hosts = known.hosts.map((host) => ({
        ...host,
        packagesMs: readMs.get(host.hostId) ?? host.sinceMs,
      }))
      const told = await telling()
      return { ...told(known), hosts, past, told: tellings, entries }
    },

    async ofHost(hostId, limit) {
      const told = await telling()
      const found = await advisories.ofHost(hostId, limit)
      return found.map((one) => ({ ...one, advisory: told(one.advisory) }))
    },

    setHandled: (reference, handled, who) =>
      advisories.setHandled(reference, handled, who).then(changed),
    take: (reference, who) => advisories.take(reference, who).then(changed),
    handOver: (reference, words) => advisories.handOver(reference, words).then(changed),
  }
}
