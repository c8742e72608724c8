// Owns how the replica writes letters and dates.

const MONTHS =
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ')
const SHORT_DAYS = 'Sun Mon Tue Wed Thu Fri Sat'.split(' ')
const SHORT_MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** "02 septembre 2026"; before May 2024 the site wrote "2 septembre 2026". */
export function frenchDate(ms: number, isPadded = true): string {
  const date = new Date(ms)
  const number = String(date.getUTCDate())
  return `${isPadded ? number.padStart(2, '0') : number} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

export function feedDate(ms: number): string {
  const date = new Date(ms)
  const number = String(date.getUTCDate()).padStart(2, '0')
  return `${SHORT_DAYS[date.getUTCDay()]}, ${number} ${SHORT_MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()} 00:00:00 +0000`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
