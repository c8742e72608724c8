import { encodeBlock } from '@vigie/shared/codec/block'
import { CLOSE, type CloseName } from '@vigie/shared/protocol/close-codes'
import { MAX_TABLES_PER_CONNECTION } from '@vigie/shared/protocol/limits'
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock, type Clock } from '../src/clock/clock.ts'
import { generateKeyPair } from '../src/identity/keys.ts'
import { Link } from '../src/link/link.ts'
import { Spool } from '../src/spool/spool.ts'
import type { Gap } from '../src/spool/spooled-tick.ts'
import type { SeriesTable } from '../src/tick.ts'
import { fastClock } from './test-clocks.ts'
import { TestHub, type Faults } from './test-hub.ts'

const table = tableOf('system.uptime')

function tableOf(...metrics: string[]) {
  const keys = metrics.map((metric) => seriesKey(metric))
  return { revision: tableRevision(keys), keys }
}

async function startHub(faults: Faults = {}, options = {}): Promise<TestHub> {
  const hub = new TestHub(options)
  hub.faults = faults
  await hub.start()
  onTestFinished(() => hub.kill())
  return hub
}

function agentOf(hub: TestHub, clock: Clock = systemClock, random = () => 0) {
  const spool = new Spool({
    stepMs: 1000,
    clock,
    logger: { info: () => undefined, warn: () => undefined },
    segmentClock: () => ({ isHubs: true, bootId: 'boot', leadMs: 0 }),
  })
  const log: { message: string; code?: number; retryInMs?: number; detail?: string }[] = []
  const note = (details: object, message: string) => void log.push({ ...details, message })
  const link = new Link({
    identity: {
      hubUrl: hub.url.href,
      hubFingerprint: hub.fingerprint,
      hostId: 1,
      name: 'test-host',
      ...generateKeyPair(),
    },
    introduction: {
      bootId: 'boot',
      hostname: 'test-host',
      agentVersion: '0.0.0',
      intervalMs: 1000,
    },
    spool,
    clock,
    random,
    logger: { info: note, warn: note },
    onWelcome: () => undefined,
    onClockSample: () => undefined,
    startedBootMs: clock.bootMs(),
    hubMs: () => Infinity,
  })
  let nextMs = 1_000_000
  const takeOne = (of: SeriesTable, gaps: readonly Gap[]) => {
    const timeMs = (nextMs += 1000)
    const values = Float64Array.of(timeMs / 1000)
    const present = Uint8Array.of(1)
    const { revision } = of
    const payload = encodeBlock({ revision, startMs: timeMs, stepMs: 1000, present, values })
    link.sendTick(spool.append({ timeMs, table: of, payload, gaps }))
  }
  const take = (count: number, of: SeriesTable = table) => {
    for (let taken = 0; taken < count; taken++) takeOne(of, [])
  }
  const takeAfter = (gap: Gap) => takeOne(table, [gap])
  onTestFinished(() => link.stop('stopped'))
  link.start()
  return { link, spool, log, take, takeAfter }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

const seconds = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => 1_000_000 + (from + index) * 1000)

describe('handshake', () => {
  it('H1, T3, T4: both prove themselves, the table goes first, acknowledged ticks are forgotten', async () => {
    const hub = await startHub()
    const { spool, take, link } = agentOf(hub)
    await hub.until(() => hub.ofType('clock').length > 0)
    take(3)
    await hub.until(() => hub.frames.length === 3)
    await link.stop('stopped')
    await hub.until(() => hub.closes.length === 1)
    expect(spool.count).toBe(0)
    expect(hub.frames.flat()).toEqual(seconds(1, 3))
    expect(hub.ofType('series')).toEqual([{ type: 'series', ...table }])
    expect(hub.messages.slice(0, 2).map(({ type }) => type)).toEqual(['hello', 'proof'])
    expect(hub.messages.at(-1)).toEqual({ type: 'bye', reason: 'stopped' })
    expect(hub.closes).toEqual([{ code: 1000, reason: '' }])
  })

  it('H3: a hub with another key gets no proof', async () => {
    const hub = await startHub({ strangerKey: true })
    agentOf(hub)
    await hub.until(() => hub.closes.length === 1)
    expect(hub.closes[0]?.code).toBe(CLOSE.proofRefused.code)
    expect(hub.messages.map(({ type }) => type)).toEqual(['hello'])
  })

  it('H2: a challenge replayed from an earlier connection gets no proof', async () => {
    const hub = await startHub()
    agentOf(hub)
    await hub.until(() => hub.ofType('proof').length === 1)
    hub.faults = { replay: true }
    hub.closeAll('hubStopping')
    await hub.until(() => hub.closes.length === 2)
    expect(hub.closes[1]?.code).toBe(CLOSE.proofRefused.code)
    expect(hub.ofType('hello')).toHaveLength(2)
    expect(hub.ofType('proof')).toHaveLength(1)
  })

  it('H5: a hub that says nothing is given up, and tried again', async () => {
    const hub = await startHub({ mute: true })
    agentOf(hub, fastClock(50))
    await hub.until(() => hub.connections === 2)
    expect(hub.closes[0]?.code).toBe(CLOSE.abnormal.code)
  })
})

describe('versions and certificates', () => {
  it('F5: a hub without a version in common is left for long, with what to do', async () => {
    const hub = await startHub({ otherVersion: true })
    const { log, link } = agentOf(hub)
    await until(() => link.at === 'waiting')
    expect(log).toMatchObject([{ code: CLOSE.unsupportedVersion.code, retryInMs: 300_000 }])
    expect(log[0]?.message).toContain('upgrade the older side')
    expect(hub.messages).toEqual([])
  })

  it('a certificate that no authority vouches for is refused before a word is said', async () => {
    const hub = await startHub({}, { tls: true })
    const { log, link } = agentOf(hub)
    await until(() => link.at === 'waiting')
    expect(log).toMatchObject([
      {
        code: CLOSE.abnormal.code,
        detail: 'self-signed certificate',
      },
    ])
    expect(hub.connections).toBe(0)
  })
})

describe('T10: close codes say when to come back', () => {
  it.each<[CloseName, number]>([
    ['unknownAgent', 300_000],
    ['duplicateIdentity', 300_000],
    ['proofRefused', 300_000],
    ['unsupportedVersion', 300_000],
    ['rateLimited', 500],
    ['hubStopping', 500],
    ['internal', 500],
  ])('%s: after %i ms', async (name, retryInMs) => {
    const hub = await startHub({ refuse: name })
    const { log, link } = agentOf(hub, systemClock, () => 0.5)
    await hub.until(() => hub.closes.length === 1)
    await until(() => link.at === 'waiting')
    expect(log).toMatchObject([{ code: CLOSE[name].code, retryInMs }])
    expect(log[0]?.message).toContain(CLOSE[name].meaning)
  })
})

describe('reconnection', () => {
  it('T6: the newest tick first, then the unacknowledged ones, oldest first; none is lost', async () => {
    const hub = await startHub({ noAck: true })
    const { take, spool } = agentOf(hub, fastClock(5))
    await hub.until(() => hub.ofType('clock').length > 0)
    take(5)
    await hub.until(() => hub.frames.length === 5)
    await hub.kill()
    take(700)
    hub.frames.length = 0
    hub.faults = {}
    await hub.start()
    await hub.until(() => hub.frames.flat().length >= 705)
    expect(hub.frames.map((times) => times.length)).toEqual([1, 300, 300, 104])
    expect(hub.frames.flat()).toEqual([...seconds(705, 705), ...seconds(1, 704)])
    take(1)
    await hub.until(() => hub.frames.flat().length === 706)
    expect(spool.droppedTicks).toBe(0)
  })

  it('T9: a hub that takes frames and acknowledges none is given up after 10 s', async () => {
    const hub = await startHub({ noAck: true })
    const { take, log } = agentOf(hub, fastClock(20))
    await hub.until(() => hub.ofType('clock').length > 0)
    take(1)
    await hub.until(() => hub.connections === 2)
    expect(log).toContainEqual(
      expect.objectContaining({
        code: CLOSE.timeout.code,
        detail: 'waited 10 s for an acknowledgement',
      }),
    )
    expect(hub.frames[0]).toEqual(seconds(1, 1))
  })

  it('T9: a hub that is quiet and answers no ping is given up', async () => {
    const hub = await startHub({ deaf: true })
    const { log } = agentOf(hub, fastClock(20))
    await hub.until(() => hub.connections === 2)
    expect(log).toContainEqual(
      expect.objectContaining({
        code: CLOSE.timeout.code,
        detail: 'waited 10 s for an answer to a ping',
      }),
    )
  })

  it('T3: goes on in another connection when this one has announced as many tables as it may', async () => {
    const hub = await startHub()
    const { take, spool } = agentOf(hub)
    await hub.until(() => hub.ofType('clock').length > 0)
    const most = MAX_TABLES_PER_CONNECTION
    for (let count = 1; count <= most; count++) take(1, tableOf(`custom.n${count}`))
    await until(() => spool.count === 0)
    expect(hub.ofType('series')).toHaveLength(most)
    expect(hub.connections).toBe(1)
    take(1, tableOf('custom.one_more'))
    await hub.until(() => hub.frames.length === most + 1)
    expect(hub.closes).toEqual([{ code: 1000, reason: '' }])
    expect(hub.frames.flat()).toEqual(seconds(1, most + 1))
  })
})

describe('T11: a tick that the hub refuses each time', () => {
  it.each([
    ['a backlog', 700],
    ['live ticks', 1],
  ])('is found among %s and given up, and all others arrive', async (_, waiting) => {
    const hub = await startHub({ noAck: true })
    const { take, spool, log } = agentOf(hub, fastClock(200))
    await hub.kill()
    take(waiting)
    hub.faults = { poisonMs: 1_000_000 + Math.ceil(waiting / 2) * 1000 }
    await hub.start()
    await hub.until(() => log.some(({ message }) => message.includes('given up')))
    take(1)
    await until(() => spool.count === 0)
    expect([...new Set(hub.frames.flat())].sort((a, b) => a - b)).toEqual(
      seconds(1, waiting + 1).filter((timeMs) => timeMs !== hub.faults.poisonMs),
    )
    expect(spool.droppedTicks).toBe(1)
    expect(hub.ofType('gap')).toContainEqual(
      expect.objectContaining({ reason: 'dropped', ticks: 1 }),
    )
  })
})

describe('F5: what only newer hubs know', () => {
  it('is said to them: how long the agent has run, and why there are no ticks', async () => {
    const hub = await startHub()
    const { take, takeAfter } = agentOf(hub)
    await hub.until(() => hub.ofType('clock').length > 0)
    take(1)
    takeAfter({ fromMs: 1_001_000, toMs: 1_002_000, reason: 'stalled', ticks: 1 })
    await hub.until(() => hub.frames.length === 2)
    expect(hub.ofType('hello')[0]?.runningForMs).toBeGreaterThanOrEqual(0)
    expect(hub.ofType('gap')).toEqual([
      { type: 'gap', fromMs: 1_001_000, toMs: 1_002_000, reason: 'stalled', ticks: 1 },
    ])
  })

  it('is not said to a hub of the version before', async () => {
    const hub = await startHub({ only: 'vigie.agent.1' })
    const { takeAfter } = agentOf(hub)
    await hub.until(() => hub.ofType('clock').length > 0)
    takeAfter({ fromMs: 1, toMs: 2, reason: 'stalled', ticks: 1 })
    await hub.until(() => hub.frames.length === 1)
    expect(hub.ofType('hello')[0]).not.toHaveProperty('runningForMs')
    expect(hub.ofType('gap')).toEqual([])
  })
})

describe('stop', () => {
  it('waits 2 s for a hub that does not acknowledge, then says goodbye all the same', async () => {
    const hub = await startHub({ noAck: true })
    const { take, spool, link } = agentOf(hub, fastClock(20))
    await hub.until(() => hub.ofType('clock').length > 0)
    take(1)
    await link.stop('stopped')
    expect(spool.count).toBe(1)
    await hub.until(() => hub.closes.length === 1)
    expect(hub.messages.at(-1)).toEqual({ type: 'bye', reason: 'stopped' })
    expect(hub.closes).toEqual([{ code: 1000, reason: '' }])
  })
})
