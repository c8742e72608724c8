// Owns `vigie audit`: who changed what on a hub, from a shell.
import type { AuditEntry, AuditPage } from '@vigie/shared/api/audit'
import { CommandError } from './command-error.ts'
import { withRunningHub } from './local-hub.ts'
import { tableLines } from './table.ts'

export interface AuditOptions {
  readonly who?: string
  readonly action?: string
  readonly count: string
  readonly hub?: string
}

const MAX_COUNT = 500

/** The newest first. */
export async function readAudit({ who, action, count, hub }: AuditOptions): Promise<AuditEntry[]> {
  if (!(/^[1-9]\d{0,2}$/.test(count) && Number(count) <= MAX_COUNT)) {
    throw new CommandError(`--count is "${count}": a number from 1 to ${MAX_COUNT}`, {
      exitCode: 2,
    })
  }
  const query = new URLSearchParams({
    limit: count,
    ...(who !== undefined && { who }),
    ...(action !== undefined && { action }),
  })
  return withRunningHub(hub, async (api) => {
    return ((await api.get(`/api/v1/audit?${query.toString()}`)) as AuditPage).items
  })
}

export function auditLines(entries: readonly AuditEntry[]): string[] {
  return tableLines([
    ['TIME', 'WHO', 'FROM', 'ACTION', 'ON', 'OUTCOME', 'DETAIL'],
    ...entries.map((entry) => [
      new Date(entry.timeMs).toISOString().replace('T', ' ').slice(0, 19),
      `${entry.actorName ?? '-'} (${entry.actorKind})`,
      entry.address ?? '-',
      entry.action,
      entry.target ?? '-',
      entry.outcome,
      entry.detail ?? '',
    ]),
  ])
}
