// Owns which hosts somebody may see: all of them, or those that bear a tag of theirs.

/** Hosts and their tags, as they stand now. */
export interface TaggedHosts {
  alertHosts(): Iterable<{ readonly id: number; readonly tags: readonly string[] }>
  alertHost(id: number): { readonly tags: readonly string[] } | undefined
}

/** Asked anew each time: a host that gets or loses a tag comes into sight, or leaves it, at once. */
export interface Sight {
  sees(hostId: number): boolean
  /** The hosts in sight; undefined when that is all of them. */
  hostIds(): readonly number[] | undefined
}

export const FULL_SIGHT: Sight = { sees: () => true, hostIds: () => undefined }

/** Whether somebody may see an incident: those of the hub itself are for those who see every host. */
export function seesIncident(
  sight: Sight,
  { hostId }: { readonly hostId: number | null },
): boolean {
  return hostId === null ? sight.hostIds() === undefined : sight.sees(hostId)
}

/** Whether what is about these hosts is for somebody; what is about more than hosts (undefined) is for everybody. */
export function seesAnyOf(sight: Sight, hostIds: readonly number[] | undefined): boolean {
  return sight === FULL_SIGHT || (hostIds?.some((id) => sight.sees(id)) ?? true)
}

/** `tags` is null for those who see every host. Whoever has no tag at all sees none. */
export function createSight(tags: readonly string[] | null, hosts: TaggedHosts): Sight {
  if (tags === null) return FULL_SIGHT
  const bears = (host: { readonly tags: readonly string[] } | undefined): boolean =>
    host?.tags.some((tag) => tags.includes(tag)) ?? false
  return {
    sees: (hostId) => bears(hosts.alertHost(hostId)),
    hostIds: () => [...hosts.alertHosts()].filter(bears).map(({ id }) => id),
  }
}
