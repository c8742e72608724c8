// Owns how dates are written by sources: French words on pages, ISO in documents, RFC 822 in feeds. All become midnight UTC or
// the moment that is told, in epoch milliseconds; undefined when it is none.

const MONTHS = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
]
const ENGLISH_MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
/** CERT-FR is older than its oldest advisory, of 1999. */
const FIRST_YEAR = 1995
const LAST_YEAR = 2199

/** The first date in a text such as "Publié le 02 septembre 2026", "1er août 2025" or "14 octobre 2022". */
export function frenchDateMs(text: string): number | undefined {
  const plain = text
    .slice(0, 200)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const found = /(?<!\d)(\d{1,2})(?:er)?\s{1,5}([a-z]{3,9})\.?\s{1,5}(\d{4})(?!\d)/.exec(plain)
  if (!found) return undefined
  const [, day = '', month = '', year = ''] = found
  return dayMs(Number(year), MONTHS.indexOf(month) + 1, Number(day))
}

/** The day of "2026-09-30T00:00:00.000000" or "2026-09-30". */
export function isoDayMs(text: string): number | undefined {
  const found = /^\s{0,5}(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text.slice(0, 40))
  if (!found) return undefined
  return dayMs(Number(found[1]), Number(found[2]), Number(found[3]))
}

/** The day of "Fri, 09 Oct 2026 13:30:18 +0000"; the names of time zones are not looked at. */
export function feedDayMs(text: string): number | undefined {
  const found = /(?<!\d)(\d{1,2})\s{1,3}([A-Za-z]{3})[a-z]{0,6}\s{1,3}(\d{4})(?!\d)/.exec(
    text.slice(0, 80),
  )
  if (!found) return isoDayMs(text)
  const [, day = '', month = '', year = ''] = found
  return dayMs(Number(year), ENGLISH_MONTHS.indexOf(month.toLowerCase()) + 1, Number(day))
}

function dayMs(year: number, month: number, day: number): number | undefined {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined
  const ms = Date.UTC(year, month - 1, day)
  // The 31st of a month that has 30 days would be the next month's first.
  return new Date(ms).getUTCDate() === day ? ms : undefined
}
