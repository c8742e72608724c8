// Owns what a chart needs of the place that keeps the samples.
import type { Severity } from '@vigie/shared/api/rule'

/** A hole in the data, from the last tick before it to the first after it. `reason` is a word for it where known. */
export interface Gap {
  readonly fromMs: number
  readonly toMs: number
  readonly reason?: string
  /** What the reason is called in tests and scripts. */
  readonly code?: string
}

/** What happened at a moment, shown above the plot. */
export interface Marker {
  readonly timeMs: number
  readonly kind: 'reboot' | 'advisory' | Severity
  readonly label: string
  /** Where it leads; absent where it only says what happened. */
  readonly href?: string
}

/** Samples on a regular grid, or buckets of them; a slot is a whole number of steps since the epoch. */
export interface Samples {
  readonly stepMs: number
  /** How far after the start of its slot a value is drawn: half a step for a bucket, nothing for a sample. */
  readonly middleMs?: number
  slotOf(timeMs: number): number
  /** Copies the values of a series from a slot on, NaN where there are none; false when all are. */
  copy(key: string, firstSlot: number, out: Float64Array): boolean
  /** Copies the lowest and the highest value of each bucket; buckets have it, samples do not. */
  copyBand?(key: string, firstSlot: number, low: Float64Array, high: Float64Array): void
  /** The value of a series at a time, NaN where there is none. */
  valueAt(key: string, timeMs: number): number
}
