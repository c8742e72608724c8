import { HubMessage } from '@vigie/shared/protocol/agent'
import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { parseHubMessage } from './hub-message.ts'

const base64url = (length: number) =>
  fc.stringMatching(new RegExp(`^[A-Za-z0-9_-]{${length}}$`), { size: 'max' })
const timeMs = fc.integer({ min: 0, max: 8.64e15 })
const double = fc.double({ noNaN: true, noDefaultInfinity: true })
const counted = fc.maxSafeNat().map((count) => Math.max(1, count))

const valid = fc.oneof(
  fc.record({
    type: fc.constant('challenge'),
    publicKey: base64url(43),
    nonce: base64url(43),
    signature: base64url(86),
    timeMs,
  }),
  fc.record(
    {
      type: fc.constant('welcome'),
      hostId: counted,
      name: fc.string(),
      timeMs,
      inventoryHash: fc.option(fc.string()),
      packagesHash: fc.option(base64url(43)),
    },
    { requiredKeys: ['type', 'hostId', 'name', 'timeMs', 'inventoryHash'] },
  ),
  fc.record({ type: fc.constant('ack'), frames: counted }),
  fc.record({ type: fc.constant('clock'), sentMs: double, timeMs }),
)

// Values at the edges of the shapes, where two readings of one rule would part.
const A = (length: number) => 'A'.repeat(length)
// prettier-ignore
const edge = fc.constantFrom<unknown>(
  0, -0, 1, -1, 0.5, 8.64e15, 8.64e15 + 2, 1e300, null, true, [], {},
  '', A(42), A(43), A(44), A(85), A(86), A(87), `${A(42)}=`, `${A(43)}\n`,
  'challenge', 'welcome', 'ack', 'clock', 'hello', 'constructor', '__proto__',
)
const stranger = fc.constantFrom(
  'frames',
  'name',
  'sentMs',
  'packagesHash',
  '__proto__',
  'constructor',
  '',
)
const mutated = valid.chain((message) => {
  const name = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...Object.keys(message)) },
    { weight: 1, arbitrary: stranger },
  )
  const value = fc.oneof(
    { weight: 6, arbitrary: edge },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
  const changes = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 2 })
  return fc.tuple(fc.constant<object>(message), changes)
})

/** Sets, adds or (where there is no value) takes away members, as text, so that any name is one. */
function mutate(message: object, changes: [string, unknown][]): string {
  const members = new Map<string, unknown>(Object.entries(message))
  for (const [key, value] of changes) {
    if (value === undefined) members.delete(key)
    else members.set(key, value)
  }
  const written = [...members].map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  )
  return `{${written.join(',')}}`
}

describe('F2: what is read by hand is what the schema says', () => {
  it('takes every message of the schema, whole', () => {
    const check = (message: object) => {
      expect(Value.Check(HubMessage, message)).toBe(true)
      expect(parseHubMessage(JSON.stringify(message))).toEqual(JSON.parse(JSON.stringify(message)))
    }
    fc.assert(fc.property(valid, check))
  })

  it('agrees with the schema on any other', () => {
    const check = ([message, changes]: [object, [string, unknown][]]) => {
      const text = mutate(message, changes)
      expect(parseHubMessage(text) !== undefined).toBe(Value.Check(HubMessage, JSON.parse(text)))
    }
    fc.assert(fc.property(mutated, check), { numRuns: 3000 })
  })

  it('agrees on any JSON, and refuses what is none', () => {
    const check = (text: string) => {
      expect(parseHubMessage(text) !== undefined).toBe(Value.Check(HubMessage, JSON.parse(text)))
    }
    fc.assert(fc.property(fc.json(), check))
    check('{"type":"clock","sentMs":1e999,"timeMs":0}')
    for (const text of ['', '{', '{"type":"ack","frames":1}x', 'undefined']) {
      expect(parseHubMessage(text)).toBeUndefined()
    }
  })
})
