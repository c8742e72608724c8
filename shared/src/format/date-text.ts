// Owns what Intl leaves out of dates.

/** A date as the format writes it; but for the first of a month, which is an ordinal in French: `1er décembre`. */
export function dateText(format: Intl.DateTimeFormat, timeMs: number): string {
  return format
    .formatToParts(timeMs)
    .map(({ type, value }) => (type === 'day' && value === '1' ? firstIn(format) : value))
    .join('')
}

function firstIn(format: Intl.DateTimeFormat): string {
  return format.resolvedOptions().locale.startsWith('fr') ? '1er' : '1'
}
