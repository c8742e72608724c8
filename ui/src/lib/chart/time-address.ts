// Owns how a range of time is written in an address: `?range=6h`, or `?from=` and `?to=` in epoch milliseconds.
import { MAX_SPAN_MS, MIN_SPAN_MS, type TimeRange } from './time-range.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** The ranges that end now, by their names in the address. */
export const RANGES = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '60m': 60 * MINUTE,
  '6h': 6 * HOUR,
  '24h': 24 * HOUR,
  '3d': 3 * DAY,
  '10d': 10 * DAY,
} as const
export type RangeName = keyof typeof RANGES

export const RANGE_NAMES = Object.keys(RANGES) as RangeName[]

/** What a page shows whose address names no range. */
export const USUAL_RANGE: RangeName = '5m'

export function lastRange(name: RangeName): TimeRange {
  return { kind: 'last', spanMs: RANGES[name] }
}

/** The name of a range that ends now; null for one between two moments. */
export function nameOfRange(range: TimeRange): RangeName | null {
  if (range.kind === 'between') return null
  return RANGE_NAMES.find((name) => RANGES[name] === range.spanMs) ?? null
}

/** The range that an address asks for; `otherwise` where it asks for none that can be shown. */
export function readRange(
  parameters: Pick<URLSearchParams, 'get'>,
  otherwise: RangeName,
): TimeRange {
  const fromMs = timeOf(parameters.get('from'))
  const toMs = timeOf(parameters.get('to'))
  if (fromMs !== null && toMs !== null) {
    const spanMs = toMs - fromMs
    if (spanMs >= MIN_SPAN_MS && spanMs <= MAX_SPAN_MS) return { kind: 'between', fromMs, toMs }
  }
  const name = RANGE_NAMES.find((each) => each === parameters.get('range'))
  return lastRange(name ?? otherwise)
}

/** The query with this range in place of any other, question mark included; `otherwise` needs no words. */
export function writeRange(
  parameters: Pick<URLSearchParams, 'toString'>,
  range: TimeRange,
  otherwise: RangeName,
): string {
  const next = new URLSearchParams(parameters.toString())
  for (const name of ['range', 'from', 'to']) next.delete(name)
  const name = nameOfRange(range)
  if (range.kind === 'between') {
    next.set('from', String(range.fromMs))
    next.set('to', String(range.toMs))
  } else if (name !== null && name !== otherwise) {
    next.set('range', name)
  }
  const query = next.toString()
  return query === '' ? '' : `?${query}`
}

function timeOf(written: string | null): number | null {
  return written !== null && /^\d{1,15}$/.test(written) ? Number(written) : null
}
