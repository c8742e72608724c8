// Thousands of hostile requests and frames of more than a hundred kinds against a hub whose honest agents tick all the while:
// it lives, tells nobody what is not theirs, and acknowledges and keeps every tick. VIGIE_SOAK=1 sends ten thousand, and
// prints how long acknowledgements took.
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestAgent } from '../test-agent.ts'
import { listeningLog, runsOf } from '../test-hub.ts'
import { RawClient } from './raw-http.ts'
import { REQUEST_KINDS } from './request-kinds.ts'
import { ENTRY_KINDS, MEMBER_KINDS, SOCKET_KINDS, type SocketKind } from './socket-kinds.ts'
import { CANARY, setTarget, type Target } from './target.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const SHOTS = isSoak ? 10_000 : 1500
const AT_ONCE = 16
/** What is not answered is not waited for. */
const PATIENCE_MS = 300
const TICK_EVERY_MS = 50

const ends: (() => Promise<void>)[] = []
const { log, lines } = listeningLog()
let target: Target

beforeAll(async () => {
  target = await setTarget((end) => ends.push(end), { log })
}, 60_000)

afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

it.each(Object.keys(ENTRY_KINDS))('H4 %s lets nobody in', async (kind) => {
  const name = await ENTRY_KINDS[kind]?.(target)
  expect(['unknownAgent', 'tokenRefused', 'proofRefused']).toContain(name)
})

it(
  'a storm of hostile requests and frames is noticed by nobody',
  { timeout: 900_000 },
  async () => {
    const { honest, hub } = target
    const latenciesMs: number[] = []
    const startMs = Math.floor(Date.now() / 1000) * 1000
    let isOver = false
    // From the newest to the oldest: each a second of its own.
    const tick = async (agent: TestAgent): Promise<number> => {
      let count = 0
      while (!isOver) {
        const sentMs = performance.now()
        await agent.acknowledged(agent.tick(startMs - ++count * 1000))
        latenciesMs.push(performance.now() - sentMs)
        await wait(TICK_EVERY_MS)
      }
      return count
    }
    const ticking = Promise.all(honest.map(tick))

    const shots = shotsOf(target)
    expect(Object.keys(shots).length).toBeGreaterThanOrEqual(100)
    const order = Array.from({ length: SHOTS }, (_, index) => index)
    const heard = new Map<string, Set<string>>()
    const shoot = async (): Promise<void> => {
      for (let index = order.pop(); index !== undefined; index = order.pop()) {
        const kinds = Object.entries(shots)
        const [kind, shot] = kinds[index % kinds.length] ?? ['', () => Promise.resolve('')]
        const answer = await shot()
        expect(answer, kind).not.toContain(CANARY)
        const statuses = heard.get(kind) ?? new Set()
        statuses.add(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none')
        heard.set(kind, statuses)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, shoot))
    isOver = true
    const counts = await ticking

    for (const [kind, statuses] of heard) {
      for (const status of statuses) expect(Number(status) || 0, kind).toBeLessThan(500)
    }
    expect(lines.filter((line) => /"level":(50|60)/.test(line))).toEqual([])
    for (const [index, agent] of honest.entries()) {
      expect(agent.closed).toBeUndefined()
      expect(agent.framesAcknowledged).toBe(counts[index])
    }
    const health = await fetch(`${hub.address}/healthz`)
    expect(await health.json()).toEqual({ status: 'ok' })
    const stored = await runsOf(hub, target.canaryId)
    const kept = stored.reduce((sum, { block }) => sum + block.present.filter((is) => is).length, 0)
    expect(kept).toBe(counts[0])
    if (isSoak) tell(latenciesMs)
  },
)

type Shot = () => Promise<string>

/** Every kind as what it does; resolves with all that the hub said. */
function shotsOf(at: Target): Readonly<Record<string, Shot>> {
  const shots: Record<string, Shot> = {}
  for (const [kind, bytes] of Object.entries(REQUEST_KINDS)) shots[kind] = () => said(at, bytes())
  for (const [kind, socket] of Object.entries(SOCKET_KINDS)) {
    shots[kind] = () => said(at, upgrade(at, socket), socket.frames())
  }
  for (const [kind, entry] of Object.entries(ENTRY_KINDS)) shots[kind] = () => entry(at)
  // There is one identity: one at a time.
  let before: Promise<unknown> = Promise.resolve()
  for (const [kind, say] of Object.entries(MEMBER_KINDS)) {
    shots[kind] = () => {
      const now = before.then(() => asMember(at, say))
      before = now
      return now
    }
  }
  return shots
}

async function said(at: Target, start: string, frames: readonly string[] = []): Promise<string> {
  const fill = (text: string): string =>
    text
      .replaceAll('$SHOP', at.shopToken)
      .replaceAll('$HOST', String(at.canaryId))
      .replaceAll('$KEY', at.canaryKey)
      .replaceAll('$ORIGIN', at.hub.address)
  const client = new RawClient(at.hub.address).write(fill(start))
  const enough = frames.length > 0 ? upgraded(client, frames.map(fill)) : client.answers(1)
  const late = new AbortController()
  await Promise.race([
    enough,
    client.closed,
    wait(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined),
  ])
  late.abort()
  client.socket.destroy()
  return client.received
}

async function upgraded(client: RawClient, frames: readonly string[]): Promise<void> {
  const [answer] = await client.answers(1)
  if (answer?.status !== 101) return
  for (const frame of frames) client.write(frame)
  await client.closed
}

function upgrade(at: Target, { path, protocol, headers = '' }: SocketKind): string {
  const spoken = protocol ?? (path === '/live' ? 'vigie.live.1' : 'vigie.agent.1')
  const offered = spoken && `Sec-WebSocket-Protocol: ${spoken}\r\n`
  return `GET ${path} HTTP/1.1\r\nHost: ${new URL(at.hub.address).host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${offered}${headers}\r\n`
}

async function asMember(at: Target, say: (agent: TestAgent) => void): Promise<string> {
  const agent = new TestAgent({ hub: at.hub.address, keys: at.ownKeys })
  await agent.enter()
  say(agent)
  const late = new AbortController()
  await Promise.race([
    agent.ended(),
    wait(PATIENCE_MS, undefined, { signal: late.signal }).catch(() => undefined),
  ])
  late.abort()
  agent.socket.terminate()
  return JSON.stringify(agent.received)
}

function tell(latenciesMs: number[]): void {
  const sorted = latenciesMs.sort((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1)
  process.stdout.write(
    `${SHOTS} shots; ${sorted.length} ticks acknowledged: median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(0.9999)} ms\n`,
  )
}
