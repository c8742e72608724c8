// Owns which hosts a comparison knows too little of: that an advisory does not concern them is not known.
import { lacksOf, type ToldPackages } from '@vigie/shared/advisories/package-lacks'
import type { UncomparedHost } from '@vigie/shared/api/cert-watch'

export interface ToldHost extends ToldPackages {
  readonly hostId: number
  readonly hostName: string
}

/** Hosts that cannot be compared whole, each with what is missing. */
export function uncomparedHosts(hosts: readonly ToldHost[]): UncomparedHost[] {
  return hosts
    .map((host) => ({ hostId: host.hostId, hostName: host.hostName, lacks: lacksOf(host) }))
    .filter(({ lacks }) => lacks.length > 0)
}
