import { expect, it } from 'vitest'
import { MAIL_ADDRESS } from './mail-address.ts'

it.each(['a@b', 'jean.dupont+vigie@exemple.fr', "o'neil@exämple.org", `${'x'.repeat(64)}@a.fr`])(
  '%s is a mail address',
  (text) => {
    expect(text).toMatch(MAIL_ADDRESS)
  },
)

it.each([
  ...['', 'a', '@b', 'a@', 'a@b@c', '<a@b>', 'a b@c', '"a"@b', 'a@b, c@d', 'a@b;c@d', 'a(x)@b'],
  ...['a@b\r\nBcc: c@d', 'a\u0000@b', 'a\u0085@b', 'a@b\u2028', `${'x'.repeat(65)}@a.fr`],
])('%j is none', (text) => {
  expect(text).not.toMatch(MAIL_ADDRESS)
})
