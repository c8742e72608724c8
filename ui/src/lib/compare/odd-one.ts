// Owns the answer to "which host is the odd one?", by a measure that odd ones themselves do not move.

export interface Standing {
  readonly id: number
  readonly value: number
}

/** What can be said of some hosts by one value of each. */
export interface Verdict {
  readonly count: number
  readonly median: number
  readonly low: Standing
  readonly high: Standing
  /** Those that stand out, the furthest from the median first. */
  readonly odd: readonly Standing[]
}

/** Beyond so many standard deviations, as the MAD estimates them, a value is an outlier (Iglewicz and Hoaglin, 1993). */
const LIMIT = 3.5
/** Of a normal distribution: its standard deviation over its MAD. */
const SIGMA_PER_MAD = 1.4826
/** Two values cannot tell which of them is the odd one. */
const LEAST = 3
/** When nearly all are equal, what differs by less than this share of the median is still the same. */
const EQUAL_SHARE = 0.05

/**
 * Null for nobody. `grain` is a difference that is nothing for this metric, in its unit: an idle fleet has no odd one
 * because one of its hosts uses 0.3 % where the others use 0.1 %.
 */
export function verdictOn(standings: readonly Standing[], grain: number): Verdict | null {
  const sorted = [...standings].sort((a, b) => a.value - b.value)
  const [low] = sorted
  const high = sorted.at(-1)
  if (!low || !high) return null
  const median = medianOf(sorted.map(({ value }) => value))
  const away = ({ value }: Standing) => Math.abs(value - median)
  const mad = medianOf(sorted.map(away).sort((a, b) => a - b))
  const spread = Math.max(SIGMA_PER_MAD * mad, EQUAL_SHARE * Math.abs(median), grain)
  const odd =
    sorted.length < LEAST
      ? []
      : sorted.filter((each) => away(each) > LIMIT * spread).sort((a, b) => away(b) - away(a))
  return { count: sorted.length, median, low, high, odd }
}

function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2
  const below = sorted[Math.floor(middle)] ?? NaN
  const above = sorted[Math.ceil(middle)] ?? NaN
  return below + (above - below) / 2
}
