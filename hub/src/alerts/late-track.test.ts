// What late ticks tell (docs/alerts.md, A10 and L1 to L3), on a real database.
import { expect, it } from 'vitest'
import { BEGIN_MS, driveAlerts, LOAD, loadRule, OPS } from '../../test/driven-alerts.ts'

const opened = `1 opened ${OPS}`
const resolved = `1 resolved ${OPS}`
const values = (...runs: [value: number, seconds: number][]): Record<string, number[]> => ({
  [LOAD]: runs.flatMap(([value, seconds]) => Array<number>(seconds).fill(value)),
})

it('L1 L2 what fired and was over while the host was away is an incident of the past', async () => {
  const hub = await driveAlerts({ rules: [loadRule()] })
  hub.hold(1, 10_000)
  hub.clock.advance(120_000)
  hub.tick({ [LOAD]: 1 })
  hub.backlog(values([1, 20], [11, 30], [1, 69]), { startMs: BEGIN_MS + 11_000 })
  const [late] = await hub.incidents()
  expect(late).toMatchObject({
    kind: 'late',
    state: 'resolved',
    sinceMs: BEGIN_MS + 31_000,
    firedMs: BEGIN_MS + 41_000,
    resolvedMs: BEGIN_MS + 61_000,
    resolvedWhy: 'cleared',
    value: 11,
  })
  expect(await hub.notices()).toEqual([opened, resolved])
  expect(hub.alerts.open()).toEqual([])
})

it('L3 notices of late incidents wait until no track is open, for ten minutes at most', async () => {
  const hub = await driveAlerts({ rules: [loadRule()], hosts: 2 })
  expect(hub.alerts.holds.isCatchingUp()).toBe(true)
  hub.hold(1, 60_000)
  expect(hub.alerts.holds.isCatchingUp()).toBe(false)
  hub.clock.advance(120_000)
  hub.tick({ [LOAD]: 1 })
  hub.backlog(values([1, 5]), { startMs: BEGIN_MS + 70_000 })
  expect(hub.alerts.holds.isCatchingUp()).toBe(true)
  hub.hold(1, 14_000)
  expect(hub.alerts.holds.isCatchingUp()).toBe(true)
  hub.hold(1, 2000)
  expect(hub.alerts.holds.isCatchingUp()).toBe(false)
  // A host that is always late holds nobody's mail for ever.
  const late = (): void =>
    hub.backlog(values([1, 1]), { startMs: hub.clock.nowMs() - 70_000, hostId: 2 })
  hub.pass(599_000, late)
  expect(hub.alerts.holds.isCatchingUp()).toBe(true)
  hub.pass(5000, late)
  expect(hub.alerts.holds.isCatchingUp()).toBe(false)
})

it('L2 what is still beyond belongs to the machine of today, which began earlier', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 60_000 })] })
  hub.hold(1, 10_000)
  hub.clock.advance(120_000)
  hub.tick({ [LOAD]: 11 })
  hub.backlog(values([1, 90], [11, 29]), { startMs: BEGIN_MS + 11_000 })
  hub.hold(11, 15_000)
  expect(await hub.incidents()).toMatchObject([
    { kind: 'incident', state: 'pending', sinceMs: BEGIN_MS + 101_000 },
  ])
  hub.hold(11, 17_000)
  const [incident] = await hub.incidents()
  expect(incident).toMatchObject({ state: 'firing', sinceMs: BEGIN_MS + 101_000 })
  expect(incident?.firedMs).toBe(BEGIN_MS + 161_000)
  expect(await hub.notices()).toEqual([opened])
})

it('L2 what was beyond to the end of the hole and clear after it is over', async () => {
  const hub = await driveAlerts({ rules: [loadRule()] })
  hub.hold(1, 10_000)
  hub.clock.advance(120_000)
  hub.tick({ [LOAD]: 1 })
  hub.backlog(values([1, 19], [11, 100]), { startMs: BEGIN_MS + 11_000 })
  hub.hold(1, 10_000)
  hub.hold(11, 8000)
  expect(await hub.incidents()).toMatchObject([
    { kind: 'late', sinceMs: BEGIN_MS + 30_000, resolvedMs: BEGIN_MS + 129_000 },
    { kind: 'incident', state: 'pending', sinceMs: BEGIN_MS + 141_000 },
  ])
})

it('L1 a track begins with what was firing, and tells nothing of it', async () => {
  const hub = await driveAlerts({ rules: [loadRule()] })
  hub.hold(11, 11_000)
  hub.clock.advance(120_000)
  hub.tick({ [LOAD]: 11 })
  hub.backlog(values([11, 60], [1, 30], [11, 29]), { startMs: BEGIN_MS + 12_000 })
  hub.hold(11, 20_000)
  expect(await hub.incidents()).toMatchObject([{ state: 'firing', sinceMs: BEGIN_MS + 1000 }])
  hub.hold(1, 2000)
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('L1 what was pending as the hub stopped fires in the backlog, when it went on there', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 30_000 })] })
  hub.hold(11, 20_000)
  await hub.restart(120_000)
  hub.tick({ [LOAD]: 1 })
  hub.backlog(values([11, 15], [1, 100]), { startMs: BEGIN_MS + 21_000 })
  expect(await hub.incidents()).toMatchObject([
    { kind: 'late', sinceMs: BEGIN_MS + 1000, firedMs: BEGIN_MS + 31_000 },
  ])
})

it('A10 a backlog that is sent again, or that a hub of before has judged, tells nothing twice', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 3000 })] })
  hub.hold(1, 5000)
  hub.hold(11, 5000)
  hub.hold(1, 5000)
  const all = values([1, 5], [11, 5], [1, 5])
  hub.backlog(all, { startMs: BEGIN_MS + 1000 })
  hub.hold(1, 20_000)
  await hub.restart(10_000)
  hub.tick({ [LOAD]: 1 })
  hub.backlog(all, { startMs: BEGIN_MS + 1000 })
  hub.hold(1, 20_000)
  expect(await hub.notices()).toEqual([opened, resolved])
})

it('A10 a tick of more than a minute ago is late, though it is the newest', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 })] })
  hub.backlog(values([11, 1]), { startMs: BEGIN_MS - 61_000 })
  expect(await hub.incidents()).toEqual([])
  hub.backlog(values([11, 1]), { startMs: BEGIN_MS - 60_000 })
  expect(await hub.incidents()).toMatchObject([{ state: 'firing' }])
})

it('L2 a window that is not full yet goes on with what its backlog says', async () => {
  const rule = loadRule({ statistic: 'mean', windowMs: 60_000, forMs: 60_000 })
  const hub = await driveAlerts({ rules: [rule] })
  hub.hold(1, 70_000)
  await hub.restart(300_000)
  hub.tick({ [LOAD]: 20 })
  hub.backlog(values([1, 50], [20, 249]), { startMs: BEGIN_MS + 71_000 })
  hub.hold(20, 16_000)
  expect(await hub.incidents()).toMatchObject([{ kind: 'incident', state: 'firing', value: 20 }])
  hub.hold(20, 120_000)
  expect(await hub.notices()).toEqual([opened])
  hub.hold(1, 120_000)
  expect(await hub.notices()).toEqual([opened, resolved])
})
