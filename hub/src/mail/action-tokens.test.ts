import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActionTokens } from './action-tokens.ts'

const DAY_MS = 86_400_000
const clockAt = (nowMs: number) => ({ nowMs: () => nowMs, elapsedMs: () => 0 })
const grant = { action: 'silence', incidentId: 219, recipient: 'ops@example.org' } as const

describe('the token behind a button of a mail', () => {
  const tokens = createActionTokens('a secret of the hub', clockAt(1_795_000_000_000))

  it('says what it is for, and nothing else can be made of it', () => {
    expect(tokens.read(tokens.write(grant))).toEqual(grant)
    const [silence, acknowledge] = [grant, { ...grant, action: 'acknowledge' as const }].map(
      (each) => Buffer.from(tokens.write(each), 'base64url'),
    )
    if (!silence || !acknowledge) throw new Error('two tokens were written')
    const mixed = Buffer.concat([silence.subarray(0, 13), acknowledge.subarray(13)])
    expect(tokens.read(mixed.toString('base64url'))).toBeUndefined()
  })

  it('is refused when a single bit of it is another', () => {
    const bytes = Buffer.from(tokens.write(grant), 'base64url')
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(tokens.read(changed.toString('base64url'))).toBeUndefined()
      }),
    )
  })

  it('is refused by another hub, when it is text of any kind, and after a week', () => {
    const token = tokens.write(grant)
    const now = clockAt(1_795_000_000_000)
    expect(createActionTokens('another secret', now).read(token)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => tokens.read(text) === undefined))
    const later = (ms: number) =>
      createActionTokens('a secret of the hub', clockAt(1_795_000_000_000 + ms)).read(token)
    expect(later(7 * DAY_MS - 1000)).toEqual(grant)
    expect(later(7 * DAY_MS)).toBeUndefined()
  })
})
