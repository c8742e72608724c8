// Owns how well a host stands, as the fleet sorts and names it: its status, and what makes a host that reports worth a look.
import type { HostSummary } from '@vigie/shared/api/host'
import type { Severity } from '@vigie/shared/api/rule'

/** `crisis` and `warning`: an incident of it is open, or something else about it needs a person. */
export type Standing = 'down' | 'crisis' | 'warning' | 'unknown' | 'well'

/** From the worst to the best. */
export const STANDINGS: readonly Standing[] = ['down', 'crisis', 'warning', 'unknown', 'well']

/** `worst` is the severity of its open incidents. */
export function standingOf(
  host: Pick<HostSummary, 'status' | 'duplicate'>,
  worst: Severity | null,
): Standing {
  if (host.status === 'down') return 'down'
  if (worst === 'crisis') return 'crisis'
  if (host.duplicate || worst === 'warning') return 'warning'
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
  hosts: readonly { readonly standing: Standing }[],
): Record<Standing | 'all', number> {
  const counts = { all: hosts.length, down: 0, crisis: 0, warning: 0, unknown: 0, well: 0 }
  for (const { standing } of hosts) counts[standing]++
  return counts
}
