// Packages on the agent's side of the wire; each test is named by the rule of docs/protocol.md that it proves.
import type { PackagesMessage } from '@vigie/shared/protocol/agent'
import { MAX_PACKAGES_PER_MESSAGE } from '@vigie/shared/protocol/limits'
import { packageLine } from '@vigie/shared/protocol/package-line'
import type { Package } from '@vigie/shared/protocol/packages'
import { WITH_PACKAGES } from '@vigie/shared/protocol/version'
import { expect, it, onTestFinished } from 'vitest'
import { systemClock, type Clock } from '../src/clock/clock.ts'
import { generateKeyPair } from '../src/identity/keys.ts'
import { packageListOf, type PackageList } from '../src/inventory/packages/package-list.ts'
import { Link } from '../src/link/link.ts'
import { Spool } from '../src/spool/spool.ts'
import { fastClock } from './test-clocks.ts'
import { TestHub, type Faults } from './test-hub.ts'

const dpkg = (name: string, version = '1'): Package => ({ manager: 'dpkg', name, version })
const listOf = (...packages: Package[]): PackageList => packageListOf(packages.map(packageLine), 7)
const many = (count: number, version = '1') =>
  Array.from({ length: count }, (_, index) => dpkg(`package-${index}`, version))

async function startHub(faults: Faults = {}): Promise<TestHub> {
  const hub = new TestHub()
  hub.faults = faults
  await hub.start()
  onTestFinished(() => hub.kill())
  return hub
}

function linkTo(hub: TestHub, clock: Clock = systemClock, random = () => 0): Link {
  const logger = { info: () => undefined, warn: () => undefined }
  const segmentClock = () => ({ isHubs: true, bootId: 'boot', leadMs: 0 })
  const { url, fingerprint: hubFingerprint } = hub
  const link = new Link({
    identity: { hubUrl: url.href, hubFingerprint, hostId: 1, name: 'h', ...generateKeyPair() },
    introduction: { bootId: 'boot', hostname: 'h', agentVersion: '0', intervalMs: 1000 },
    startedBootMs: clock.bootMs(),
    spool: new Spool({ stepMs: 1000, clock, logger, segmentClock }),
    clock,
    logger,
    random,
    onWelcome: () => undefined,
    onClockSample: () => undefined,
    hubMs: () => Infinity,
  })
  onTestFinished(() => link.stop('stopped'))
  link.start()
  return link
}

const told = (hub: TestHub): PackagesMessage[] => hub.ofType('packages')
const hasAll =
  (hub: TestHub, times = 1) =>
  () =>
    told(hub).filter(({ isLast }) => isLast).length === times
const isServed =
  (hub: TestHub, times = 1) =>
  () =>
    hub.ofType('proof').length === times

/** Resolves when all that was said until now has arrived. */
async function settled(hub: TestHub, link: Link): Promise<void> {
  const before = hub.ofType('clock').length
  link.askTime()
  await hub.until(() => hub.ofType('clock').length > before + 1)
}

it('P1, P3: all of it at first, then what has changed, then nothing', async () => {
  const hub = await startHub()
  const link = linkTo(hub)
  const first = listOf(dpkg('a'), dpkg('b'), dpkg('c'))
  link.sendPackages(first)
  await hub.until(hasAll(hub))
  const whole = { type: 'packages', base: null, hash: first.hash, readMs: 7, isLast: true }
  expect(told(hub)).toEqual([{ ...whole, put: [dpkg('a'), dpkg('b'), dpkg('c')], removed: [] }])

  const second = listOf(dpkg('a', '2'), dpkg('b'), dpkg('c'))
  link.sendPackages(second)
  await hub.until(hasAll(hub, 2))
  const change = { ...whole, base: first.hash, hash: second.hash }
  expect(told(hub)[1]).toEqual({ ...change, put: [dpkg('a', '2')], removed: [dpkg('a')] })

  link.sendPackages(listOf(dpkg('c'), dpkg('b'), dpkg('a', '2')))
  await settled(hub, link)
  expect(told(hub)).toHaveLength(2)
})

it('P1: nothing to a hub that has it already, and only a change after that', async () => {
  const hub = await startHub()
  const first = listOf(...many(10))
  hub.packagesHash = first.hash
  const link = linkTo(hub)
  link.sendPackages(first)
  await hub.until(isServed(hub))
  await settled(hub, link)
  expect(told(hub)).toEqual([])
  link.sendPackages(listOf(...many(10), dpkg('new')))
  await hub.until(hasAll(hub))
  expect(told(hub)).toMatchObject([{ base: first.hash, put: [dpkg('new')], removed: [] }])
})

it('P3: all of it where the hub has what the agent does not know, or nothing', async () => {
  const hub = await startHub()
  hub.packagesHash = listOf(dpkg('of another time')).hash
  const link = linkTo(hub)
  const list = listOf(dpkg('a'))
  link.sendPackages(list)
  await hub.until(hasAll(hub))
  hub.packagesHash = null
  hub.closeAll('hubStopping')
  await hub.until(hasAll(hub, 2))
  expect(told(hub).map(({ base }) => base)).toEqual([null, null])
})

it('P1, P3: after a new connection, the change to what the hub was told before it', async () => {
  const hub = await startHub()
  const link = linkTo(hub)
  const first = listOf(...many(10))
  link.sendPackages(first)
  await hub.until(hasAll(hub))
  await settled(hub, link)
  await hub.kill()
  // The link may not know yet that nobody is there.
  link.sendPackages(listOf(...many(9)))
  await hub.start()
  await hub.until(hasAll(hub, 2))
  expect(told(hub)[1]).toMatchObject({ base: first.hash, put: [], removed: [dpkg('package-9')] })
})

it('P3: all of it where a change would be no smaller', async () => {
  const hub = await startHub()
  const link = linkTo(hub)
  link.sendPackages(listOf(...many(10)))
  await hub.until(hasAll(hub))
  link.sendPackages(listOf(...many(10, '2')))
  await hub.until(hasAll(hub, 2))
  expect(told(hub)[1]).toMatchObject({ base: null, put: many(10, '2'), removed: [] })
})

it('P2, P5, P7: a long list goes in messages, each after the one before has arrived', async () => {
  const hub = await startHub()
  const link = linkTo(hub, fastClock(20))
  const packages = many(5000)
  link.sendPackages(listOf(...packages))
  await hub.until(hasAll(hub))
  const messages = told(hub)
  expect(messages.length).toBeGreaterThan(5)
  const order = hub.messages.map(({ type }) => type)
  const places = order.flatMap((type, place) => (type === 'packages' ? [place] : []))
  places.slice(1).forEach((place, index) => {
    expect(order.slice(places[index], place)).toContain('clock')
  })
  for (const message of messages) {
    expect(JSON.stringify(message).length).toBeLessThan(40_000)
    expect(message.put.length).toBeLessThanOrEqual(MAX_PACKAGES_PER_MESSAGE)
  }
  const names = messages.flatMap(({ put }) => put.map(({ name }) => name))
  expect(names.sort()).toEqual(packages.map(({ name }) => name).sort())
})

it('P2: what is read while a list is under way is told after its end, the newest only', async () => {
  const hub = await startHub()
  const link = linkTo(hub, fastClock(20))
  const [first, last] = [listOf(...many(2000)), listOf(...many(1998))]
  link.sendPackages(first)
  await hub.until(() => told(hub).length > 0)
  link.sendPackages(listOf(...many(1999)))
  link.sendPackages(last)
  await hub.until(hasAll(hub, 2))
  const change = told(hub).at(-1)
  expect(change).toMatchObject({ base: first.hash, hash: last.hash, put: [] })
  expect(change?.removed).toHaveLength(2)
})

it('P2: a list that was cut off begins anew', async () => {
  const hub = await startHub()
  const link = linkTo(hub, fastClock(20))
  link.sendPackages(listOf(...many(2000)))
  await hub.until(() => told(hub).length === 2)
  await hub.kill()
  hub.messages.length = 0
  await hub.start()
  await hub.until(hasAll(hub))
  expect(told(hub).flatMap(({ put }) => put)).toHaveLength(2000)
})

it('P7: a whole list waits for its moment, is then the newest, and a change waits for none', async () => {
  const hub = await startHub()
  const waits: number[] = []
  const clock: Clock = {
    ...systemClock,
    setTimeout(callback, delayMs) {
      if (delayMs === 15_000) waits.push(delayMs)
      return systemClock.setTimeout(callback, delayMs === 15_000 ? 300 : delayMs)
    },
  }
  const link = linkTo(hub, clock, () => 0.5)
  await hub.until(isServed(hub))
  await settled(hub, link)
  link.sendPackages(listOf(dpkg('a')))
  link.sendPackages(listOf(...many(10)))
  await settled(hub, link)
  expect(waits).toHaveLength(1)
  await hub.until(hasAll(hub))
  expect(told(hub)).toMatchObject([{ base: null, put: many(10) }])
  link.sendPackages(listOf(...many(9)))
  await hub.until(hasAll(hub, 2))
  expect(waits).toHaveLength(1)
})

it('P6: nothing to a hub of the version before', async () => {
  const hub = await startHub({ only: 'vigie.agent.2' })
  const link = linkTo(hub)
  link.sendPackages(listOf(dpkg('a')))
  await hub.until(isServed(hub))
  await settled(hub, link)
  expect(told(hub)).toEqual([])
})

it('P8: what a list lacks goes to a hub that can be told, though the packages are the same', async () => {
  const hub = await startHub()
  const link = linkTo(hub)
  const lines = many(3).map(packageLine)
  const whole = packageListOf(lines, 1)
  const lacking = packageListOf(lines, 2, { unread: ['rpm'], isCut: true })
  link.sendPackages(whole)
  await hub.until(hasAll(hub))
  link.sendPackages(lacking)
  await hub.until(hasAll(hub, 2))
  const { hash, incomplete } = lacking
  expect(told(hub)[0]).not.toHaveProperty('incomplete')
  expect(told(hub)[1]).toMatchObject({ base: whole.hash, hash, put: [], removed: [], incomplete })
  expect(hash).not.toBe(whole.hash)
})

it('P8: to a hub of the version before, a list without what it lacks; and to its successor, that', async () => {
  const hub = await startHub({ only: WITH_PACKAGES })
  const link = linkTo(hub)
  const lines = many(3).map(packageLine)
  const whole = packageListOf(lines, 1)
  link.sendPackages(packageListOf(lines, 1, { unread: ['rpm'], isCut: false }))
  await hub.until(hasAll(hub))
  await settled(hub, link)
  expect(told(hub)).toMatchObject([{ base: null, hash: whole.hash, put: many(3) }])
  expect(told(hub)[0]).not.toHaveProperty('incomplete')
  hub.packagesHash = whole.hash
  await hub.kill()
  hub.faults = {}
  await hub.start()
  await hub.until(hasAll(hub, 2))
  const incomplete = { unread: ['rpm'], isCut: false }
  expect(told(hub)[1]).toMatchObject({ base: whole.hash, put: [], removed: [], incomplete })
})

it('P7: packages that a hub refuses wait for the next reading', async () => {
  const hub = await startHub({ noPackages: true })
  const link = linkTo(hub, fastClock(20))
  const list = listOf(dpkg('a'))
  link.sendPackages(list)
  await hub.until(isServed(hub, 2))
  hub.faults = {}
  await settled(hub, link)
  expect(told(hub)).toHaveLength(1)
  hub.packagesHash = null
  hub.closeAll('hubStopping')
  await hub.until(isServed(hub, 3))
  await settled(hub, link)
  expect(told(hub)).toHaveLength(1)
  link.sendPackages(list)
  await hub.until(hasAll(hub, 2))
})
