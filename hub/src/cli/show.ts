// Owns `vigie show`: the last known state of one host, as a person reads it.
import type { HostDetail, HostSummary } from '@vigie/shared/api/host'
import { formatAge, formatDuration } from '@vigie/shared/format/duration'
import { formatMetric } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import { METRICS, type ChartGroup, type Metric } from '@vigie/shared/metrics/catalogue'
import { metricOf, parseSeries } from '@vigie/shared/metrics/series'
import { seriesLabel } from '../graph/chart-plan.ts'
import { momentOf } from './moment.ts'
import { SHOW_WORDS } from './show-words.ts'

/** `nowMs` is this machine's clock. */
export function hostLines(host: HostDetail, locale: Locale, nowMs: number): string[] {
  return [...headLines(host, locale, nowMs), ...valueLines(host.values, locale)]
}

function headLines(host: HostDetail, locale: Locale, nowMs: number): string[] {
  const words = SHOW_WORDS[locale]
  const { inventory, lastSeenMs, bootMs } = host
  const when = (timeMs: number) => `${momentOf(timeMs, locale)} (${words.ago(joined(formatAge(nowMs - timeMs, locale)))})` // prettier-ignore
  const addresses = (inventory?.interfaces ?? []).flatMap(({ name, addresses: own }) =>
    name === 'lo' || own.length === 0 ? [] : [`${name} ${own.join(', ')}`],
  )
  const facts: [string, string | null][] = [
    [words.status, statusOf(host, locale)],
    [words.since, when(host.statusSinceMs)],
    [words.lastSeen, lastSeenMs === null ? words.never : when(lastSeenMs)],
    [words.system, systemOf(host)],
    [words.hardware, hardwareOf(host, locale)],
    [words.uptime, bootMs === null ? null : formatDuration(nowMs - bootMs, locale)],
    [words.addresses, addresses.join('; ') || null],
    [
      words.agent,
      `${host.agentVersion}, ${words.every(joined(formatAge(host.intervalMs, locale)))}`,
    ],
  ]
  return [`${host.name} (${host.id})`, ...aligned(facts.flatMap(([name, fact]) => (fact === null ? [] : [[name, fact]])))] // prettier-ignore
}

function statusOf({ status, statusReason }: HostSummary, locale: Locale): string {
  const words = SHOW_WORDS[locale]
  return words.because(words.statuses[status], words.reasons[statusReason])
}

function systemOf({ inventory, system }: HostDetail): string | null {
  if (!inventory) return system
  return `${system ?? inventory.os.id}, ${inventory.os.kernel}, ${inventory.os.architecture}`
}

function hardwareOf({ inventory }: HostDetail, locale: Locale): string | null {
  if (!inventory) return null
  const { cpu, memoryBytes, hardware, virtualization } = inventory
  const parts = [hardware, virtualization, `${cpu.logicalCount} × ${cpu.model}`]
  const memory = METRICS.find(({ name }) => name === 'system.memory.limit')
  if (memory) parts.push(joined(formatMetric(memoryBytes, memory, locale)))
  return parts.filter(Boolean).join(', ')
}

/** The values by chart group, in the catalogue's order; metrics that it does not know come last. */
function valueLines(values: HostDetail['values'], locale: Locale): string[] {
  const groups = new Map<ChartGroup | 'custom', string[][]>()
  const rank = new Map(METRICS.map(({ name }, index) => [name, index]))
  const keys = Object.keys(values).sort(
    (a, b) => (rank.get(metricOf(a).name) ?? Infinity) - (rank.get(metricOf(b).name) ?? Infinity) || 0, // prettier-ignore
  )
  for (const key of keys) {
    const metric = metricOf(key)
    const group = rank.has(metric.name) ? metric.group : 'custom'
    const rows = groups.get(group) ?? []
    groups.set(group, rows)
    rows.push([labelOf(key, metric, locale), joined(formatMetric(values[key], metric, locale))])
  }
  return [...groups].flatMap(([group, rows]) => ['', SHOW_WORDS[locale].groups[group], ...aligned(rows)]) // prettier-ignore
}

function labelOf(key: string, metric: Metric, locale: Locale): string {
  const series = parseSeries(key)
  return [metric.label[locale], series ? seriesLabel(series, locale) : ''].filter(Boolean).join(' ')
}

function aligned(rows: readonly string[][]): string[] {
  const width = Math.max(0, ...rows.map(([name = '']) => name.length))
  return rows.map(([name = '', value = '']) => `  ${name.padEnd(width)}  ${value}`)
}
