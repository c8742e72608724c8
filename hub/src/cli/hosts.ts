// Owns `vigie hosts`: the fleet as a hub or its database has it, and as a terminal shows it.
import type { HostPage, HostSummary } from '@vigie/shared/api/host'
import { Fleet } from '../fleet/fleet.ts'
import { judgeStatus } from '../fleet/host-status.ts'
import { hubApi, type HubApi } from './hub-api.ts'
import { withHubFiles } from './hub-files.ts'

/** The hosts, in the order of ids: as the hub that `--hub` and the environment name says, or as its files here say. */
export async function hosts(hub?: string): Promise<HostSummary[]> {
  const api = hubApi(hub)
  return api ? hostsOf(api) : storedHosts()
}

async function hostsOf(api: HubApi): Promise<HostSummary[]> {
  const found: HostSummary[] = []
  for (let after = '0'; ;) {
    const { items, next } = (await api.get(`/api/v1/hosts?limit=1000&after=${after}`)) as HostPage
    found.push(...items)
    if (next === null) return found
    after = next
  }
}

/** Status follows from the last tick that is stored, whether the hub runs or not. */
function storedHosts(): Promise<HostSummary[]> {
  return withHubFiles(async ({ store }) => {
    const nowMs = Date.now()
    const fleet = new Fleet({ nowMs: () => nowMs, elapsedMs: () => 0 })
    try {
      const evidence = new Map<
        number,
        Pick<HostSummary, 'status' | 'statusReason' | 'lastSeenMs'>
      >()
      for (const host of await store.hosts.list()) {
        const last = await store.ticks.lastTick(host.id)
        fleet.add(host, last)
        const lastSeenMs = Math.max(host.lastSeenMs ?? 0, last?.block.startMs ?? 0) || null
        const silentForMs = lastSeenMs === null ? null : nowMs - lastSeenMs
        const verdict = judgeStatus({ ...host, lastSeenMs, silentForMs, hubRunsForMs: 0 })
        evidence.set(host.id, { ...verdict, lastSeenMs })
      }
      return fleet.list().map((host) => ({ ...host, ...evidence.get(host.id) }))
    } finally {
      fleet.close()
    }
  })
}

const HEADINGS = ['ID', 'NAME', 'STATUS', 'LAST SEEN', 'CPU', 'MEMORY', 'FULLEST DISK']

/** The lines of a table, columns aligned. */
export function hostsTable(list: readonly HostSummary[], nowMs: number): string[] {
  if (list.length === 0) return ['No hosts yet: `vigie enrol` invites one.']
  const rows = [HEADINGS, ...list.map((host) => rowOf(host, nowMs))]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function rowOf(host: HostSummary, nowMs: number): string[] {
  const { figures, lastSeenMs } = host
  const fullest = figures?.fullestFilesystem
  return [
    String(host.id),
    host.name,
    host.status,
    lastSeenMs === null ? 'never' : age(nowMs - lastSeenMs),
    percent(figures?.cpuRatio),
    percent(figures?.memoryRatio),
    fullest ? `${percent(fullest.usedRatio)} ${fullest.mountpoint}` : '-',
  ]
}

function percent(ratio: number | null | undefined): string {
  return ratio === null || ratio === undefined ? '-' : `${(ratio * 100).toFixed(1)} %`
}

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 120) return `${seconds} s ago`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h ago`
  return `${Math.round(seconds / 86_400)} d ago`
}
