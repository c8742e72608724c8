import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CLOSE, closeCode } from './close-codes.ts'
import { formatJoinToken, parseJoinToken, transcript } from './handshake.ts'
import { negotiate, speaks } from './version.ts'

describe('close codes', () => {
  it('are distinct, and private ones are in the range that RFC 6455 leaves to applications', () => {
    const codes = Object.values(CLOSE).map((close) => close.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code < 1016 || (code >= 4000 && code < 5000)).toBe(true)
  })

  it('F4 are all found by their number, and an unknown one may be retried', () => {
    for (const close of Object.values(CLOSE)) expect(closeCode(close.code)).toBe(close)
    expect(closeCode(4999)).toMatchObject({ code: 4999, retry: 'backoff' })
  })

  it('are named in the specification where it speaks of them', () => {
    const spec = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8')
    const named = [...spec.matchAll(/`(4\d{3}) (\w+)`/g)]
    expect(named.length).toBeGreaterThan(5)
    for (const [, code, name] of named) expect(closeCode(Number(code)).name).toBe(name)
  })
})

describe('F5 version negotiation', () => {
  it('takes the newest that both speak', () => {
    const supported = ['vigie.agent.2', 'vigie.agent.1']
    expect(negotiate(['vigie.agent.1', 'vigie.agent.2'], supported)).toBe('vigie.agent.2')
    expect(negotiate(['vigie.agent.1'], supported)).toBe('vigie.agent.1')
    expect(negotiate(['vigie.agent.3'], supported)).toBeUndefined()
    expect(negotiate([], supported)).toBeUndefined()
  })

  it('knows what a version has: what those before it have, and nothing of an unknown one', () => {
    expect(speaks('vigie.agent.3', 'vigie.agent.4')).toBe(true)
    expect(speaks('vigie.agent.3', 'vigie.agent.3')).toBe(true)
    expect(speaks('vigie.agent.3', 'vigie.agent.2')).toBe(false)
    expect(speaks('vigie.agent.1', 'vigie.live.1')).toBe(false)
  })
})

describe('H2 transcript', () => {
  const facts = { agentPublicKey: 'A', agentNonce: 'B', hubPublicKey: 'C', hubNonce: 'D' }
  const text = (...args: Parameters<typeof transcript>) =>
    new TextDecoder().decode(transcript(...args))

  it('differs by role and by every fact', () => {
    const all = [
      text('hub', facts),
      text('agent', facts),
      text('enrolment', facts),
      text('hub', { ...facts, agentPublicKey: 'X' }),
      text('hub', { ...facts, agentNonce: 'X' }),
      text('hub', { ...facts, hubPublicKey: 'X' }),
      text('hub', { ...facts, hubNonce: 'X' }),
    ]
    expect(new Set(all).size).toBe(all.length)
  })
})

describe('H4 join token', () => {
  const token = { id: 'a'.repeat(12), secret: 'b'.repeat(32), hubFingerprint: 'c'.repeat(43) }

  it('survives being written, pasted and read', () => {
    expect(parseJoinToken(` ${formatJoinToken(token)}\n`)).toEqual(token)
  })

  it('is refused when it is anything else', () => {
    for (const written of ['', 'vigie', 'vigie.a.b.c', `${formatJoinToken(token)}x`]) {
      expect(parseJoinToken(written)).toBeUndefined()
    }
  })
})
