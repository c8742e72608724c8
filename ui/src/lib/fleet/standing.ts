// Owns how well a host stands, as the fleet sorts and names it: its status, and what makes a host that reports worth a look.
import type { HostSummary } from '@vigie/shared/api/host'

/** `warning`: it reports, and something about it needs a person. */
export type Standing = 'down' | 'warning' | 'unknown' | 'well'

/** From the worst to the best. */
export const STANDINGS: readonly Standing[] = ['down', 'warning', 'unknown', 'well']

export function standingOf(host: Pick<HostSummary, 'status' | 'duplicate'>): Standing {
  if (host.status === 'down') return 'down'
  if (host.duplicate) return 'warning'
  return host.status === 'up' ? 'well' : 'unknown'
}

/** Whether its figures are of now. Those of a host that is gone are only the last known. */
export function isReporting(host: Pick<HostSummary, 'status'>): boolean {
  return host.status === 'up'
}

/** Use of memory or of a filesystem from which on it is marked. */
export const FULL_RATIO = 0.9

/** How many hosts stand how. */
export function countStandings(
  hosts: readonly Pick<HostSummary, 'status' | 'duplicate'>[],
): Record<Standing | 'all', number> {
  const counts = { all: hosts.length, down: 0, warning: 0, unknown: 0, well: 0 }
  for (const host of hosts) counts[standingOf(host)]++
  return counts
}
