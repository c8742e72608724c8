// Owns which series a query means: a metric's name stands for all of its series, a written series for itself.
import { columnOf } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import type { Run } from './tick-records.ts'

/** Says of a written series whether it is asked for; every one is when nothing is named. */
export function wantedSeries(asked: readonly string[] | undefined): (key: string) => boolean {
  if (asked === undefined) return () => true
  const names = new Set(asked)
  return (key) => names.has(key) || names.has(key.split('{', 1)[0] ?? key)
}

/** A run with only the columns that are wanted, under the revision of what is left. */
export function pickedSeries({ keys, block }: Run, wants: (key: string) => boolean): Run {
  const columns = keys.flatMap((key, column) => (wants(key) ? [column] : []))
  if (columns.length === keys.length) return { keys, block }
  const kept = columns.map((column) => keys[column] ?? '')
  const ticks = block.present.length
  const values = new Float64Array(columns.length * ticks)
  columns.forEach((column, index) => values.set(columnOf(block, column), index * ticks))
  return { keys: kept, block: { ...block, revision: tableRevision(kept), values } }
}
