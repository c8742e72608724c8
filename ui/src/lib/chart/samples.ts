// Owns what a chart needs of the place that keeps the samples.

/** A hole in the data, from the last tick before it to the first after it. `reason` is a word for it where known. */
export interface Gap {
  readonly fromMs: number
  readonly toMs: number
  readonly reason?: string
}

/** Samples on a regular grid; a slot is a whole number of steps since the epoch. */
export interface Samples {
  readonly stepMs: number
  slotOf(timeMs: number): number
  /** Copies the values of a series from a slot on, NaN where there are none; false when all are. */
  copy(key: string, firstSlot: number, out: Float64Array): boolean
  /** The value of a series at a time, NaN where there is none. */
  valueAt(key: string, timeMs: number): number
}
