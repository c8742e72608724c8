import { expect, it } from 'vitest'
import { dateText } from './date-text.ts'

const FIRST_MS = Date.UTC(2026, 11, 1, 7)
const DAY_MS = 86_400_000

it.each([
  ['fr-FR', 0, '1er décembre 2026'],
  ['fr-FR', 1, '2 décembre 2026'],
  ['fr-FR', 10, '11 décembre 2026'],
  ['en-GB', 0, '1 December 2026'],
])('a date in %s, %i days on', (locale, days, text) => {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const
  expect(dateText(new Intl.DateTimeFormat(locale, options), FIRST_MS + days * DAY_MS)).toBe(text)
})
