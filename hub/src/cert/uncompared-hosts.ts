// Owns which hosts a comparison says too little of: that an advisory does not concern them is not known.
import { MAX_PACKAGES } from '@vigie/shared/protocol/limits'

/** Hosts without a list of packages, and those whose list is as long as one may be: the rest of it was left out. */
export function uncomparedHosts<Host extends { readonly id: number }>(
  hosts: readonly Host[],
  lists: readonly { readonly hostId: number; readonly packages: number }[],
): Host[] {
  const whole = new Set(
    lists.filter(({ packages }) => packages < MAX_PACKAGES).map(({ hostId }) => hostId),
  )
  return hosts.filter(({ id }) => !whole.has(id))
}
