// Owns what a week was like: what fired, who is down now, and whether mail worked.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HubState } from '@vigie/shared/api/hub-state'
import type { IncidentFacts, WeekReader } from './mail/ports.ts'

export interface WeekReaderParts {
  readonly fleet: { list(): readonly HostSummary[] }
  readonly records: {
    page(query: {
      fromMs: number
      toMs: number
      limit: number
    }): Promise<readonly { readonly id: number; readonly firedMs: number | null }[]>
  }
  readonly facts: (incidentIds: readonly number[]) => Promise<IncidentFacts[]>
  readonly ledger: {
    counts(sinceMs: number): Promise<{ waiting: number; failed: number; delivered: number }>
  }
  readonly database: () => Promise<HubState['database']>
  readonly hubVersion: string
}

/** More than a person reads of a week. */
const MAX_INCIDENTS = 500

export function createWeekReader(parts: WeekReaderParts): WeekReader {
  const { fleet, records, facts, ledger, database, hubVersion } = parts
  return {
    async read(fromMs, toMs) {
      const hosts = fleet.list()
      const found = await records.page({ fromMs, toMs, limit: MAX_INCIDENTS })
      const ids = found
        .filter(({ firedMs }) => firedMs !== null && firedMs >= fromMs && firedMs < toMs)
        .map(({ id }) => id)
        .sort((a, b) => a - b)
      return {
        hostCount: hosts.length,
        hostsDown: hosts
          .filter(({ status }) => status === 'down')
          .map(({ name, lastSeenMs }) => ({ name, sinceMs: lastSeenMs })),
        outdatedAgents: hosts
          .filter(({ agentVersion }) => agentVersion !== hubVersion)
          .map(({ name }) => name),
        incidents: await facts(ids),
        mails: await ledger.counts(fromMs),
        database: await database(),
      }
    },
  }
}
