import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DrivenClock } from '../../test/test-clocks.ts'
import { tickAt } from '../../test/test-ticks.ts'
import { DiskQueue, type DiskLimits } from './disk-queue.ts'
import type { SegmentClock } from './segment.ts'

const HUBS: SegmentClock = { isHubs: true, bootId: 'boot', leadMs: 1_000_000 }
const UNBOUNDED: DiskLimits = { maxTicks: 1e9, maxBytes: 1e12 }

async function place(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-disk-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

function open(directory: string, limits = UNBOUNDED) {
  const said: string[] = []
  const logger = { warn: (_: object, message: string) => void said.push(message) }
  const clock = new DrivenClock()
  return { queue: new DiskQueue({ directory, limits, stepMs: 1000, clock, logger }), said }
}

const ticks = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => tickAt((first + index) * 1000))

/** The times of all ticks in a queue. */
async function timesOf(queue: DiskQueue): Promise<number[]> {
  const times: number[] = []
  for (let segment = await queue.load(0); segment; segment = await queue.load(segment.number)) {
    times.push(...segment.ticks.slice(segment.acknowledged).map(({ timeMs }) => timeMs))
  }
  return times
}

describe('the queue on the disk', () => {
  it('keeps its files to itself', async () => {
    const directory = join(await place(), 'spool')
    const { queue } = open(directory)
    await queue.append(ticks(1, 1), HUBS)
    const [name = ''] = await readdir(directory)
    expect((await stat(directory)).mode & 0o777).toBe(0o700)
    expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600)
    await queue.close()
  })

  it('goes on in another file when one is full, and deletes what is acknowledged', async () => {
    const directory = await place()
    const { queue } = open(directory)
    await queue.append(ticks(1, 10_000), HUBS)
    expect((await readdir(directory)).length).toBeGreaterThan(1)
    const first = await queue.load(0)
    queue.acknowledge(first?.number ?? 0, first?.ticks.length ?? 0)
    const second = await queue.load(0)
    expect(second?.ticks[0]?.timeMs).toBe(((first?.ticks.length ?? 0) + 1) * 1000)
    expect(queue.count).toBe(10_000 - (first?.ticks.length ?? 0))
    await queue.close()
    expect(await readdir(directory)).not.toContain('0000000001.spool')
  })

  it.each<[string, DiskLimits]>([
    ['ticks', { ...UNBOUNDED, maxTicks: 12_000 }],
    ['bytes', { ...UNBOUNDED, maxBytes: 600_000 }],
  ])('drops the oldest beyond its limit of %s, and says which', async (_, limits) => {
    const { queue } = open(await place(), limits)
    const dropped = []
    for (let first = 1; first < 30_000; first += 1000) {
      const gap = await queue.append(ticks(first, first + 999), HUBS)
      if (gap) dropped.push(gap)
    }
    const lost = dropped.reduce((sum, gap) => sum + gap.ticks, 0)
    expect(lost).toBeGreaterThan(10_000)
    expect(dropped.every(({ reason }) => reason === 'dropped')).toBe(true)
    expect(dropped[0]?.fromMs).toBe(0)
    expect(dropped.at(-1)?.toMs).toBe((lost + 1) * 1000)
    expect(await timesOf(queue)).toEqual(ticks(lost + 1, 30_000).map(({ timeMs }) => timeMs))
    expect(queue.count).toBe(30_000 - lost)
    await queue.close()
  })

  it('leaves alone what is not its own, and never takes its name', async () => {
    const directory = await place()
    const newer = Buffer.from('VIGIESPOOL\x02whatever')
    await writeFile(join(directory, '0000000007.spool'), newer)
    await writeFile(join(directory, 'notes.txt'), 'mine')
    const { queue, said } = open(directory, { maxTicks: 1, maxBytes: 1 })
    for (const tick of ticks(1, 3)) await queue.append([tick], HUBS)
    expect(await timesOf(queue)).toEqual([1000, 2000, 3000])
    expect(said).toEqual(['a file in the spool is of another program: left alone'])
    await queue.close()
    expect(await readdir(directory)).toEqual(['0000000007.spool', '0000000008.spool', 'notes.txt'])
    expect(await readFile(join(directory, '0000000007.spool'))).toEqual(newer)
  })

  it('goes on in a new file behind one that is torn', async () => {
    const directory = await place()
    const first = open(directory)
    await first.queue.append(ticks(1, 3), HUBS)
    await first.queue.close()
    const path = join(directory, '0000000001.spool')
    await writeFile(path, (await readFile(path)).subarray(0, -5))
    const { queue, said } = open(directory)
    await queue.append(ticks(4, 5), HUBS)
    expect(await timesOf(queue)).toEqual([1000, 2000, 4000, 5000])
    expect(said).toEqual([])
    await queue.close()
  })

  it('rejects while the disk takes nothing, and takes all when it does again', async () => {
    const directory = join(await place(), 'spool')
    await writeFile(directory, 'in the way')
    const { queue } = open(directory)
    await expect(queue.append(ticks(1, 2), HUBS)).rejects.toMatchObject({ code: 'EEXIST' })
    await rm(directory)
    await mkdir(directory)
    await queue.append(ticks(1, 3), HUBS)
    expect(await timesOf(queue)).toEqual([1000, 2000, 3000])
    await queue.close()
  })
})

describe('T8: ticks stamped before the hub was heard', () => {
  const OWN: SegmentClock = { isHubs: false, bootId: 'boot', leadMs: 400_000 }
  const settled = { ...HUBS, leadMs: 400_000 + 60_000 }

  it('move when its clock is known, and what is written then stays, past a kill too', async () => {
    const directory = await place()
    const { queue } = open(directory)
    await queue.append(ticks(1, 2), OWN)
    await queue.settle(60_000, settled)
    await queue.append(ticks(63, 64), settled)
    const expected = [61_000, 62_000, 63_000, 64_000]
    expect(await timesOf(queue)).toEqual(expected)
    // As by SIGKILL: never closed.
    const next = open(directory)
    await next.queue.settle(0, settled)
    expect(await timesOf(next.queue)).toEqual(expected)
    await queue.close()
  })

  it('move by what the next process of the same boot finds out, and stay after another boot', async () => {
    const directory = await place()
    const first = open(directory)
    await first.queue.append(ticks(1, 1), OWN)
    await first.queue.close()
    const rebooted = open(directory)
    await rebooted.queue.append(ticks(5, 5), { ...OWN, bootId: 'other' })
    await rebooted.queue.settle(0, { ...settled, bootId: 'other' })
    expect(await timesOf(rebooted.queue)).toEqual([1000, 5000])
    await rebooted.queue.close()
    const { queue } = open(directory)
    await queue.settle(0, settled)
    expect(await timesOf(queue)).toEqual([61_000, 5000])
  })

  it('move again when the hub’s clock is set back, those of this process only', async () => {
    const directory = await place()
    const first = open(directory)
    await first.queue.append(ticks(100, 100), HUBS)
    await first.queue.close()
    const { queue } = open(directory)
    await queue.append(ticks(101, 101), HUBS)
    await queue.settle(-30_000, undefined)
    await queue.settle(-30_000, undefined)
    expect(await timesOf(queue)).toEqual([100_000, 41_000])
  })
})
