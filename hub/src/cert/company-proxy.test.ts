// Which proxy a source is reached through: what the environment says, as curl and others read it.
import { expect, it } from 'vitest'
import { proxyFor } from './company-proxy.ts'

const PROXY = { HTTP_PROXY: 'http://plain.example:3128', HTTPS_PROXY: 'http://tls.example:3128' }
const hostOf = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env)?.host

it('is that of the scheme, in capitals or not, with a scheme of its own or none', () => {
  expect(hostOf('https://a.example', PROXY)).toBe('tls.example:3128')
  expect(hostOf('http://a.example', PROXY)).toBe('plain.example:3128')
  expect(hostOf('https://a.example', { ...PROXY, https_proxy: 'low.example:80' })).toBe(
    'low.example',
  )
  expect(hostOf('https://a.example', { HTTP_PROXY: 'http://plain.example:3128' })).toBeUndefined()
  expect(hostOf('https://a.example', { HTTPS_PROXY: ' ' })).toBeUndefined()
})

it('is none for what is on this machine', () => {
  for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.9.8.7', '[::1]']) {
    expect(hostOf(`https://${host}:8443`, PROXY)).toBeUndefined()
  }
})

it.each([
  ['*', 'https://a.example', true],
  ['a.example', 'https://a.example', true],
  ['a.example', 'https://b.a.example', true],
  ['.a.example', 'https://b.a.example', true],
  ['*.a.example', 'https://b.a.example', true],
  ['A.Example', 'https://a.example', true],
  ['x.example, a.example', 'https://a.example', true],
  ['x.example a.example', 'https://a.example', true],
  ['a.example:443', 'https://a.example', true],
  ['a.example:8443', 'https://a.example', false],
  ['a.example', 'https://ba.example', false],
  ['example.org', 'https://a.example', false],
  ['', 'https://a.example', false],
  [', ,', 'https://a.example', false],
  ['.', 'https://a.example', false],
  ['10.1.2.3', 'https://10.1.2.3', true],
  ['10.0.0.0/8', 'https://10.1.2.3', true],
  ['10.0.0.0/8', 'https://11.1.2.3', false],
  ['10.0.0.0/x', 'https://10.1.2.3', false],
  ['10.0.0.0/99', 'https://10.1.2.3', false],
  ['0.0.0.0/0', 'https://[fd00::1]', false],
  ['[fd00::1]:443', 'https://[fd00::1]', true],
  ['fd00::/8', 'https://[fd00::1]', true],
] as const)('NO_PROXY=%s: %s is asked directly: %s', (NO_PROXY, url, isDirect) => {
  expect(hostOf(url, { ...PROXY, NO_PROXY }) === undefined).toBe(isDirect)
  expect(hostOf(url, { ...PROXY, no_proxy: NO_PROXY }) === undefined).toBe(isDirect)
})
