// The hub's end of /agent against real sockets; each test is named by the rule of docs/protocol.md that it proves.
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { tableRevision } from '@vigie/shared/metrics/series'
import { MAX_AGENT_FRAME_BYTES } from '@vigie/shared/protocol/limits'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock, type Clock } from '../src/clock.ts'
import { KEYS, TestAgent, type TestAgentOptions } from './test-agent.ts'
import { listeningLog, lockDatabase, runsOf, startHub, type TestHub } from './test-hub.ts'

const second = (timeMs = Date.now()): number => Math.floor(timeMs / 1000) * 1000

async function joined(hub: TestHub, options: Partial<TestAgentOptions> = {}) {
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token, ...options })
  const { hostId } = await agent.enter()
  return { agent, hostId }
}

async function closesOf(hub: TestHub, close: string): Promise<number> {
  const metric = await hub.registry.getSingleMetric('vigie_agent_closes_total')?.get()
  const found = metric?.values.filter(({ labels }) => labels['close'] === close) ?? []
  return found.reduce((sum, { value }) => sum + value, 0)
}

async function valuesOf(hub: TestHub, hostId: number): Promise<[number, number][]> {
  const runs = await runsOf(hub, hostId)
  return runs.flatMap(({ block }) =>
    [...block.present].flatMap((isPresent, tick): [number, number][] =>
      isPresent ? [[block.startMs + tick * block.stepMs, block.values[tick] ?? NaN]] : [],
    ),
  )
}

describe('the handshake', () => {
  it('H4: a token makes the host, and its ticks are stored and acknowledged', async () => {
    const hub = await startHub()
    const { id, token } = await hub.enrolments.create({ name: 'web-1' })
    const agent = new TestAgent({ hub: hub.address, token })
    const welcome = await agent.enter()
    expect(welcome.name).toBe('web-1')
    expect((await hub.enrolments.state(id))?.hostId).toBe(welcome.hostId)

    const timeMs = second()
    await agent.acknowledged(agent.tick(timeMs))
    const runs = await runsOf(hub, welcome.hostId)
    expect(runs).toHaveLength(1)
    expect(runs[0]?.keys).toEqual(KEYS)
    expect([...(runs[0]?.block.values ?? [])]).toEqual([1234, 500, 1000, 42])
    expect(hub.fleet.list()[0]).toMatchObject({
      name: 'web-1',
      status: 'up',
      figures: { timeMs, cpuRatio: 0.1234, memoryRatio: 0.5 },
    })
  })

  it('H4: a used token is refused, but not to the host that used it', async () => {
    const hub = await startHub()
    const { token } = await hub.enrolments.create({})
    const first = new TestAgent({ hub: hub.address, token })
    const { hostId } = await first.enter()
    await first.close()
    const other = new TestAgent({ hub: hub.address, token })
    other.prove(await other.greet())
    expect(await other.ended()).toMatchObject({ code: 4404, name: 'tokenRefused' })
    const again = new TestAgent({ hub: hub.address, token, keys: first.keys })
    expect((await again.enter()).hostId).toBe(hostId)
    expect(hub.fleet.list()).toHaveLength(1)
  })

  it('H4: of two agents that use one token at once, one joins', async () => {
    const hub = await startHub()
    const { token } = await hub.enrolments.create({})
    const agents = [1, 2, 3].map(() => new TestAgent({ hub: hub.address, token }))
    const outcomes = await Promise.allSettled(agents.map((agent) => agent.enter()))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(hub.fleet.list()).toHaveLength(1)
  })

  it('H4: an expired token is refused', async () => {
    let nowMs = Date.now()
    const clock: Clock = { ...systemClock, nowMs: () => nowMs }
    const hub = await startHub({ clock })
    const { token, expiresAtMs } = await hub.enrolments.create({})
    nowMs = expiresAtMs
    const agent = new TestAgent({ hub: hub.address, token })
    agent.prove(await agent.greet())
    expect(await agent.ended()).toMatchObject({ name: 'tokenRefused' })
  })

  it('H4: a token id without its secret is refused', async () => {
    const hub = await startHub()
    const { id } = await hub.enrolments.create({})
    const agent = new TestAgent({ hub: hub.address })
    const mac = randomBytes(32).toString('base64url')
    agent.prove(await agent.greet(), { enrolment: { tokenId: id, mac } })
    expect(await agent.ended()).toMatchObject({ name: 'tokenRefused' })
  })

  it('H4: a key that the hub does not know is refused', async () => {
    const hub = await startHub()
    const agent = new TestAgent({ hub: hub.address })
    agent.prove(await agent.greet())
    expect(await agent.ended()).toMatchObject({ code: 4401, name: 'unknownAgent' })
    expect(await closesOf(hub, 'unknownAgent')).toBe(1)
  })

  it('H2: a proof that is replayed on another connection is refused', async () => {
    const hub = await startHub()
    const { agent } = await joined(hub)
    const { keys } = agent
    const first = new TestAgent({ hub: hub.address, keys })
    const overheard = await first.greet()
    const second = new TestAgent({ hub: hub.address, keys })
    await second.greet({ nonce: overheard.agentNonce })
    second.prove(overheard)
    expect(await second.ended()).toMatchObject({ code: 4403, name: 'proofRefused' })
  })

  it('H2: a proof by another key than the one that is claimed is refused', async () => {
    const hub = await startHub()
    const { agent } = await joined(hub)
    const thief = new TestAgent({ hub: hub.address })
    const facts = await thief.greet({ publicKey: agent.keys.publicKey })
    thief.prove({ ...facts, agentPublicKey: agent.keys.publicKey })
    expect(await thief.ended()).toMatchObject({ name: 'proofRefused' })
  })

  it('H5: a handshake that takes too long is closed', async () => {
    const hub = await startHub({ limits: { handshakeTimeoutMs: 50 } })
    const agent = new TestAgent({ hub: hub.address })
    expect(await agent.ended()).toMatchObject({ code: 4408, name: 'timeout' })
  })

  it('H5: after many refusals an address is not listened to', async () => {
    const limits = { refusals: { burst: 2, perSecond: 0.001 } }
    const hub = await startHub({ limits })
    for (let attempt = 0; attempt < 2; attempt++) {
      const agent = new TestAgent({ hub: hub.address })
      agent.prove(await agent.greet())
      expect(await agent.ended()).toMatchObject({ name: 'unknownAgent' })
    }
    const next = new TestAgent({ hub: hub.address })
    expect(await next.ended()).toMatchObject({ code: 4429, name: 'rateLimited' })
  })

  it('F5: no version in common completes the upgrade and closes', async () => {
    const hub = await startHub()
    const socket = new WebSocket(`${hub.address.replace('http', 'ws')}/agent`)
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(4406)
  })
})

describe('two agents with one identity', () => {
  it('H6: a clone is refused and shown, and the first stays', async () => {
    const hub = await startHub()
    const { agent, hostId } = await joined(hub)
    const clone = new TestAgent({ hub: hub.address, keys: agent.keys, hostname: 'clone' })
    clone.prove(await clone.greet())
    expect(await clone.ended()).toMatchObject({ code: 4409, name: 'duplicateIdentity' })
    expect(hub.fleet.list()[0]?.duplicate).toMatchObject({ hostname: 'clone' })
    await agent.acknowledged(agent.tick(second()))
    expect(await valuesOf(hub, hostId)).toHaveLength(1)
  })

  it('H6: an agent takes over from one that does not answer', async () => {
    const hub = await startHub({ limits: { duplicateProbeMs: 100 } })
    const { agent, hostId } = await joined(hub)
    agent.socket.pause()
    const heir = new TestAgent({ hub: hub.address, keys: agent.keys })
    expect((await heir.enter()).hostId).toBe(hostId)
    agent.socket.resume()
    expect(await agent.ended()).toMatchObject({ code: 4410, name: 'replaced' })
    expect(hub.fleet.list()[0]?.duplicate).toBeNull()
  })
})

describe('bad frames', () => {
  const wholeTick = { stepMs: 1000, present: new Uint8Array([1]) }
  const faults: readonly [rule: string, close: string, send: (agent: TestAgent) => void][] = [
    ['F2: text that is not JSON', 'malformed', (agent) => agent.socket.send('{')],
    ['F2: a type that does not exist', 'malformed', (agent) => agent.say({ type: 'exec' })],
    [
      'F2: a message that does not match its schema',
      'malformed',
      (agent) => agent.say({ type: 'clock', sentMs: 'now' }),
    ],
    ['F2: a message out of its state', 'outOfOrder', (agent) => agent.say(hello(agent))],
    ['F1: bytes that are not a block', 'malformed', (agent) => agent.sendBytes(randomBytes(64))],
    [
      'F3: a frame over the limit',
      'tooLarge',
      (agent) => agent.sendBytes(new Uint8Array(MAX_AGENT_FRAME_BYTES + 1)),
    ],
    [
      'T3: a block of a table that was not announced',
      'outOfOrder',
      (agent) =>
        agent.sendBlock({
          ...wholeTick,
          revision: 7,
          startMs: second(),
          values: new Float64Array(4),
        }),
    ],
    [
      'T3: a revision that is not the hash of its keys',
      'malformed',
      (agent) => agent.say({ type: 'series', revision: 7, keys: ['system.uptime'] }),
    ],
    [
      'T3: a key that is not a series',
      'malformed',
      (agent) => agent.say({ type: 'series', revision: tableRevision(['a{']), keys: ['a{'] }),
    ],
    [
      'T3: another number of columns than the table has',
      'malformed',
      (agent) =>
        agent.sendBlock({
          ...wholeTick,
          revision: agent.revision,
          startMs: second(),
          values: new Float64Array(3),
        }),
    ],
    ['T7: a tick of the future', 'malformed', (agent) => agent.tick(second(Date.now() + 120_000))],
  ]

  it.each(faults)(
    '%s closes that socket as %s, and nobody else notices',
    async (_, close, send) => {
      const hub = await startHub()
      const { agent: neighbour, hostId } = await joined(hub)
      const { agent } = await joined(hub)
      send(agent)
      expect(await agent.ended()).toMatchObject({ name: close })
      expect(await closesOf(hub, close)).toBe(1)
      await neighbour.acknowledged(neighbour.tick(second()))
      expect(await valuesOf(hub, hostId)).toHaveLength(1)
      // And the one that was closed may come back.
      const again = new TestAgent({ hub: hub.address, keys: agent.keys })
      await again.enter()
    },
  )

  it('F2: a block before the handshake is out of order', async () => {
    const hub = await startHub()
    const agent = new TestAgent({ hub: hub.address })
    await once(agent.socket, 'open')
    agent.tick(second())
    expect(await agent.ended()).toMatchObject({ code: 4422, name: 'outOfOrder' })
  })

  function hello(agent: TestAgent) {
    return {
      type: 'hello',
      publicKey: agent.keys.publicKey,
      nonce: randomBytes(32).toString('base64url'),
      bootId: 'b',
      hostname: 'h',
      agentVersion: '1',
      intervalMs: 1000,
    }
  }
})

describe('ticks', () => {
  it('T4: nothing is acknowledged before it is committed', async () => {
    const hub = await startHub({ limits: { commitEveryMs: 86_400_000 } })
    const { agent, hostId } = await joined(hub)
    agent.tick(second())
    agent.say({ type: 'clock', sentMs: 1 })
    // The reply shows that the hub has read the tick before it.
    await agent.hears('clock')
    expect(agent.framesAcknowledged).toBe(0)
    expect(await hub.store.ticks.lastTick(hostId)).toBeUndefined()
    await hub.store.writer.flush()
    await agent.acknowledged(1)
    expect(await hub.store.ticks.lastTick(hostId)).toBeDefined()
  })

  it('T4: what cannot be committed is not acknowledged, and is when it can', async () => {
    const { log, says } = listeningLog()
    const hub = await startHub({ log, limits: { busyTimeoutMs: 1 } })
    const { agent, hostId } = await joined(hub)
    await agent.acknowledged(agent.tick(second() - 1000))
    const lock = lockDatabase(hub.dataDirectory)
    const frame = agent.tick(second())
    await says('could not be committed')
    expect(agent.framesAcknowledged).toBe(1)
    lock.release()
    await agent.acknowledged(frame)
    expect(await valuesOf(hub, hostId)).toHaveLength(2)
  })

  it('T5: a tick that is sent again changes nothing', async () => {
    const hub = await startHub()
    const { agent, hostId } = await joined(hub)
    const timeMs = second()
    agent.tick(timeMs, [1, 2, 3, 4])
    await agent.acknowledged(agent.tick(timeMs, [9, 9, 9, 9]))
    expect(await valuesOf(hub, hostId)).toEqual([[timeMs, 1]])
  })

  it('T6: a backlog is stored tick by tick, its holes left out, and does not hide the newest', async () => {
    const hub = await startHub()
    const { agent, hostId } = await joined(hub)
    const timeMs = second()
    agent.tick(timeMs, [50, 1, 1, 1])
    const frame = agent.sendBlock({
      revision: agent.revision,
      startMs: timeMs - 3000,
      stepMs: 1000,
      present: new Uint8Array([1, 0, 1]),
      values: Float64Array.from([10, NaN, 30, 1, NaN, NaN, 1, NaN, 1, 1, NaN, 1]),
    })
    await agent.acknowledged(frame)
    const expected = [
      [timeMs - 3000, 10],
      [timeMs - 1000, 30],
      [timeMs, 50],
    ]
    expect(await valuesOf(hub, hostId)).toEqual(expected)
    expect(hub.fleet.list()[0]?.figures).toMatchObject({ timeMs, cpuRatio: 0.005 })
  })

  it('T4, T6: what follows an hour of backlog waits for it, and is taken in its order', async () => {
    const hub = await startHub()
    const { agent, hostId } = await joined(hub)
    const keys = Array.from({ length: 72 }, (_, index) => `custom.metric${index}`)
    const revision = tableRevision(keys)
    agent.say({ type: 'series', revision, keys })
    const ticks = 3600
    const startMs = second() - ticks * 1000
    const hour = {
      revision,
      startMs,
      stepMs: 1000,
      present: new Uint8Array(ticks).fill(1),
      values: Float64Array.from({ length: ticks * keys.length }, (_, index) => index % ticks),
    }
    // All of it leaves at once, so that the hub has read the last while it cuts the first.
    agent.sendBlock(hour)
    agent.sendBlock({ ...hour, values: hour.values.map((value) => value + 1) })
    agent.tick(startMs + ticks * 1000, [7, 7, 7, 7])
    agent.say({ type: 'bye', reason: 'stopped' })
    await agent.acknowledged(3)
    expect(hub.fleet.list()).toMatchObject([{ status: 'unknown', statusReason: 'stopped' }])
    const found = await valuesOf(hub, hostId)
    expect(found).toEqual(
      Array.from({ length: ticks + 1 }, (_, index) => [
        startMs + index * 1000,
        index < ticks ? index : 7,
      ]),
    )
  })

  it('T9: an agent that is silent and does not answer is given up', async () => {
    const { log, says } = listeningLog()
    const hub = await startHub({ log, limits: { idleTimeoutMs: 120 } })
    const { agent, hostId } = await joined(hub)
    agent.socket.pause()
    await says('agent closed: the other side was silent for too long')
    agent.socket.terminate()
    expect(await closesOf(hub, 'timeout')).toBe(1)
    await expect
      .poll(async () => (await hub.store.events.list(hostId)).map(({ kind }) => kind))
      .toContain('disconnected')
  })
})

it('a jump of the hub’s clock ends no connection and takes no host down', async () => {
  let jumpMs = 0
  const clock: Clock = { ...systemClock, nowMs: () => Date.now() + jumpMs }
  const hub = await startHub({ clock, limits: { idleTimeoutMs: 3000 } })
  const { agent } = await joined(hub)
  await agent.acknowledged(agent.tick(second()))
  jumpMs = 3_600_000
  // An agent that only answers pings: two of them show that the hub has looked at silence twice.
  for (let ping = 0; ping < 2; ping++) await once(agent.socket, 'ping')
  hub.fleet.review()
  expect(agent.closed).toBeUndefined()
  expect(hub.fleet.list()).toMatchObject([{ status: 'up', statusReason: 'reporting' }])
  await agent.acknowledged(agent.tick(second()))
  expect(hub.fleet.list()[0]?.lastSeenMs).toBeGreaterThanOrEqual(Date.now() + 3_500_000)
})

describe('the end', () => {
  it('a clean stop of the hub acknowledges what has arrived, and says that it stops', async () => {
    const hub = await startHub({ limits: { commitEveryMs: 86_400_000 } })
    const { agent } = await joined(hub)
    const timeMs = second()
    for (let tick = 0; tick < 50; tick++) agent.tick(timeMs - tick * 1000)
    agent.say({ type: 'clock', sentMs: 1 })
    await agent.hears('clock')
    await hub.close()
    expect(await agent.ended()).toMatchObject({ code: 4503, name: 'hubStopping' })
    expect(agent.framesAcknowledged).toBe(50)
    const again = await startHub({ dataDirectory: hub.dataDirectory })
    const back = new TestAgent({ hub: again.address, keys: agent.keys })
    const { hostId } = await back.enter()
    expect(await valuesOf(again, hostId)).toHaveLength(50)
    const [run] = await again.store.hubRuns.list()
    expect(run?.stoppedMs).not.toBeNull()
  })

  it('a goodbye makes a host unknown, not down, and it stays so over a restart of the hub', async () => {
    const hub = await startHub()
    const { agent } = await joined(hub)
    await agent.acknowledged(agent.tick(second()))
    agent.say({ type: 'bye', reason: 'stopped' })
    await agent.close()
    expect(hub.fleet.list()[0]).toMatchObject({ status: 'unknown', statusReason: 'stopped' })
    await hub.close()
    const again = await startHub({ dataDirectory: hub.dataDirectory })
    const [host] = again.fleet.list()
    expect(host).toMatchObject({ status: 'unknown', statusReason: 'stopped' })
    expect(host?.figures?.cpuRatio).toBe(0.1234)
  })
})
