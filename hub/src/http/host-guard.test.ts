import { describe, expect, it } from 'vitest'
import { createHostGuard } from './host-guard.ts'

const loopback = createHostGuard({ host: '127.0.0.1', publicUrl: undefined })
const everywhere = createHostGuard({
  host: '0.0.0.0',
  publicUrl: new URL('https://Vigie.example/'),
})

describe('host guard', () => {
  it.each([
    ['127.0.0.1:4280', true],
    // The end of a tunnel has a port of its own.
    ['localhost:9999', true],
    ['LOCALHOST', true],
    ['[::1]:4280', true],
    ['evil.example', false],
    ['evil.example:4280', false],
    ['127.0.0.1.evil.example', false],
    ['localhost.evil.example', false],
    ['192.168.1.7:4280', false],
    ['user@localhost', false],
    ['localhost/..', false],
    ['', false],
    [undefined, false],
  ])('on loopback answers to %s: %s', (host, isAllowed) => {
    expect(loopback.hostAllowed({ host })).toBe(isAllowed)
  })

  it.each([
    ['vigie.example', true],
    ['192.168.1.7:4280', true],
    ['[fe80::1]:4280', true],
    ['evil.example', false],
  ])('on every address answers to %s: %s', (host, isAllowed) => {
    expect(everywhere.hostAllowed({ host })).toBe(isAllowed)
  })

  it.each([
    [{ origin: 'http://localhost:4280', host: 'localhost:4280' }, true],
    [{ origin: 'https://vigie.example', host: '10.0.0.1:4280' }, true],
    [{ origin: 'http://localhost:9', host: 'localhost:4280' }, false],
    [{ origin: 'https://evil.example', host: 'localhost:4280' }, false],
    [{ origin: 'null', host: 'localhost:4280' }, false],
    [{ origin: 'file://', host: 'localhost:4280' }, false],
    [{ host: 'localhost:4280' }, true],
    [{ host: 'localhost:4280', 'sec-fetch-site': 'same-origin' }, true],
    [{ host: 'localhost:4280', 'sec-fetch-site': 'same-site' }, false],
    [{ host: 'localhost:4280', 'sec-fetch-site': 'cross-site' }, false],
  ])('takes a change from %j: %s', (headers, isAllowed) => {
    expect(everywhere.originAllowed(headers)).toBe(isAllowed)
  })

  it('L1 wants an Origin where one is required', () => {
    const headers = { host: 'localhost:4280' }
    expect(loopback.originAllowed(headers, { isRequired: true })).toBe(false)
    const own = { ...headers, origin: 'http://localhost:4280' }
    expect(loopback.originAllowed(own, { isRequired: true })).toBe(true)
  })
})
