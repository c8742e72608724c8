import type { MetricCondition } from '@vigie/shared/api/rule'
import { encodeBlock } from '@vigie/shared/codec/block'
import { describe, expect, it } from 'vitest'
import {
  BEGIN_MS,
  driveAlerts,
  LOAD,
  loadRule,
  ticksOf,
  type DrivenHub,
} from '../../test/driven-alerts.ts'

const MINUTE_MS = 60_000

/** Half an hour of it is beyond, and that is what fires. */
const mean: Partial<MetricCondition> = {
  statistic: 'mean',
  windowMs: 30 * MINUTE_MS,
  forMs: 10_000,
}

/** What agents sent, as the hub stores it: what alerts are told of is not stored by them. */
async function keep(hub: DrivenHub, series: string, values: readonly number[], startMs: number) {
  const { keys, block } = ticksOf(startMs, { [series]: values })
  const { revision } = block
  const host = { id: 1, name: 'web-1', public_key: '', created_ms: 0, boot_id: null }
  const facts = { agent_version: '', interval_ms: 1000, inventory_json: null, inventory_hash: null }
  await hub.store.db
    .insertInto('host')
    .values({ ...host, ...facts, last_seen_ms: null, goodbye: null })
    .execute()
  hub.store.writer.writeTable({ hostId: 1, revision, keys })
  const ticks = values.map((_, tick) => {
    const one = {
      revision,
      startMs: startMs + tick * 1000,
      stepMs: 1000,
      present: Uint8Array.of(1),
    }
    const payload = encodeBlock({ ...one, values: block.values.slice(tick, tick + 1) })
    return { timeMs: one.startMs, payload }
  })
  hub.store.writer.writeTicks({ hostId: 1, ticks, onCommitted: () => undefined })
  expect(await hub.store.writer.flush()).toBe(true)
}

describe('what a start of the hub begins with', () => {
  it('A8: a window that was watched before goes on, as if nothing had been', async () => {
    const hub = await driveAlerts({ rules: [loadRule(mean)] })
    const startMs = BEGIN_MS - 40 * MINUTE_MS
    await keep(hub, LOAD, Array<number>(2400).fill(20), startMs)
    hub.tick({ [LOAD]: 20 })
    await hub.alerts.recalled()
    hub.hold(20, 12_000)
    const [incident] = await hub.incidents()
    expect(incident).toMatchObject({ state: 'firing', value: 20 })
  })

  it('A8: without such a past the window is watched first', async () => {
    const hub = await driveAlerts({ rules: [loadRule(mean)] })
    hub.tick({ [LOAD]: 20 })
    await hub.alerts.recalled()
    hub.hold(20, 60_000)
    expect(await hub.incidents()).toEqual([])
  })

  it.each([
    ['three hours', 180, 0],
    ['an hour and a few minutes, whatever the clock says', 68, 100_000],
  ])('F1: a filesystem that filled up before goes on to, after %s', async (_, minutes, phaseMs) => {
    const condition = {
      type: 'fills',
      mountpoint: '*',
      withinMs: 24 * 60 * MINUTE_MS,
      clearMs: 48 * 60 * MINUTE_MS,
      forMs: 10_000,
    } as const
    const hub = await driveAlerts({ rules: [loadRule({}, { condition })] })
    hub.clock.advance(phaseMs)
    const series = (state: string): string =>
      `system.filesystem.usage{system.filesystem.mountpoint="/var",system.filesystem.state="${state}"}`
    const used = Array.from({ length: minutes * 60 }, (_, second) => 1e9 + second * 1e6)
    await keep(hub, series('used'), used, hub.clock.nowMs() - minutes * MINUTE_MS)
    const now = { [series('used')]: 1e9 + used.length * 1e6, [series('available')]: 10e9 }
    hub.tick(now)
    await hub.alerts.recalled()
    hub.pass(12_000, () => hub.tick(now))
    const [incident] = await hub.incidents()
    expect(incident?.state).toBe('firing')
    // 10 GB at 1 MB/s
    expect(incident?.value).toBeCloseTo(10_000, -3)
  })
})
