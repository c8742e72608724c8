// Owns what a legend says of a series over the range in sight.

export interface SeriesStatistics {
  readonly last: number | null
  readonly min: number | null
  readonly mean: number | null
  readonly max: number | null
}

const NONE: SeriesStatistics = { last: null, min: null, mean: null, max: null }

/** Over the values that are there; NaN is no value, and all are null where there is none. */
export function statisticsOf(values: Float64Array): SeriesStatistics {
  let count = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  let last = NaN
  for (const value of values) {
    if (Number.isNaN(value)) continue
    count++
    sum += value
    if (value < min) min = value
    if (value > max) max = value
    last = value
  }
  if (count === 0) return NONE
  return { last, min, mean: sum / count, max }
}
