import type { Process, Snapshot } from '@vigie/shared/protocol/inventory'
import { expect, it } from 'vitest'
import { RecentSnapshots } from './recent-snapshots.ts'

const process = (pid: number, cpuRatio: number, memoryBytes: number): Process => ({
  pid,
  name: `worker-${pid}`,
  command: `/usr/bin/worker --number ${pid}`,
  user: 'www',
  cpuRatio,
  memoryBytes,
  threads: 4,
})

const snapshot = (timeMs: number, top: Process[] = []): Snapshot => ({
  timeMs,
  processes: { total: 300, top },
  users: [{ name: 'root', terminal: 'tty1' }],
  failedUnits: [],
})

const times = (recent: RecentSnapshots): number[] => recent.read().map(({ timeMs }) => timeMs)

it('holds a minute, oldest first', () => {
  const recent = new RecentSnapshots()
  for (let index = 0; index <= 10; index++) recent.add(snapshot(index * 10_000))
  expect(times(recent)).toEqual([50_000, 60_000, 70_000, 80_000, 90_000, 100_000])
  recent.add(snapshot(500_000))
  expect(times(recent)).toEqual([500_000])
})

it('holds the busiest by CPU and by memory as they were, and no users', () => {
  const recent = new RecentSnapshots()
  const top = Array.from({ length: 30 }, (_, index) => process(index, index / 100, 1e9 - index))
  recent.add(snapshot(0, top))
  expect(recent.read()).toEqual([
    { timeMs: 0, processes: { total: 300, top: [...top.slice(0, 8), ...top.slice(22)] }, failedUnits: [] }, // prettier-ignore
  ])
})

it('knows what an agent cannot read from what is nothing', () => {
  const recent = new RecentSnapshots()
  const unknown: Process = { pid: 1, name: 'a', command: 'a', memoryBytes: 5 }
  recent.add({ timeMs: 0 })
  recent.add(snapshot(1, [unknown]))
  expect(recent.read()).toEqual([
    { timeMs: 0 },
    { timeMs: 1, processes: { total: 300, top: [unknown] }, failedUnits: [] },
  ])
})

it('holds no more of an agent that sends much', () => {
  const recent = new RecentSnapshots()
  const long = { ...process(1, 1, 1), command: `${'x'.repeat(118)}🙂${'x'.repeat(400)}` }
  const units = Array.from({ length: 256 }, (_, index) => `unit-${index}.service`)
  for (let count = 0; count < 100; count++) {
    recent.add({ ...snapshot(5), failedUnits: units })
    recent.add(snapshot(5, [long]))
  }
  const [first, last] = [recent.read()[1], recent.read().at(-1)]
  expect(recent.read()).toHaveLength(7)
  expect(first?.failedUnits).toHaveLength(16)
  expect(last?.processes?.top[0]?.command).toBe(`${'x'.repeat(118)}\ufffd…`)
})

it('begins anew when the host’s clock was set back', () => {
  const recent = new RecentSnapshots()
  for (const timeMs of [100_000, 110_000, 50_000, 60_000]) recent.add(snapshot(timeMs))
  expect(times(recent)).toEqual([50_000, 60_000])
})
