import { expect, it } from 'vitest'
import { localeOf } from './request-locale.ts'

it.each([
  [undefined, 'en'],
  ['fr', 'fr'],
  ['fr-CA, en;q=0.8', 'fr'],
  ['de, en;q=0.5, fr;q=0.7', 'fr'],
  ['fr;q=0, en', 'en'],
  ['de', 'en'],
  [';;q=x,,', 'en'],
])('Accept-Language %s is answered in %s', (written, locale) => {
  const headers = written === undefined ? {} : { 'accept-language': written }
  expect(localeOf({ headers })).toBe(locale)
})
