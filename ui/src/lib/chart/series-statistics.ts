// Owns what a legend says of a series over the range in sight.

export interface SeriesStatistics {
  readonly last: number | null
  readonly min: number | null
  readonly mean: number | null
  readonly max: number | null
}

const NONE: SeriesStatistics = { last: null, min: null, mean: null, max: null }

/**
 * Over the values that are there; NaN is no value, and all are null where there is none. Values that are means of
 * buckets come with the lowest and highest of each.
 */
export function statisticsOf(
  values: Float64Array,
  { low, high }: { low: Float64Array; high: Float64Array } = { low: values, high: values },
): SeriesStatistics {
  let count = 0
  let sum = 0
  let min = Infinity
  let max = -Infinity
  let last = NaN
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN
    if (Number.isNaN(value)) continue
    count++
    sum += value
    min = Math.min(min, low[index] ?? value)
    max = Math.max(max, high[index] ?? value)
    last = value
  }
  if (count === 0) return NONE
  return { last, min, mean: sum / count, max }
}
