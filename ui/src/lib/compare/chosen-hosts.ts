// Owns which hosts of the fleet a comparison is of.
import type { HostSummary } from '@vigie/shared/api/host'
import { arrange } from '../fleet/arrange.ts'
import { standingOf } from '../fleet/standing.ts'
import type { Comparison } from './compare-url.ts'

/** Those that were picked, or all that match the words; in the order of their ids. */
export function chosenHosts(
  fleet: readonly HostSummary[],
  { hosts, query }: Pick<Comparison, 'hosts' | 'query'>,
): HostSummary[] {
  const rows = fleet.map((summary) => ({
    summary,
    standing: standingOf(summary, null),
    figures: null,
    lastSeenMs: null,
  }))
  const matching = hosts ? rows : arrange(rows, { query, standing: null, sort: null })
  const ids = hosts && new Set(hosts)
  return matching
    .map(({ summary }) => summary)
    .filter(({ id }) => !ids || ids.has(id))
    .sort((a, b) => a.id - b.id)
}
