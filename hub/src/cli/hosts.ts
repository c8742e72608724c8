// Owns `vigie hosts`: the fleet as a terminal shows it.
import type { HostSummary } from '@vigie/shared/api/host'
import { tableLines } from './table.ts'

const HEADINGS = ['ID', 'NAME', 'STATUS', 'LAST SEEN', 'CPU', 'MEMORY', 'FULLEST DISK']

/** The lines of a table, columns aligned. */
export function hostsTable(list: readonly HostSummary[], nowMs: number): string[] {
  if (list.length === 0) return ['No hosts yet: `vigie enrol` invites one.']
  return tableLines([HEADINGS, ...list.map((host) => rowOf(host, nowMs))])
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
