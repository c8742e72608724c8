// Owns what a list that tells of some hosts is asked for: one host, or all that whoever asks may see.
import type { Sight } from '../http/sight.ts'

/** Nothing for every host; no host at all for one that is out of sight, as for one that there is not. */
export function inSight(sight: Sight, host: number | undefined): { hostIds?: readonly number[] } {
  if (host !== undefined) return { hostIds: sight.sees(host) ? [host] : [] }
  const hostIds = sight.hostIds()
  return hostIds ? { hostIds } : {}
}
