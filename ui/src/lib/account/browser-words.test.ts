import { expect, it } from 'vitest'
import { t } from '../i18n/t.test-support.ts'
import { browserWords } from './browser-words.ts'

it('a browser is named by what it is, and not by all that it says it is', () => {
  const named = (userAgent: string | null) => browserWords(userAgent, t)
  expect(named('Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0')).toBe(
    'Firefox on Linux',
  )
  expect(
    named(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
    ),
  ).toBe('Edge on Windows')
  expect(
    named(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    ),
  ).toBe('Safari on iOS')
  expect(named('curl/8.14.1')).toBe('curl')
  expect(named('x'.repeat(500))).toHaveLength(40)
  expect(named(null)).toBe('unknown browser')
})
