import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DrivenClock } from '../../test/test-clocks.ts'
import { tableOf, tickAt } from '../../test/test-ticks.ts'
import type { Backlog } from './backlog.ts'
import { DiskQueue } from './disk-queue.ts'
import type { MemoryLimits } from './memory-ticks.ts'
import { Spool } from './spool.ts'

const LIMITS = { maxTicks: 300, maxValues: 10_000, latestMs: Infinity }
const logger = { info: () => undefined, warn: () => undefined }

async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-spool-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

function setUp({ directory, ...rest }: { directory?: string; memoryLimits?: MemoryLimits } = {}) {
  const clock = new DrivenClock()
  const disk =
    directory === undefined
      ? undefined
      : new DiskQueue({
          directory,
          limits: { maxTicks: 1e6, maxBytes: 1e9 },
          stepMs: 1000,
          clock,
          logger,
        })
  const spool = new Spool({
    stepMs: 1000,
    clock,
    logger,
    segmentClock: () => ({ isHubs: true, bootId: 'boot', leadMs: 0 }),
    ...(disk && { disk }),
    ...rest,
  })
  const take = (...times: number[]) => times.map((timeMs) => spool.append(tickAt(timeMs)))
  return { clock, disk, spool, take }
}

async function timesOf(backlog: Backlog): Promise<number[]> {
  const times: number[] = []
  for (let batch = await backlog.next(LIMITS); batch; batch = await backlog.next(LIMITS)) {
    const { startMs, stepMs, present } = batch.run.block
    present.forEach((bit, tick) => bit && times.push(startMs + tick * stepMs))
  }
  return times
}

const seconds = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => (first + index) * 1000)

describe('the spool in memory', () => {
  it('gives consecutive ticks as one block, with gaps where there was no tick', async () => {
    const { spool, take } = setUp()
    take(1000, 2000, 5000, 6000)
    const batch = await spool.backlog().next(LIMITS)
    expect([...(batch?.run.block.present ?? [])]).toEqual([1, 1, 0, 0, 1])
    expect([...(batch?.run.block.values ?? [])]).toEqual([1, 2, NaN, NaN, 5, 2, 3, NaN, NaN, 6])
  })

  it('starts another block for another table, and where one is full', async () => {
    const { spool, take } = setUp()
    take(1000, 2000, 3000)
    spool.append(tickAt(4000, tableOf('a')))
    take(5000, 400_000, 401_000)
    const backlog = spool.backlog()
    const lengths: (number | undefined)[] = []
    for (let turn = 0; turn < 5; turn++) {
      const batch = await backlog.next({ ...LIMITS, maxTicks: 2 })
      lengths.push(batch?.run.block.present.length)
    }
    expect(lengths).toEqual([2, 1, 1, 1, 1])
  })

  it('forgets exactly what is acknowledged, from the middle too', async () => {
    const { spool, take } = setUp()
    const [, second] = take(1000, 2000, 3000, 4000)
    spool.acknowledge(second?.sequence ?? 0)
    expect(spool.count).toBe(3)
    const batch = await spool.backlog().next(LIMITS)
    expect([...(batch?.run.block.present ?? [])]).toEqual([1, 0, 1])
    batch?.acknowledge()
    expect(spool.count).toBe(1)
  })

  it('drops the oldest when full, by count and by size, and says so with the next tick', () => {
    const byCount = setUp({ memoryLimits: { maxTicks: 2, maxBytes: 1e6 } })
    const taken = byCount.take(1000, 2000, 3000, 4000, 5000)
    expect(byCount.spool.droppedTicks).toBe(3)
    expect(taken[3]?.tick.gaps).toEqual([{ fromMs: 0, toMs: 2000, reason: 'dropped', ticks: 1 }])
    const sizeBytes = tickAt(1000).payload.length
    const bySize = setUp({ memoryLimits: { maxTicks: 99, maxBytes: 2 * sizeBytes } })
    bySize.take(1000, 2000, 3000)
    expect(bySize.spool.droppedTicks).toBe(1)
  })

  it('T8: moves the ticks of before the first synchronisation by whole intervals', async () => {
    const { spool, take } = setUp()
    take(1000, 2000)
    spool.shift(60_000, true)
    expect(await timesOf(spool.backlog())).toEqual([61_000])
    expect(spool.newest(LIMITS)?.run.block.startMs).toBe(62_000)
  })

  it('T7: passes over what is of the future, and counts it', async () => {
    const { spool, take } = setUp()
    take(1000, 9_000_000, 2000, 3000)
    const batch = await spool.backlog().next({ ...LIMITS, latestMs: 60_000 })
    expect(batch?.run.block).toMatchObject({ startMs: 1000, present: Uint8Array.of(1, 1) })
    expect(spool.droppedTicks).toBe(0)
    batch?.acknowledge()
    expect(spool.droppedTicks).toBe(1)
    expect(spool.count).toBe(1)
  })
})

describe('the spool on the disk', () => {
  it('is not touched as long as the hub acknowledges', async () => {
    const directory = join(await place(), 'spool')
    const { clock, spool, disk } = setUp({ directory })
    for (const timeMs of seconds(1, 100)) {
      spool.acknowledge(spool.append(tickAt(timeMs)).sequence)
      clock.advance(1000)
    }
    await spool.close()
    expect(disk?.count).toBe(0)
    await expect(rm(directory, { recursive: true })).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it.each([
    ['many ticks', 17, 0],
    ['a long time', 2, 10_000],
  ])(
    'takes what waits for %s, and every tick after that, for another process to send',
    async (_, count, waitMs) => {
      const directory = await place()
      const first = setUp({ directory })
      first.take(...seconds(1, count - 1))
      expect(first.spool.inMemory).toBe(count - 1)
      first.clock.advance(waitMs)
      first.take(...seconds(count, count + 1))
      await first.spool.close()
      expect(first.spool).toMatchObject({ inMemory: 0, count: count + 1 })

      const { spool } = setUp({ directory })
      expect(await timesOf(spool.backlog())).toEqual(seconds(1, count + 1))
    },
  )

  it('T6: comes before what is in memory, and goes when it is acknowledged', async () => {
    const directory = await place()
    const before = setUp({ directory })
    before.take(...seconds(1, 3))
    await before.spool.close()
    const { spool, take } = setUp({ directory })
    take(...seconds(10, 12))
    const backlog = spool.backlog()
    const batches = [await backlog.next(LIMITS), await backlog.next(LIMITS)]
    expect(batches.map((batch) => batch?.run.block.startMs)).toEqual([1000, 10_000])
    expect(await backlog.next(LIMITS)).toBeUndefined()
    for (const batch of batches) batch?.acknowledge()
    expect(spool.count).toBe(1)
    await spool.close()
    expect(await timesOf(setUp({ directory }).spool.backlog())).toEqual([12_000])
  })

  it('gives the next connection what the last one had no acknowledgement for', async () => {
    const directory = await place()
    const before = setUp({ directory })
    before.take(...seconds(1, 700))
    await before.spool.close()
    const { spool } = setUp({ directory })
    const backlog = spool.backlog()
    const batch = await backlog.next(LIMITS)
    await backlog.next(LIMITS)
    batch?.acknowledge()
    expect(await timesOf(spool.backlog())).toEqual(seconds(301, 700))
  })
})
