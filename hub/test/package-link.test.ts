// Packages over real sockets, between a small agent and a hub; each test is named by the rule of docs/protocol.md that it proves.
import { MAX_PACKAGES, MAX_PACKAGES_PER_MESSAGE } from '@vigie/shared/protocol/limits'
import { packageLine, packagesText } from '@vigie/shared/protocol/package-line'
import type { IncompletePackages, Package } from '@vigie/shared/protocol/packages'
import { WITH_GAPS, WITH_INCOMPLETE, WITH_PACKAGES } from '@vigie/shared/protocol/version'
import { describe, expect, it } from 'vitest'
import { hashOfText } from '../src/store/package-text.ts'
import { TestAgent, type TestAgentOptions } from './test-agent.ts'
import { listeningLog, lockDatabase, startHub, type TestHub } from './test-hub.ts'

const dpkg = (name: string, version = '1'): Package => ({ manager: 'dpkg', name, version })
const hashOf = (...packages: Package[]) => hashOfText(packagesText(packages.map(packageLine)))
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => dpkg(`package-${from + index}`))

/** A whole list in one message, unless it is changed. */
const told = (packages: Package[], change: Record<string, unknown> = {}) => ({
  type: 'packages',
  base: null,
  hash: hashOf(...packages),
  readMs: 1,
  put: packages,
  removed: [],
  isLast: true,
  ...change,
})

async function startHearing(options: Parameters<typeof startHub>[0] = {}) {
  const heard: number[] = []
  const waiting = new Set<() => void>()
  const onPackages = (hostId: number) => {
    heard.push(hostId)
    for (const wake of waiting) wake()
  }
  const hub = await startHub({ ...options, onPackages })
  const written = async (times: number) => {
    while (heard.length < times) await new Promise<void>((resolve) => waiting.add(resolve))
  }
  return { hub, heard, written }
}

async function joined(hub: TestHub, options: Partial<TestAgentOptions> = {}) {
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token, protocol: WITH_PACKAGES, ...options })
  const welcome = await agent.enter()
  return { agent, hostId: welcome.hostId, welcome }
}

async function again(hub: TestHub, { keys }: TestAgent) {
  const agent = new TestAgent({ hub: hub.address, keys, protocol: WITH_PACKAGES })
  return { agent, welcome: await agent.enter() }
}

describe('packages', () => {
  it('P1, P2, P3: a list comes in several messages, a change in one, and the next welcome says so', async () => {
    const { hub, heard, written } = await startHearing()
    const { agent, hostId, welcome } = await joined(hub)
    expect(welcome.packagesHash).toBeNull()
    const [a, b, c, newA] = [dpkg('a'), dpkg('b'), dpkg('c'), dpkg('a', '2')]
    const hash = hashOf(a, b, c)
    agent.say(told([c, a], { hash, isLast: false }))
    agent.say(told([b], { hash }))
    await written(1)
    expect(await hub.store.packages.of(hostId)).toEqual({ packages: [a, b, c], readMs: 1 })

    const change = { base: hash, hash: hashOf(newA, b), readMs: 2, put: [newA], removed: [a, c] }
    agent.say(told([], change))
    await written(2)
    expect(await hub.store.packages.of(hostId)).toEqual({ packages: [newA, b], readMs: 2 })
    expect(heard).toEqual([hostId, hostId])
    await agent.close()
    expect((await again(hub, agent)).welcome.packagesHash).toBe(hashOf(newA, b))
  })

  it('P8: what a list lacks is kept with it, is news by itself, and is told of the host', async () => {
    const { hub, written } = await startHearing()
    const { agent, hostId } = await joined(hub, { protocol: WITH_INCOMPLETE })
    const a = dpkg('a')
    const incomplete: IncompletePackages = { unread: ['rpm', 'homebrew'], isCut: true }
    // In whatever order they are told.
    const hash = hashOfText(packageLine(a), { unread: ['homebrew', 'rpm'], isCut: true })
    agent.say(told([a], { hash, incomplete }))
    await written(1)
    expect(await hub.store.packages.of(hostId)).toEqual({ packages: [a], readMs: 1, incomplete })
    const { without } = (await hub.certWatch.cert.state()).compared
    expect(without).toMatchObject([{ hostId, lacks: ['rpm', 'homebrew', 'rest'] }])
    agent.say(told([], { base: hash, hash: hashOf(a), readMs: 2 }))
    await written(2)
    expect(await hub.store.packages.of(hostId)).toEqual({ packages: [a], readMs: 2 })
    expect((await hub.certWatch.cert.state()).compared.without).toEqual([])
    await agent.close()
    expect((await again(hub, agent)).welcome.packagesHash).toBe(hashOf(a))
  })

  it('P8: it is malformed in another message than the last, and from an agent of before', async () => {
    const { hub } = await startHearing()
    const lacking = { incomplete: { unread: ['rpm'], isCut: false } }
    const first = await joined(hub, { protocol: WITH_INCOMPLETE })
    first.agent.say(told([dpkg('a')], { ...lacking, isLast: false }))
    expect(await first.agent.ended()).toMatchObject({ name: 'malformed' })
    const older = await joined(hub)
    older.agent.say(told([dpkg('a')], lacking))
    expect(await older.agent.ended()).toMatchObject({ name: 'malformed' })
  })

  it('P2: what was not told to its end is nothing', async () => {
    const { hub, written } = await startHearing()
    const { agent, hostId } = await joined(hub)
    agent.say(told([dpkg('a')], { isLast: false }))
    await agent.close()
    const { agent: back, welcome } = await again(hub, agent)
    expect(welcome.packagesHash).toBeNull()
    back.say(told([dpkg('b')]))
    await written(1)
    expect((await hub.store.packages.of(hostId))?.packages).toEqual([dpkg('b')])
  })

  it('P3: a list may be empty', async () => {
    const { hub, written } = await startHearing()
    const { agent, hostId } = await joined(hub)
    agent.say(told([]))
    await written(1)
    expect((await hub.store.packages.of(hostId))?.packages).toEqual([])
  })

  it('a moment that the hub has not reached is none at which packages were read', async () => {
    const { hub, written } = await startHearing()
    const { agent, hostId } = await joined(hub)
    agent.say(told([], { readMs: 8e15 }))
    await written(1)
    expect((await hub.store.packages.of(hostId))?.readMs).toBeLessThanOrEqual(Date.now())
  })

  it('P4: a list that is not of its hash is not kept, and is asked for as a whole', async () => {
    const { log, says } = listeningLog()
    const { hub } = await startHearing({ log })
    const { agent, hostId } = await joined(hub)
    agent.say(told([dpkg('a')], { hash: hashOf(dpkg('b')) }))
    await says('does not fit')
    expect(await hub.store.packages.of(hostId)).toBeUndefined()
    // It does not wait for the agent to come back by itself.
    expect(await agent.ended()).toMatchObject({ name: 'internal' })
    expect((await again(hub, agent)).welcome.packagesHash).toBeNull()
  })

  it('what is told while the disk cannot be written is written when it can', async () => {
    const { log, says } = listeningLog()
    const { hub, written } = await startHearing({ log, limits: { busyTimeoutMs: 1 } })
    const { agent, hostId } = await joined(hub)
    const lock = lockDatabase(hub.dataDirectory)
    agent.say(told([dpkg('a')]))
    await says('packages could not be written')
    agent.say(told([], { base: hashOf(dpkg('a')), hash: hashOf(), removed: [dpkg('a')] }))
    lock.release()
    await written(2)
    expect((await hub.store.packages.of(hostId))?.packages).toEqual([])
  })

  it('P6: agents of the versions before are told no hash and may say no packages', async () => {
    const { hub } = await startHearing()
    for (const protocol of [WITH_GAPS, 'vigie.agent.1']) {
      const { agent, welcome } = await joined(hub, { protocol })
      expect(welcome).not.toHaveProperty('packagesHash')
      agent.say(told([]))
      expect(await agent.ended()).toMatchObject({ name: 'outOfOrder' })
    }
  })
})

describe('bad packages', () => {
  const [a, b] = [dpkg('a'), dpkg('b')]
  const long = 'é'.repeat(256)
  const faults: readonly [what: string, close: string, messages: Record<string, unknown>[]][] = [
    ['P3: a change of a list that the hub has not', 'outOfOrder', [told([a], { base: hashOf(b) })]],
    [
      'P2: another list before the end of one',
      'outOfOrder',
      [told([a], { isLast: false }), told([b])],
    ],
    ['P5: more than a message may put', 'malformed', [told(many(MAX_PACKAGES_PER_MESSAGE + 1))]],
    ['P5: a name without a letter', 'malformed', [told([dpkg('')])]],
    ['P5: a name that is too long', 'malformed', [told([dpkg(long)])]],
    ['P5: a version that is too long', 'malformed', [told([dpkg('a', long)])]],
    [
      'P5: a manager of which nobody knows',
      'malformed',
      [told([a], { put: [{ ...a, manager: 'x' }] })],
    ],
    ['P5: a member of which nobody knows', 'malformed', [told([a], { put: [{ ...a, more: 1 }] })]],
    ['P5: a hash that is none', 'malformed', [told([a], { hash: 'h' })]],
    ['P5: a time that is none', 'malformed', [told([a], { readMs: -1 })]],
    [
      'P5: more packages than a host may have',
      'malformed',
      Array.from({ length: MAX_PACKAGES / MAX_PACKAGES_PER_MESSAGE + 1 }, (_, index) =>
        told([], {
          hash: hashOf(a),
          put: many(MAX_PACKAGES_PER_MESSAGE, index * MAX_PACKAGES_PER_MESSAGE),
          isLast: false,
        }),
      ),
    ],
    [
      'P5: more text than a list may have',
      'malformed',
      Array.from({ length: 9 }, (_, index) =>
        told([], {
          hash: hashOf(a),
          put: many(850, index * 850)
            .map((one) => {
              const text = '\u0001'.repeat(240)
              return { ...one, origin: text, source: text }
            })
            .slice(0, 340),
          isLast: false,
        }),
      ),
    ],
  ]

  it.each(faults)('%s closes that socket as %s, and no other', async (_, close, messages) => {
    const { hub, written, heard } = await startHearing()
    const { agent: neighbour, hostId } = await joined(hub)
    const { agent } = await joined(hub)
    for (const message of messages) agent.say(message)
    expect(await agent.ended()).toMatchObject({ name: close })
    neighbour.say(told([dpkg('a')]))
    await written(1)
    expect(heard).toEqual([hostId])
    // And the one that was closed may come back.
    await again(hub, agent)
  })
})
