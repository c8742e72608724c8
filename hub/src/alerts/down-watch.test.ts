// Hosts that vanish, on a real fleet and a real database (docs/alerts.md, D1 to D6).
import { expect, it } from 'vitest'
import {
  BEGIN_MS,
  downRule,
  driveAlerts,
  LOAD,
  loadRule,
  OPS,
  type DrivenHub,
} from '../../test/driven-alerts.ts'

async function heardHub(hosts: number, rules = [downRule()]): Promise<DrivenHub> {
  const hub = await driveAlerts({ rules, hosts })
  for (let id = 1; id <= hosts; id++) hub.talking.add(id)
  hub.pass(5000)
  return hub
}

/** As `down 1 firing`, by id. */
async function told(hub: DrivenHub): Promise<string[]> {
  const incidents = await hub.incidents()
  return incidents.map(({ kind, hostId, state, resolvedWhy }) =>
    [kind === 'lost-sight' ? kind : 'down', hostId, resolvedWhy ?? state]
      .filter((word) => word !== null)
      .join(' '),
  )
}

it('D1 is down after its grace, and returns with the next thing that is heard', async () => {
  const hub = await heardHub(1)
  hub.talking.clear()
  hub.pass(30_000)
  expect(await told(hub)).toEqual([])
  hub.pass(1000)
  expect(await hub.incidents()).toMatchObject([
    { state: 'firing', series: '', sinceMs: BEGIN_MS + 5000, value: 31, detail: { goodbye: null } },
  ])
  hub.talking.add(1)
  hub.pass(1000)
  expect(await hub.incidents()).toMatchObject([{ resolvedWhy: 'returned', worst: 32 }])
  expect(await hub.notices()).toEqual([`1 opened ${OPS}`, `1 resolved ${OPS}`])
})

it('D1 A5 a host that comes and goes is one long incident', async () => {
  const hub = await heardHub(1)
  const vanish = (forMs: number): void => {
    hub.talking.clear()
    hub.pass(forMs)
    hub.talking.add(1)
  }
  vanish(31_000)
  hub.pass(1000)
  vanish(31_000)
  hub.pass(59_000)
  expect(await told(hub)).toEqual(['down 1 returned', 'down 1 firing'])
  vanish(31_000)
  hub.pass(60_000)
  expect(await told(hub)).toEqual(['down 1 returned', 'down 1 firing'])
  hub.pass(1000)
  expect(await told(hub)).toEqual(['down 1 returned', 'down 1 returned'])
})

it('D1 a host that was never seen is not missed, and a slow one has three intervals', async () => {
  const hub = await driveAlerts({ rules: [downRule()] })
  hub.fleet.connected(1, { bootId: 'a', agentVersion: '1', intervalMs: 60_000 })
  hub.pass(200_000)
  hub.fleet.heard(1)
  hub.pass(180_000)
  expect(await told(hub)).toEqual([])
  hub.pass(1000)
  expect(await told(hub)).toEqual(['down 1 firing'])
})

it('D2 while the hub reads nothing nobody falls silent, and for a minute after that', async () => {
  const listening = { isOn: true }
  const hub = await driveAlerts({
    rules: [downRule()],
    hosts: 2,
    isListening: () => listening.isOn,
  })
  hub.talking.add(1)
  hub.pass(5000)
  hub.talking.clear()
  listening.isOn = false
  hub.pass(600_000)
  listening.isOn = true
  hub.pass(90_000)
  expect(await told(hub)).toEqual([])
  hub.pass(1000)
  expect(await told(hub)).toEqual(['down 1 firing'])
})

it('D2 after a start nobody is down before grace and a minute; who is down stays so', async () => {
  const hub = await heardHub(2)
  hub.talking.delete(2)
  hub.pass(31_000)
  await hub.restart(3_600_000)
  hub.talking.delete(1)
  hub.pass(90_000)
  expect(await told(hub)).toEqual(['down 2 firing'])
  hub.pass(1000)
  expect(await told(hub)).toEqual(['down 2 firing', 'down 1 firing'])
  hub.talking.add(2)
  hub.pass(1000)
  expect(await told(hub)).toEqual(['down 2 returned', 'down 1 firing'])
})

it('D2 a hub that did not run, or slept, misses nobody for it', async () => {
  const hub = await heardHub(1)
  hub.clock.advance(45_000)
  hub.alerts.review()
  hub.talking.clear()
  hub.pass(60_000)
  expect(await told(hub)).toEqual([])
  hub.talking.add(1)
  hub.pass(1000)
  // The clock that never jumps stood still.
  hub.clock.set(hub.clock.nowMs() + 8 * 3_600_000)
  hub.talking.clear()
  hub.pass(90_000)
  expect(await told(hub)).toEqual([])
  hub.pass(2000)
  expect(await told(hub)).toEqual(['down 1 firing'])
})

it('D3 who said goodbye has longer, or is not missed at all', async () => {
  const forgiving = downRule({
    name: 'Forgiving',
    condition: { type: 'down', graceMs: 30_000, stoppedGraceMs: null },
  })
  const hub = await heardHub(1, [downRule(), forgiving])
  hub.fleet.said(1, 'stopped')
  hub.talking.clear()
  hub.pass(600_000)
  expect(await told(hub)).toEqual([])
  hub.pass(1000)
  expect(await hub.incidents()).toMatchObject([
    { rule: { name: 'Host down' }, detail: { goodbye: 'stopped' } },
  ])
  await hub.restart()
  hub.pass(120_000)
  expect(await told(hub)).toEqual(['down 1 firing'])
})

it('D4 when most hosts vanish together, one incident says that the hub lost sight', async () => {
  const hub = await heardHub(5)
  hub.talking.clear()
  hub.talking.add(5)
  hub.pass(31_000)
  const incidents = await hub.incidents()
  expect(incidents[0]).toMatchObject({
    id: 1,
    kind: 'lost-sight',
    hostId: null,
    sinceMs: BEGIN_MS + 5000,
    detail: { hostIds: [1, 2, 3, 4], hosts: ['web-1', 'web-2', 'web-3', 'web-4'] },
  })
  expect(incidents.slice(1).map(({ foldedInto }) => foldedInto)).toEqual([1, 1, 1, 1])
  expect(hub.alerts.holds.isFolded(2)).toBe(true)
  expect(hub.alerts.holds.isFolded(1)).toBe(false)
  await hub.restart()
  hub.pass(100_000)
  expect(hub.alerts.holds.isFolded(2)).toBe(true)
  for (const id of [1, 2, 3, 4]) hub.talking.add(id)
  hub.pass(1000)
  expect(await told(hub)).toEqual([
    'lost-sight returned',
    ...[1, 2, 3, 4].map((id) => `down ${id} returned`),
  ])
  expect(hub.alerts.holds.isFolded(2)).toBe(false)
  expect((await hub.notices()).filter((notice) => notice.startsWith('1 '))).toEqual([
    `1 opened ${OPS}`,
    `1 resolved ${OPS}`,
  ])
})

it('D4 ten minutes after the first came back, those that are still down are on their own', async () => {
  const hub = await heardHub(4)
  hub.talking.clear()
  hub.pass(31_000)
  hub.talking.add(1).add(2).add(3)
  hub.pass(600_000)
  expect(hub.alerts.holds.isFolded(5)).toBe(true)
  hub.pass(2000)
  expect(hub.alerts.holds.isFolded(5)).toBe(false)
  expect((await told(hub)).slice(-1)).toEqual(['down 4 firing'])
})

it('D4 who is still down of an earlier lost sight, before a restart, is none of the next', async () => {
  const hub = await heardHub(5)
  hub.talking.clear()
  hub.pass(31_000)
  for (const id of [1, 2, 3, 4]) hub.talking.add(id)
  hub.pass(601_000)
  expect((await told(hub)).slice(0, 1)).toEqual(['lost-sight returned'])
  await hub.restart()
  hub.pass(61_000)
  hub.talking.clear()
  hub.pass(31_000)
  for (const id of [1, 2, 3, 4]) hub.talking.add(id)
  // They have been down within the hour, and must be heard for a while.
  hub.pass(62_000)
  expect(await told(hub)).toEqual([
    'lost-sight returned',
    ...[1, 2, 3, 4].map((id) => `down ${id} returned`),
    'down 5 firing',
    'lost-sight returned',
    ...[1, 2, 3, 4].map((id) => `down ${id} returned`),
  ])
})

it('D4 two of three are no fleet, and neither are three of ten', async () => {
  const small = await heardHub(3)
  small.talking.clear()
  small.talking.add(3)
  small.pass(31_000)
  expect(await told(small)).toEqual(['down 1 firing', 'down 2 firing'])
  const large = await heardHub(10)
  for (const id of [1, 2, 3]) large.talking.delete(id)
  large.pass(31_000)
  expect(await told(large)).toEqual(['down 1 firing', 'down 2 firing', 'down 3 firing'])
})

it('D4 everybody whom a folded host would have been told of is told of the lost sight', async () => {
  const rules = [downRule(), downRule({ name: 'Also', recipients: ['ada@example.org'] })]
  const hub = await heardHub(3, rules)
  hub.talking.clear()
  hub.pass(31_000)
  hub.talking.add(1).add(2).add(3)
  hub.pass(1000)
  expect((await hub.notices()).filter((notice) => notice.startsWith('1 '))).toEqual([
    `1 opened ${OPS}`,
    '1 opened ada@example.org',
    `1 resolved ${OPS}`,
    '1 resolved ada@example.org',
  ])
})

const boot = {
  bootId: 'new',
  earlierBootId: 'old',
  saidGoodbye: false,
  rebootedWhileHubAway: false,
  startMs: BEGIN_MS,
}

it('D5 an unannounced reboot is over as it begins, with one notice, once', async () => {
  const hub = await driveAlerts({ rules: [downRule({ condition: { type: 'reboot' } })] })
  hub.alerts.connected(1, { ...boot, earlierBootId: null })
  hub.alerts.connected(1, { ...boot, earlierBootId: 'new' })
  hub.alerts.connected(1, { ...boot, saidGoodbye: true })
  expect(await hub.incidents()).toEqual([])
  hub.alerts.connected(1, boot)
  expect(await hub.notices()).toEqual([`1 opened ${OPS}`])
  // The hub died before it wrote that it knows the boot.
  await hub.restart()
  hub.alerts.connected(1, { ...boot, rebootedWhileHubAway: true })
  expect(await hub.incidents()).toMatchObject([
    { kind: 'incident', state: 'resolved', resolvedWhy: 'over', detail: { bootId: 'new' } },
  ])
  hub.alerts.connected(1, { ...boot, bootId: 'newer', rebootedWhileHubAway: true })
  expect((await hub.incidents())[1]).toMatchObject({ kind: 'late', resolvedWhy: 'over' })
})

it('D6 while a host is down its other incidents are not told again', async () => {
  const load = loadRule({ forMs: 0 }, { remindEveryMs: 300_000 })
  const hub = await driveAlerts({ rules: [downRule(), load] })
  hub.tick({ [LOAD]: 11 })
  hub.pass(400_000)
  expect(await hub.notices()).toEqual([`1 opened ${OPS}`, `2 opened ${OPS}`])
  hub.tick({ [LOAD]: 11 })
  hub.pass(1000)
  expect((await hub.notices()).slice(2)).toEqual([`2 resolved ${OPS}`, `1 reminder ${OPS}`])
})

it('A9 a host that the fleet has no more, or that no rule means, is not down', async () => {
  const hub = await heardHub(2)
  hub.talking.clear()
  hub.pass(31_000)
  await hub.alerts.changeRule(1, downRule({ scope: { type: 'hosts', hostIds: [2] } }))
  hub.pass(1000)
  expect(await told(hub)).toEqual(['down 1 rule-changed', 'down 2 firing'])
})

it('agents A2 a host whose agent is revoked is not missed, and what was open is over', async () => {
  const hub = await heardHub(2)
  hub.talking.delete(1)
  hub.pass(31_000)
  expect(await told(hub)).toEqual(['down 1 firing'])
  hub.talking.clear()
  for (const id of [1, 2]) hub.fleet.changed(id, { revokedMs: hub.clock.nowMs() })
  hub.pass(3_600_000)
  expect(await told(hub)).toEqual(['down 1 revoked'])
  expect(await hub.notices()).toEqual([`1 opened ${OPS}`, `1 resolved ${OPS}`])
  expect(hub.fleet.find(2)).toMatchObject({ status: 'unknown', statusReason: 'revoked' })
})

it.each(['revokedMs', 'retiredMs'] as const)(
  'agents A3 A5 after %s is over, a host has the time in which its agent tries again',
  async (which) => {
    const hub = await heardHub(1)
    hub.talking.clear()
    hub.fleet.changed(1, { [which]: hub.clock.nowMs() })
    hub.pass(3_600_000)
    hub.fleet.changed(1, { [which]: null })
    expect(hub.fleet.find(1)).toMatchObject({ status: 'unknown', statusReason: 'awaited' })
    hub.pass(6 * 60_000 + 30_000)
    expect(await told(hub)).toEqual([])
    hub.pass(2000)
    expect(await told(hub)).toEqual(['down 1 firing'])
    hub.fleet.review()
    expect(hub.fleet.find(1)?.status).toBe('down')
    hub.talking.add(1)
    hub.pass(2000)
    expect(await told(hub)).toEqual(['down 1 returned'])
  },
)
