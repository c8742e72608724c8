// Owns the live ranges of a host's page and how the address names them.

export const RANGES = [1, 5, 15, 60] as const
export type RangeMinutes = (typeof RANGES)[number]

export const DEFAULT_RANGE: RangeMinutes = 5

/** The range that an address asks for (`?range=15m`); the default for anything else. */
export function rangeOf(parameters: Pick<URLSearchParams, 'get'>): RangeMinutes {
  const asked = parameters.get('range')
  return RANGES.find((minutes) => `${minutes}m` === asked) ?? DEFAULT_RANGE
}

/** The same parameters with this range; the default needs no words. */
export function withRange(
  parameters: Pick<URLSearchParams, 'toString'>,
  minutes: RangeMinutes,
): string {
  const next = new URLSearchParams(parameters.toString())
  if (minutes === DEFAULT_RANGE) next.delete('range')
  else next.set('range', `${minutes}m`)
  const query = next.toString()
  return query === '' ? '' : `?${query}`
}
