// Owns the frames that no honest peer sends, for tests: right ones with something wrong about them, and mere noise.
import { randomBytes } from 'node:crypto'
import { encodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import fc from 'fast-check'
import { KEYS, newKeys } from './test-agent.ts'

export interface Frame {
  readonly data: string | Uint8Array
  readonly binary: boolean
}

const base64url = (size: number): string => randomBytes(size).toString('base64url')
const revision = tableRevision(KEYS)

const MESSAGES: readonly Record<string, unknown>[] = [
  {
    type: 'hello',
    publicKey: newKeys().publicKey,
    nonce: base64url(32),
    bootId: 'boot',
    hostname: 'host',
    agentVersion: '0.1.0',
    intervalMs: 1000,
  },
  { type: 'proof', signature: base64url(64) },
  {
    type: 'proof',
    signature: base64url(64),
    enrolment: { tokenId: base64url(9), mac: base64url(32) },
  },
  { type: 'series', revision, keys: KEYS },
  { type: 'snapshot', snapshot: { timeMs: 1, users: [], failedUnits: ['x.service'] } },
  {
    type: 'inventory',
    hash: 'h',
    inventory: {
      hostname: 'h',
      os: { id: 'i', name: 'n', version: 'v', kernel: 'k', architecture: 'a' },
      cpu: { model: 'm', logicalCount: 1 },
      memoryBytes: 1,
      disks: [],
      filesystems: [],
      interfaces: [],
      timezone: 'UTC',
      agentVersion: '0.1.0',
    },
  },
  {
    type: 'packages',
    base: null,
    hash: base64url(32),
    readMs: 1,
    put: [{ manager: 'dpkg', name: 'a', version: '1' }],
    removed: [],
    isLast: true,
  },
  { type: 'clock', sentMs: 1 },
  { type: 'bye', reason: 'stopped' },
  { type: 'subscribe', figures: [1], hosts: [1] },
]

const BLOCK = encodeBlock({
  revision,
  startMs: 1_700_000_000_000,
  stepMs: 1000,
  present: Uint8Array.of(1, 0, 1),
  values: Float64Array.from([1, NaN, 2, 3, NaN, NaN, 2 ** 52, NaN, -4, 0, NaN, 0]),
})

const mutatedMessage = fc
  .record({
    message: fc.constantFrom(...MESSAGES),
    at: fc.nat(20),
    value: fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(-1, 1e300, 2 ** 53, '', '\0', '__proto__', 'toString', 'é'.repeat(2000)),
    ),
    how: fc.constantFrom('as it is', 'drop', 'replace', 'add', 'nest'),
  })
  .map(({ message, at, value, how }) => {
    const fields = Object.entries(message)
    const index = at % fields.length
    if (how === 'drop') fields.splice(index, 1)
    if (how === 'replace') fields[index] = [fields[index]?.[0] ?? 'type', value]
    if (how === 'add') fields.push([typeof value === 'string' ? value : 'extra', value])
    // Written by hand: `__proto__` is a key like any other in JSON, and not in an object.
    const written = fields.map((field) => field.map((part) => JSON.stringify(part)).join(':'))
    const json = `{${written.join(',')}}`
    return how === 'nest' ? `[${json}]` : json
  })

const mutatedBlock = fc
  .record({
    flips: fc.array(fc.tuple(fc.nat(BLOCK.length - 1), fc.nat(255)), { maxLength: 3 }),
    length: fc.oneof(fc.constant(BLOCK.length), fc.nat(BLOCK.length)),
    tail: fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array()),
  })
  .map(({ flips, length, tail }) => {
    const bytes = Buffer.from(BLOCK)
    for (const [index, byte] of flips) bytes[index] = byte
    return Buffer.concat([bytes.subarray(0, length), tail])
  })

/** Some of them happen to be right. */
export const frames: fc.Arbitrary<Frame[]> = fc.array(
  fc.oneof(
    fc.record({
      data: fc.oneof(fc.string({ unit: 'binary' }), fc.json(), mutatedMessage, mutatedMessage),
      binary: fc.constant(false),
    }),
    // As text these are UTF-8 by accident only.
    fc.record({ data: fc.uint8Array({ maxLength: 300 }), binary: fc.boolean() }),
    fc.record({ data: mutatedBlock, binary: fc.constant(true) }),
  ),
  { minLength: 1, maxLength: 5 },
)

/** Whatever a state allows, this it does not. */
export const CERTAINLY_BAD: Frame = { data: '{', binary: false }
