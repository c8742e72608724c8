// Owns a series of values as one line of text: eight heights, a dot where nothing is known.

const HEIGHTS = '▁▂▃▄▅▆▇█'
const UNKNOWN = '·'

export interface Sparkline {
  readonly text: string
  /** What its lowest and its highest sign stand for; null when nothing is known. */
  readonly scale: { readonly low: number; readonly high: number } | null
}

/** At most `columns` signs, each the furthest value of its stretch on the side that is watched. */
export function sparkline(
  values: readonly (number | null)[],
  { columns = 60, side = 'high' }: { columns?: number; side?: 'high' | 'low' } = {},
): Sparkline {
  const perSign = Math.max(1, values.length / columns)
  const furthest = side === 'high' ? Math.max : Math.min
  const signs = Array.from({ length: Math.min(columns, values.length) }, (_, index) => {
    const from = Math.floor(index * perSign)
    const known = values
      .slice(from, Math.max(from + 1, Math.floor((index + 1) * perSign)))
      .filter((value) => value !== null)
    return known.length === 0 ? null : furthest(...known)
  })
  const known = signs.filter((value) => value !== null)
  if (known.length === 0) return { text: UNKNOWN.repeat(signs.length), scale: null }
  const low = Math.min(...known)
  const high = Math.max(...known)
  const heightOf = (value: number): string =>
    HEIGHTS.charAt(high === low ? 3 : Math.round(((value - low) / (high - low)) * 7))
  return {
    text: signs.map((value) => (value === null ? UNKNOWN : heightOf(value))).join(''),
    scale: { low, high },
  }
}
