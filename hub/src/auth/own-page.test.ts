import { expect, it } from 'vitest'
import { ownPage } from './own-page.ts'

it.each([
  ['/', '', '/'],
  ['/hosts/1?range=1h', '', '/hosts/1?range=1h'],
  ['/cert/CERTFR-2099-ALE-901#hosts', '', '/cert/CERTFR-2099-ALE-901#hosts'],
  ['/vigie/hosts/1', '/vigie', '/vigie/hosts/1'],
  ['/vigie/', '/vigie', '/vigie/'],
  ['/hosts/é', '', '/hosts/%C3%A9'],
])('O8 leads back to %s under "%s"', (written, basePath, path) => {
  expect(ownPage(written, basePath)).toBe(path)
})

it.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/.//evil.example',
  '/%2e//evil.example',
  '/hosts/..//evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://evil.example/',
  'https:evil.example',
  'https:/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '@evil.example',
  '.evil.example',
  '',
  ' //evil.example',
  'hosts/1',
  '/api/auth/oidc/start',
  '/./api/auth/oidc/start',
  `/${'x'.repeat(2000)}`,
])('O8 leads to its first page, and not to %j', (written) => {
  expect(ownPage(written, '')).toBe('/')
  expect(ownPage(written, '/vigie')).toBe('/vigie/')
})

it('O8 leads to nothing beside the path that the hub lives under', () => {
  expect(ownPage('/other/', '/vigie')).toBe('/vigie/')
  expect(ownPage('/vigie-evil/', '/vigie')).toBe('/vigie/')
  expect(ownPage('/vigie/../other', '/vigie')).toBe('/vigie/')
  expect(ownPage('/vigie//evil.example', '/vigie')).toBe('/vigie//evil.example')
})

it('O8 leaves nothing in an address that could end a header', () => {
  expect(ownPage('/hosts/1\r\nset-cookie: a=b', '')).toBe('/hosts/1set-cookie:%20a=b')
})
