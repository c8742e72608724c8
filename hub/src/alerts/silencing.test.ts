// Silences and maintenance windows, and what is told as they end (docs/alerts.md, C2), on a real database.
import type { MaintenanceDraft, SilenceDraft } from '@vigie/shared/api/silence'
import { expect, it } from 'vitest'
import {
  downRule,
  driveAlerts,
  DrivenClock,
  loadRule,
  OPS,
  type DrivenHub,
} from '../../test/driven-alerts.ts'
import { openSampleStore } from '../../test/sample-alerts.ts'
import { lockDatabase } from '../../test/test-hub.ts'
import { Silencing } from './silencing.ts'

const opened = `1 opened ${OPS}`
const reminder = `1 reminder ${OPS}`
const MINUTE_MS = 60_000

const everything = { scope: { type: 'all' }, ruleIds: [] } as const

const silenceFor = (hub: DrivenHub, ms: number, change: Partial<SilenceDraft> = {}) =>
  hub.alerts.silencing.silence(
    {
      ...everything,
      ruleIds: [],
      startsMs: hub.clock.nowMs(),
      endsMs: hub.clock.nowMs() + ms,
      comment: 'new disks',
      ...change,
    },
    'ada',
  )

/** 2027-01-15T08:00:00Z is when the clock begins. */
const window: MaintenanceDraft = {
  ...everything,
  ruleIds: [],
  name: 'Backup',
  cron: '5 9 * * *',
  durationMs: 10 * MINUTE_MS,
  zone: 'Europe/Paris',
  isEnabled: true,
}

const firing = (): Promise<DrivenHub> =>
  driveAlerts({ rules: [loadRule({ forMs: 0 }, { remindEveryMs: 5 * MINUTE_MS })], hosts: 2 })

it('C2 as a silence ends, what was told before and is still wrong is a reminder; none while it lasts', async () => {
  const hub = await firing()
  hub.hold(11, 3000)
  await silenceFor(hub, 20 * MINUTE_MS)
  hub.hold(11, 19 * MINUTE_MS)
  expect(hub.alerts.holds.isSilenced(1)).toBe(true)
  expect(await hub.notices()).toEqual([opened])
  hub.hold(11, 2 * MINUTE_MS)
  expect(hub.alerts.holds.isSilenced(1)).toBe(false)
  expect(await hub.notices()).toEqual([opened, reminder])
  const entries = await hub.store.alerts.entries(1)
  expect(entries.at(-1)).toMatchObject({ kind: 'silenced', who: 'ada', text: 'new disks' })
})

it('C2 what fired while it was silenced is mailed by itself at the end: no reminder beside it', async () => {
  const hub = await firing()
  await silenceFor(hub, 2 * MINUTE_MS)
  hub.hold(11, 3 * MINUTE_MS)
  expect(await hub.notices()).toEqual([opened])
})

it('C2 what somebody has, and what was resolved, is not told again', async () => {
  const hub = await firing()
  hub.hold(11, 3000)
  await hub.alerts.acknowledge(1, { by: 'ada' })
  await silenceFor(hub, 2 * MINUTE_MS)
  hub.hold(11, 3 * MINUTE_MS)
  expect(await hub.notices()).toEqual([opened])
})

it('C2 D6 what a silence ended for while its host was down is told again when the host is back', async () => {
  const hub = await driveAlerts({ rules: [loadRule({ forMs: 0 }), downRule()] })
  hub.hold(11, 3000)
  await silenceFor(hub, 2 * MINUTE_MS)
  hub.pass(5 * MINUTE_MS)
  expect(await hub.notices()).toEqual([opened, `2 opened ${OPS}`])
  hub.hold(11, 2000)
  expect(await hub.notices()).toEqual([opened, `2 opened ${OPS}`, `2 resolved ${OPS}`, reminder])
  hub.hold(11, 60_000)
  expect(await hub.notices()).toHaveLength(4)
})

it('C2 two silences in a row are one, and ending one early ends it', async () => {
  const hub = await firing()
  hub.hold(11, 3000)
  await silenceFor(hub, 10 * MINUTE_MS)
  hub.hold(11, MINUTE_MS)
  const second = await silenceFor(hub, 60 * MINUTE_MS)
  hub.hold(11, 20 * MINUTE_MS)
  expect(await hub.notices()).toEqual([opened])
  expect(await hub.alerts.silencing.endSilence(second.id)).toBe(true)
  expect(await hub.alerts.silencing.endSilence(second.id)).toBe(false)
  hub.hold(11, 1000)
  expect(await hub.notices()).toEqual([opened, reminder])
  expect(hub.alerts.silencing.silences()).toEqual([])
})

it('C2 a silence that ends while the hub is away is not forgotten', async () => {
  const hub = await firing()
  hub.hold(11, 3000)
  await silenceFor(hub, 2 * MINUTE_MS)
  hub.hold(11, MINUTE_MS)
  await hub.restart(3 * MINUTE_MS)
  hub.hold(11, 1000)
  expect(await hub.notices()).toEqual([opened, reminder])
  await hub.restart(0)
  hub.hold(11, 2000)
  expect(await hub.notices()).toEqual([opened, reminder])
})

it('C2 a maintenance window silences, each time that it is open', async () => {
  const hub = await firing()
  const kept = await hub.alerts.silencing.createWindow(window)
  expect(new Date(kept.next?.startsMs ?? 0).toISOString()).toBe('2027-01-15T08:05:00.000Z')
  hub.hold(11, 3 * MINUTE_MS)
  await hub.restart()
  expect(hub.alerts.holds.isSilenced(1)).toBe(false)
  hub.hold(11, 4 * MINUTE_MS)
  expect(hub.alerts.holds.isSilenced(1)).toBe(true)
  await hub.restart()
  hub.hold(11, 7 * MINUTE_MS)
  expect(await hub.notices()).toEqual([opened])
  hub.hold(11, 2 * MINUTE_MS)
  expect(await hub.notices()).toEqual([opened, reminder])
  await hub.alerts.silencing.changeWindow(kept.id, { ...window, isEnabled: false })
  hub.clock.advance(24 * 60 * MINUTE_MS - 10 * MINUTE_MS)
  expect(hub.alerts.holds.isSilenced(1)).toBe(false)
  expect(await hub.alerts.silencing.deleteWindow(kept.id)).toBe(true)
  expect(hub.alerts.silencing.windows()).toEqual([])
})

it('C2 a window that could not be deleted goes on', async () => {
  const { store, dataDir } = await openSampleStore({ busyTimeoutMs: 20 })
  const clock = new DrivenClock()
  const silencing = await Silencing.open(store.silences, clock)
  const { id } = await silencing.createWindow({ ...window, cron: '* * * * *' })
  const lock = lockDatabase(dataDir)
  await expect(silencing.deleteWindow(id)).rejects.toThrow()
  lock.release()
  expect(silencing.windows()).toHaveLength(1)
  expect(silencing.coverOf({ ruleId: 1, host: undefined }, clock.nowMs())).not.toBeNull()
  expect(await silencing.deleteWindow(id)).toBe(true)
  expect(silencing.windows()).toEqual([])
})

it('silences only what it means', async () => {
  const hub = await firing()
  hub.hold(11, 1000)
  await silenceFor(hub, MINUTE_MS, { ruleIds: [7] })
  await silenceFor(hub, MINUTE_MS, { scope: { type: 'hosts', hostIds: [2] } })
  await silenceFor(hub, MINUTE_MS, { scope: { type: 'tags', tags: ['web'] } })
  await silenceFor(hub, MINUTE_MS, { startsMs: hub.clock.nowMs() + 30_000 })
  expect(hub.alerts.holds.isSilenced(1)).toBe(false)
  hub.fleet.tagged(1, ['db', 'web'])
  expect(hub.alerts.holds.isSilenced(1)).toBe(true)
  hub.fleet.tagged(1, [])
  hub.hold(11, 31_000)
  expect(hub.alerts.holds.isSilenced(1)).toBe(true)
})

it('what was resolved long ago is still silenced, after a restart too', async () => {
  const hub = await firing()
  await silenceFor(hub, 72 * 60 * MINUTE_MS)
  hub.hold(11, 2000)
  hub.hold(1, 2000)
  hub.clock.advance(48 * 60 * MINUTE_MS)
  hub.hold(1, 2000)
  expect(hub.alerts.holds.isSilenced(1)).toBe(true)
  await hub.restart()
  hub.hold(1, 2000)
  expect(hub.alerts.holds.isSilenced(1)).toBe(true)
})
