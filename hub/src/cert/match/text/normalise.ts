// Owns the form in which what advisories and inventories write is compared: small letters, no accents, single spaces.

/** A line that is longer is cut, and what it says is no longer certain. */
export const MAX_LINE_LENGTH = 1_000

/** Small letters without accents; typographic signs as typed; one space at most. */
export function normalise(text: string): string {
  return text
    .slice(0, MAX_LINE_LENGTH)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019\u02bc`]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[®™©\u200b-\u200f*]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}
