// Ticks for tests: their values follow from their time.
import { encodeBlock } from '@vigie/shared/codec/block'
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import type { SpooledTick } from '../src/spool/spooled-tick.ts'
import type { SeriesTable } from '../src/tick.ts'

export function tableOf(...names: string[]): SeriesTable {
  const keys = names.map((name) => seriesKey(name))
  return { revision: tableRevision(keys), keys }
}

const table = tableOf('a', 'b')

export function tickAt(timeMs: number, of = table): SpooledTick {
  const values = Float64Array.from(of.keys, (_, series) => timeMs / 1000 + series)
  const present = Uint8Array.of(1)
  const block = { revision: of.revision, startMs: timeMs, stepMs: 1000, present, values }
  return { timeMs, table: of, payload: encodeBlock(block), gaps: [] }
}
