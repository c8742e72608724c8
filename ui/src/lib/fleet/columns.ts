// Owns the width of the fleet's columns, and which of them go when there is less room: nothing scrolls sideways.
import type { Column } from './arrange.ts'
import { COLUMNS } from './view-state.ts'

/** Fixed, so that a number that changes moves nobody. The host's column takes what is left. */
const WIDTHS_PX: Record<Exclude<Column, 'host'>, number> = {
  system: 156,
  cpu: 154,
  memory: 124,
  filesystem: 196,
  receive: 96,
  transmit: 96,
  load: 88,
  temperature: 68,
  agent: 72,
  seen: 84,
}

const MIN_HOST_PX = 220

/** What matters least goes first. */
const DROP_ORDER = [
  'agent',
  'system',
  'temperature',
  'seen',
  'load',
  'transmit',
  'receive',
] as const

/** The columns that fit into a table of this width, in their order. */
export function columnsThatFit(widthPx: number): readonly Column[] {
  const dropped = new Set<Column>()
  let neededPx = Object.values(WIDTHS_PX).reduce((sum, width) => sum + width, MIN_HOST_PX)
  for (const column of DROP_ORDER) {
    if (neededPx <= widthPx) break
    dropped.add(column)
    neededPx -= WIDTHS_PX[column]
  }
  return COLUMNS.filter((column) => !dropped.has(column))
}

/** The same as tracks of a CSS grid. */
export function tracksOf(columns: readonly Column[]): string {
  return columns
    .map((column) => (column === 'host' ? 'minmax(0, 1fr)' : `${WIDTHS_PX[column]}px`))
    .join(' ')
}
