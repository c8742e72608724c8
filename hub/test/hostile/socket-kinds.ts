// Owns the hostile frames, one kind a name: what is written to a socket after its upgrade, frame by frame and byte by byte.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { encodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import { parseJoinToken, transcript, type HandshakeFacts } from '@vigie/shared/protocol/handshake'
import { KEYS, newKeys, TestAgent } from '../test-agent.ts'
import type { Target } from './target.ts'

const TEXT = 1
const BINARY = 2
const LAST = 0x80

/** A frame as a client sends it (RFC 6455, section 5.2); the lengths that it says may be a lie. */
export function frame(
  opcode: number,
  payload: Uint8Array | string,
  { saysBytes = -1, isMasked = true, flags = LAST } = {},
): string {
  const bytes = Buffer.from(payload as string)
  const length = saysBytes < 0 ? bytes.length : saysBytes
  const mask = isMasked ? 0x80 : 0
  const size =
    length < 126
      ? Buffer.from([mask | length])
      : length < 65_536
        ? Buffer.from([mask | 126, length >> 8, length & 255])
        : Buffer.concat([Buffer.from([mask | 127, 0, 0, 0, 0]), u32(length)])
  // A mask of zeros is a mask.
  const parts = [Buffer.from([flags | opcode]), size, ...(isMasked ? [Buffer.alloc(4)] : []), bytes]
  return Buffer.concat(parts).toString('latin1')
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

const json = (value: unknown): string => frame(TEXT, JSON.stringify(value))
const hello = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  type: 'hello',
  publicKey: newKeys().publicKey,
  nonce: randomBytes(32).toString('base64url'),
  bootId: 'boot',
  hostname: 'hostile',
  agentVersion: '0.1.0',
  intervalMs: 1000,
  ...change,
})

export interface SocketKind {
  readonly path: '/agent' | '/live'
  readonly protocol?: string
  /** Header lines. `$SHOP` stands for the token of a viewer, `$HOST` for the canary's id. */
  readonly headers?: string
  readonly frames: () => readonly string[]
}

const SHOP = 'Authorization: Bearer $SHOP\r\n'

/** Before the hub knows who it is. */
export const SOCKET_KINDS: Readonly<Record<string, SocketKind>> = {
  'text that is not JSON': agent(() => [frame(TEXT, randomBytes(40).toString('hex'))]),
  'text that is not UTF-8': agent(() => [frame(TEXT, Buffer.from([0xff, 0xfe, 0xc0, 0xaf]))]),
  'bytes before a hello': agent(() => [frame(BINARY, randomBytes(60))]),
  'a frame without a mask': agent(() => [frame(TEXT, '{}', { isMasked: false })]),
  'a frame with reserved bits': agent(() => [frame(TEXT, '{}', { flags: LAST | 0x70 })]),
  'an unknown kind of frame': agent(() => [frame(11, 'x')]),
  'a ping that is too long': agent(() => [frame(9, 'x'.repeat(200))]),
  'many pings': agent(() => Array.from({ length: 100 }, () => frame(9, 'x'))),
  'a close with a code that there is not': agent(() => [frame(8, Buffer.from([0, 1]))]),
  'a close of one byte': agent(() => [frame(8, 'x')]),
  'a part without a beginning': agent(() => [frame(0, 'x')]),
  'parts without end': agent(() => [
    frame(TEXT, '{', { flags: 0 }),
    ...Array.from({ length: 500 }, () => frame(0, ' ', { flags: 0 })),
    json({}),
  ]),
  'a frame that says it has 4 GB': agent(() => [frame(BINARY, 'x', { saysBytes: 0xffffffff })]),
  'a frame of 2 MB': agent(() => [frame(TEXT, 'x'.repeat(2_000_000))]),
  'JSON nested deep': agent(() => [frame(TEXT, '['.repeat(100_000))]),
  'a prototype as a type': agent(() => [
    frame(TEXT, '{"type":"__proto__"}'),
    json({ type: 'constructor' }),
  ]),
  'a key that is no key': agent(() => [
    json(hello({ publicKey: 'A'.repeat(43) })),
    json({ type: 'proof', signature: 'A'.repeat(86) }),
  ]),
  'a name full of control characters': agent(() => [
    json(hello({ hostname: '\u001b]0;x\u0007\r\n\0<script>' })),
    json({}),
  ]),
  'two hellos': agent(() => [json(hello()), json(hello())]),
  'ticks before a proof': agent(() => [json(hello()), frame(BINARY, block(1))]),
  'the key of another': agent(() => [
    json(hello({ publicKey: '$KEY' })),
    json({ type: 'proof', signature: randomBytes(64).toString('base64url') }),
  ]),
  'a protocol that there is not': {
    path: '/agent',
    protocol: 'vigie.agent.0',
    frames: () => [json(hello())],
  },
  'no protocol': { path: '/agent', protocol: '', frames: () => [json(hello())] },
  'the protocol of browsers at the door of agents': {
    path: '/agent',
    protocol: 'vigie.live.1',
    frames: () => [json(hello())],
  },
  'a page of another site': {
    path: '/live',
    headers: 'Origin: https://evil.example\r\n',
    frames: () => [json({})],
  },
  'a page without a session': {
    path: '/live',
    headers: 'Origin: $ORIGIN\r\n',
    frames: () => [json({ type: 'subscribe', figures: ['$HOST'], hosts: [] })],
  },
  'a page with a token': {
    path: '/live',
    headers: `Origin: $ORIGIN\r\n${SHOP}`,
    frames: () => [json({})],
  },
  'a host out of sight, live': {
    path: '/live',
    headers: SHOP,
    frames: () => [frame(TEXT, '{"type":"subscribe","figures":[$HOST],"hosts":[$HOST]}')],
  },
  'a hundred subscriptions': {
    path: '/live',
    headers: SHOP,
    frames: () =>
      Array.from({ length: 100 }, () => json({ type: 'subscribe', figures: [1], hosts: [1] })),
  },
  'all hosts that there may be': {
    path: '/live',
    headers: SHOP,
    frames: () => [
      json({ type: 'subscribe', figures: Array.from({ length: 9000 }, (_, id) => id), hosts: [] }),
    ],
  },
  'bytes to a page’s door': {
    path: '/live',
    headers: SHOP,
    frames: () => [frame(BINARY, randomBytes(30))],
  },
  'a browser’s frame of 100 kB': {
    path: '/live',
    headers: SHOP,
    frames: () => [frame(TEXT, ' '.repeat(100_000))],
  },
  'noise after an upgrade': {
    path: '/live',
    headers: SHOP,
    frames: () => [randomBytes(200).toString('latin1')],
  },
}

function agent(frames: () => readonly string[]): SocketKind {
  return { path: '/agent', frames }
}

function block(
  tickCount: number,
  change: { startMs?: number; revision?: number } = {},
): Uint8Array {
  return encodeBlock({
    revision: tableRevision(KEYS),
    startMs: Math.floor(Date.now() / 1000) * 1000,
    stepMs: 1000,
    present: new Uint8Array(tickCount).fill(1),
    values: new Float64Array(tickCount * KEYS.length).fill(1),
    ...change,
  })
}

/** By one who has an agent of its own, after its welcome: each ends that agent's connection, or is taken. */
export const MEMBER_KINDS: Readonly<Record<string, (agent: TestAgent) => void>> = {
  'a tick of next year': (agent) => agent.sendBytes(block(1, { startMs: Date.now() + 3e10 })),
  'a table that was not announced': (agent) => agent.sendBytes(block(1, { revision: 4711 })),
  'a block that is cut': (agent) => agent.sendBytes(block(60).subarray(0, 40)),
  'a block that says it has a million ticks': (agent) =>
    agent.sendBytes(Buffer.concat([block(1).subarray(0, 12), randomBytes(30)])),
  'blocks as full as may be, one behind the other': (agent) => {
    const startMs = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
    for (let count = 0; count < 20; count++) agent.sendBytes(block(3600, { startMs }))
  },
  'noise as a block': (agent) => agent.sendBytes(randomBytes(300)),
  'a table of one series, four thousand times': (agent) => {
    const keys = Array.from({ length: 4096 }, () => 'system.cpu.utilization')
    agent.say({ type: 'series', revision: tableRevision(keys), keys })
  },
  'a table with names made to hurt': (agent) => {
    const keys = [
      'a{b="\u001b[2J"}',
      `a{${'b="c",'.repeat(50)}}`,
      '__proto__',
      'x{y="<img src=x>"}',
    ]
    agent.say({ type: 'series', revision: tableRevision(keys), keys })
  },
  'another hello': (agent) => agent.say(hello()),
  'packages on a list that there is not': (agent) =>
    agent.say({
      type: 'packages',
      base: 'x'.repeat(43),
      hash: 'y'.repeat(43),
      readMs: 1,
      put: [],
      removed: [],
      isLast: true,
    }),
  'a reason for a time without end': (agent) =>
    agent.say({ type: 'gap', fromMs: 0, toMs: 8e15, reason: 'network' }),
  'a snapshot of no time': (agent) =>
    agent.say({ type: 'snapshot', snapshot: { timeMs: -1, users: [], failedUnits: [] } }),
  'five hundred clocks': (agent) => {
    for (let count = 0; count < 500; count++) agent.say({ type: 'clock', sentMs: 1 })
  },
}

/** Ways to come in that do not let in. Each resolves with the name of the close. */
export const ENTRY_KINDS: Readonly<Record<string, (target: Target) => Promise<string>>> = {
  'a key that has not joined': ({ hub }) => entry({ hub: hub.address }),
  'a token that is spent': ({ hub, spentToken }) => entry({ hub: hub.address, token: spentToken }),
  'a token that is forged': ({ hub, spentToken }) => {
    const [head, , , fingerprint] = spentToken.split('.')
    const made = [
      head,
      randomBytes(9).toString('base64url'),
      randomBytes(24).toString('base64url'),
      fingerprint,
    ]
    return entry({ hub: hub.address, token: made.join('.') })
  },
  'the key of a known host, signed by another': async ({ hub, canaryKey }) => {
    const agent = new TestAgent({ hub: hub.address })
    agent.prove(await agent.greet({ publicKey: canaryKey }))
    return (await agent.ended()).name
  },
  'a proof of the connection before': async ({ hub, ownKeys }) => {
    const first = new TestAgent({ hub: hub.address, keys: ownKeys })
    const facts = await first.greet()
    first.socket.terminate()
    const second = new TestAgent({ hub: hub.address, keys: ownKeys })
    await second.greet()
    second.prove(facts)
    return (await second.ended()).name
  },
  'a token of another connection': async ({ hub }) => {
    const { token } = await hub.enrolments.create({})
    const first = new TestAgent({ hub: hub.address, token })
    const seen = enrolmentOf(token, await first.greet())
    first.socket.terminate()
    const thief = new TestAgent({ hub: hub.address })
    thief.prove(await thief.greet(), { enrolment: seen })
    return (await thief.ended()).name
  },
}

async function entry(options: { hub: string; token?: string }): Promise<string> {
  const agent = new TestAgent(options)
  agent.prove(await agent.greet())
  return (await agent.ended()).name
}

function enrolmentOf(token: string, facts: HandshakeFacts): { tokenId: string; mac: string } {
  const { id: tokenId = '', secret = '' } = parseJoinToken(token) ?? {}
  const key = createHash('sha256').update(secret).digest()
  return {
    tokenId,
    mac: createHmac('sha256', key).update(transcript('enrolment', facts)).digest('base64url'),
  }
}
