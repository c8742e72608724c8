import { encodeBlock, type Block } from '@vigie/shared/codec/block'
import { expect, it, onTestFinished } from 'vitest'
import { Fleet } from './fleet.ts'
import type { HostSeed } from './host-state.ts'

const SEED: HostSeed = {
  id: 1,
  name: 'web-1',
  tags: [],
  createdMs: 0,
  bootId: null,
  agentVersion: '0.1.0',
  intervalMs: 1000,
  inventory: null,
  lastSeenMs: null,
  goodbye: null,
  revokedMs: null,
  retiredMs: null,
}

function fleetOf(seed: Partial<HostSeed> = {}) {
  const clock = {
    timeMs: 1_000_000,
    passedMs: 0,
    nowMs: () => clock.timeMs,
    elapsedMs: () => clock.passedMs,
  }
  const fleet = new Fleet(clock)
  onTestFinished(() => fleet.close())
  fleet.add({ ...SEED, ...seed })
  const status = (afterMs = 0): string => {
    clock.timeMs += afterMs
    clock.passedMs += afterMs
    fleet.review()
    const [host] = fleet.list()
    return `${host?.status} ${host?.statusReason}`
  }
  return { fleet, status, clock }
}

const frame = (startMs: number, cpu: readonly number[]) => {
  const block: Block = {
    revision: 1,
    startMs,
    stepMs: 1000,
    present: new Uint8Array(cpu.length).fill(1),
    values: Float64Array.from(cpu),
  }
  return { keys: ['system.cpu.utilization'], block, bytes: encodeBlock(block) }
}

it('a host is up while it is heard, down after its grace, and up again', () => {
  const { fleet, status } = fleetOf()
  expect(status()).toBe('unknown never-seen')
  fleet.heard(1)
  expect(status()).toBe('up reporting')
  expect(status(30_000)).toBe('up reporting')
  expect(status(1)).toBe('down silent')
  fleet.heard(1)
  expect(status()).toBe('up reporting')
})

it.each([3_600_000, -3_600_000])(
  'a jump of the hub’s own clock by %d ms takes no host down, and hides none that is',
  (jumpMs) => {
    const { fleet, status, clock } = fleetOf()
    fleet.heard(1)
    clock.timeMs += jumpMs
    expect(status(1000)).toBe('up reporting')
    fleet.heard(1)
    expect(fleet.list()[0]?.lastSeenMs).toBe(1_000_000 + jumpMs + 1000)
    expect(status(30_001)).toBe('down silent')
  },
)

it('a slow host has a grace of three intervals', () => {
  const { fleet, status } = fleetOf({ intervalMs: 60_000 })
  fleet.heard(1)
  expect(status(180_000)).toBe('up reporting')
  expect(status(1)).toBe('down silent')
})

it('after the hub was away a host has its grace before it is down', () => {
  const { status } = fleetOf({ lastSeenMs: 5 })
  expect(status()).toBe('unknown hub-started')
  expect(status(30_001)).toBe('down silent')
})

it('a host whose ticks are all that is known of it was seen, and can be down', () => {
  const { fleet, status } = fleetOf()
  fleet.add({ ...SEED, id: 2 }, frame(900_000, [5000]))
  status(30_001)
  expect(fleet.list()).toMatchObject([
    { id: 1, status: 'unknown', statusReason: 'never-seen' },
    { id: 2, status: 'down', statusReason: 'silent', lastSeenMs: 900_000 },
  ])
})

it('a host that said goodbye is unknown until it is heard again', () => {
  const { fleet, status } = fleetOf()
  fleet.heard(1)
  fleet.said(1, 'rebooting')
  expect(status(3_600_000)).toBe('unknown rebooting')
  fleet.heard(1)
  expect(status()).toBe('up reporting')
})

it('figures are of the newest tick, whatever arrives last', () => {
  const { fleet } = fleetOf()
  fleet.ticked(1, frame(900_000, [5000]))
  fleet.ticked(1, frame(897_000, [1000, 2000]))
  expect(fleet.list()[0]?.figures).toMatchObject({ timeMs: 900_000, cpuRatio: 0.5 })
  const recent = fleet.host(1)?.recentCpu.read()
  expect(recent?.endMs).toBe(900_000)
  expect(recent?.cpuRatio).toHaveLength(120)
  expect(recent?.cpuRatio.slice(-5)).toEqual([null, 0.1, 0.2, null, 0.5])
})

it('a duplicate that does not come back is forgotten', () => {
  const { fleet, status } = fleetOf()
  fleet.duplicated(1, { hostname: 'clone', address: '192.0.2.1' })
  expect(fleet.list()[0]?.duplicate).toMatchObject({ hostname: 'clone', sinceMs: 1_000_000 })
  status(15 * 60_000 + 1)
  expect(fleet.list()[0]?.duplicate).toBeNull()
})

it('alerts are told for how long a host was silent by the clock that never jumps', () => {
  const { fleet, status, clock } = fleetOf({ lastSeenMs: 5, goodbye: 'rebooting', tags: ['web'] })
  const { silentForMs, ...host } = fleet.alertHost(1) ?? {}
  expect(silentForMs).toBeNull()
  expect(host).toEqual({
    id: 1,
    name: 'web-1',
    intervalMs: 1000,
    tags: ['web'],
    lastSeenMs: 5,
    goodbye: 'rebooting',
  })
  fleet.heard(1)
  status(2000)
  clock.timeMs += 3_600_000
  expect([...fleet.alertHosts()]).toMatchObject([
    { id: 1, silentForMs: 2000, lastSeenMs: 1_000_000, goodbye: null },
  ])
  expect(fleet.alertHost(2)).toBeUndefined()
})

it('a host has the tags that it was given, and pages hear of new ones', async () => {
  const { fleet } = fleetOf({ tags: ['web'] })
  expect(fleet.list()[0]?.tags).toEqual(['web'])
  const { promise, resolve } = Promise.withResolvers<unknown>()
  fleet.listen({ onHostsChanged: resolve, onFigures: () => undefined })
  fleet.tagged(1, ['db', 'site=paris'])
  expect(await promise).toMatchObject([{ id: 1, tags: ['db', 'site=paris'] }])
  expect(fleet.alertHost(1)?.tags).toEqual(['db', 'site=paris'])
})

it('a host’s snapshots of the last minute are there', () => {
  const { fleet } = fleetOf()
  fleet.showed(1, { timeMs: 1000, failedUnits: ['a.service'] })
  fleet.showed(1, { timeMs: 11_000, failedUnits: [] })
  expect(fleet.recentSnapshots(1).map(({ timeMs }) => timeMs)).toEqual([1000, 11_000])
  expect(fleet.recentSnapshots(2)).toEqual([])
})
