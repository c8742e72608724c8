// Owns what a source gives: series and their values, in the units of the catalogue.
import type { SeriesKey } from '@vigie/shared/metrics/series'

/** The same object, with new values, as long as the series are the same. */
export interface Readings {
  readonly keys: readonly SeriesKey[]
  /** One per key, in the metric's unit; NaN is missing. */
  readonly values: Float64Array
}

/** One origin of series. */
export interface Source {
  readonly name: string
  /**
   * Reads on the tick: must not wait for anything that may hang. `nowMs` is monotonic. A throw makes the source's
   * values missing for this tick.
   */
  read(nowMs: number): Readings
  close(): void
}

/** Room for the values of some series, all missing. */
export function readingsOf(keys: readonly SeriesKey[]): Readings {
  return { keys, values: new Float64Array(keys.length).fill(NaN) }
}

export const NO_READINGS: Readings = readingsOf([])
