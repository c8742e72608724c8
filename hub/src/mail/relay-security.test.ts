import { expect, it } from 'vitest'
import { relaySecurity } from './relay-security.ts'

const TLS = { secure: true }
const STARTTLS = { secure: false, requireTLS: true }
const OFFERED = { secure: false, opportunisticTLS: true }
const NONE = { secure: false, ignoreTLS: true }

it.each([
  ['smtps://ops:p@relay.example', undefined, TLS],
  ['smtps://127.0.0.1', 'opportunistic', TLS],
  ['smtp://relay.example', undefined, STARTTLS],
  ['smtp://relay.example', 'required', STARTTLS],
  ['smtp://relay.example', 'opportunistic', OFFERED],
  ['smtp://ops:p@relay.example', 'opportunistic', STARTTLS],
  ['smtp://ops:p@localhost.example', undefined, STARTTLS],
  ['smtp://ops:p@127.0.0.1.example', undefined, STARTTLS],
  ['smtp://ops:p@[2001:db8::1]', undefined, STARTTLS],
  ['smtp://ops:p@localhost', undefined, NONE],
  ['smtp://127.0.0.1:25', undefined, NONE],
  ['smtp://[::1]:25', undefined, NONE],
  ['smtp://localhost', 'required', STARTTLS],
  ['smtp://ops:p@localhost', 'opportunistic', OFFERED],
] as const)(
  '%s with %s: a password goes in the clear to this machine only',
  (url, tls, security) => {
    expect(relaySecurity(new URL(url), tls)).toEqual(security)
  },
)
