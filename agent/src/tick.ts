// Owns the shape of a sample inside the agent: what the collector gives and the spool keeps.
import type { SeriesKey } from '@vigie/shared/metrics/series'

/** The series of a tick, in order. The same object as long as nothing appears or goes. */
export interface SeriesTable {
  /** Hash of the keys (`tableRevision`). */
  readonly revision: number
  readonly keys: readonly SeriesKey[]
}

/** One second of this machine. */
export interface Tick {
  /** Epoch ms, on the grid of the hub's clock. */
  readonly timeMs: number
  readonly table: SeriesTable
  /** One per key, in steps of the catalogue's metric; NaN is missing. The receiver owns the array. */
  readonly values: Float64Array
}
