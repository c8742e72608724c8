// Owns which hosts the fleet shows and in which order.
import type { HostFigures, HostSummary } from '@vigie/shared/api/host'
import { isReporting, STANDINGS, type Standing } from './standing.ts'

export interface Ranked {
  readonly summary: HostSummary
  readonly standing: Standing
  readonly figures: HostFigures | null
  readonly lastSeenMs: number | null
}

export type Column =
  | 'host'
  | 'system'
  | 'cpu'
  | 'memory'
  | 'filesystem'
  | 'receive'
  | 'transmit'
  | 'load'
  | 'temperature'
  | 'agent'
  | 'seen'

export interface Sort {
  readonly column: Column
  readonly isDescending: boolean
}

export interface Arrangement {
  readonly query: string
  readonly standing: Standing | null
  /** Null: worst first. */
  readonly sort: Sort | null
}

type Key = number | string | null

const KEYS: Record<Column, (row: Ranked) => Key> = {
  host: ({ summary }) => summary.name,
  system: ({ summary }) => summary.system,
  cpu: ({ figures }) => figures?.cpuRatio ?? null,
  memory: ({ figures }) => figures?.memoryRatio ?? null,
  filesystem: ({ figures }) => figures?.fullestFilesystem?.usedRatio ?? null,
  receive: ({ figures }) => figures?.receiveBytesPerS ?? null,
  transmit: ({ figures }) => figures?.transmitBytesPerS ?? null,
  load: ({ figures }) => figures?.loadPerCore ?? null,
  temperature: ({ figures }) => figures?.temperatureCel ?? null,
  agent: ({ summary }) => summary.agentVersion,
  seen: ({ lastSeenMs }) => lastSeenMs,
}

const FACTS: ReadonlySet<Column> = new Set(['host', 'system', 'agent', 'seen'])

/** Whether the order by this column changes with every tick. */
export function isFigure(column: Column): boolean {
  return !FACTS.has(column)
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The hosts to show, in order. Unknown values and the figures of hosts that are gone come last either way. */
export function arrange<T extends Ranked>(rows: readonly T[], arrangement: Arrangement): T[] {
  const words = arrangement.query.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = rows.filter(
    ({ summary, standing }) =>
      (arrangement.standing === null || standing === arrangement.standing) &&
      words.every((word) => textOf(summary).includes(word)),
  )
  const { sort } = arrangement
  return shown.sort((a, b) => (sort ? bySort(a, b, sort) : byStanding(a, b)) || byName(a, b))
}

function textOf({ name, system, tags }: HostSummary): string {
  return `${name} ${system ?? ''} ${tags.join(' ')}`.toLowerCase()
}

function byName(a: Ranked, b: Ranked): number {
  return collator.compare(a.summary.name, b.summary.name) || a.summary.id - b.summary.id
}

function byStanding(a: Ranked, b: Ranked): number {
  return STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing)
}

function bySort(a: Ranked, b: Ranked, { column, isDescending }: Sort): number {
  const [left, right] = [keyOf(a, column), keyOf(b, column)]
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : collator.compare(String(left), String(right))
  return isDescending ? -order : order
}

function keyOf(row: Ranked, column: Column): Key {
  return isFigure(column) && !isReporting(row.summary) ? null : KEYS[column](row)
}
