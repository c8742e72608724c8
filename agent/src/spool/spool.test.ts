import { encodeBlock } from '@vigie/shared/codec/block'
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import { describe, expect, it } from 'vitest'
import type { SeriesTable } from '../tick.ts'
import { Spool } from './spool.ts'

const LIMITS = { maxTicks: 300, maxValues: 10_000 }
const table = tableOf('a', 'b')

function tableOf(...names: string[]): SeriesTable {
  const keys = names.map((name) => seriesKey(name))
  return { revision: tableRevision(keys), keys }
}

function tick(timeMs: number, of = table) {
  const values = Float64Array.from(of.keys, (_, series) => timeMs / 1000 + series)
  const present = Uint8Array.of(1)
  const block = { revision: of.revision, startMs: timeMs, stepMs: 1000, present, values }
  return { timeMs, table: of, payload: encodeBlock(block) }
}

function filled(...times: number[]): Spool {
  const spool = new Spool(1000)
  for (const timeMs of times) spool.append(tick(timeMs))
  return spool
}

describe('the spool', () => {
  it('gives consecutive ticks as one block, with gaps where there was no tick', () => {
    const run = filled(1000, 2000, 5000).run(1, 3, LIMITS)
    expect(run).toMatchObject({ first: 1, last: 3 })
    expect([...(run?.block.present ?? [])]).toEqual([1, 1, 0, 0, 1])
    expect([...(run?.block.values ?? [])]).toEqual([1, 2, NaN, NaN, 5, 2, 3, NaN, NaN, 6])
  })

  it('starts another block for another table, and where one is full', () => {
    const spool = filled(1000, 2000)
    spool.append(tick(3000, tableOf('a')))
    expect(spool.run(1, 3, LIMITS)?.last).toBe(2)
    expect(spool.run(3, 3, LIMITS)?.block.values).toHaveLength(1)
    expect(filled(1000, 2000, 3000).run(1, 3, { ...LIMITS, maxTicks: 2 })?.last).toBe(2)
    expect(filled(1000, 2000, 3000).run(1, 3, { ...LIMITS, maxValues: 2 })?.last).toBe(1)
    expect(filled(1000, 400_000).run(1, 2, LIMITS)?.last).toBe(1)
  })

  it('forgets exactly what is acknowledged, from the middle too', () => {
    const spool = filled(1000, 2000, 3000)
    spool.acknowledge(2, 2)
    expect(spool.length).toBe(2)
    expect([...(spool.run(1, 3, LIMITS)?.block.present ?? [])]).toEqual([1, 0, 1])
    spool.acknowledge(1, 3)
    expect(spool.run(1, 3, LIMITS)).toBeUndefined()
  })

  it('drops the oldest when full, by count and by size, and counts what was lost', () => {
    const byCount = new Spool(1000, { maxTicks: 2, maxBytes: 1e6 })
    for (const timeMs of [1000, 2000, 3000, 4000, 5000]) byCount.append(tick(timeMs))
    expect(byCount.droppedTicks).toBe(3)
    expect(byCount.run(1, 5, LIMITS)).toMatchObject({ first: 4, last: 5 })
    const sizeBytes = tick(1000).payload.length
    const bySize = new Spool(1000, { maxTicks: 99, maxBytes: 2 * sizeBytes })
    for (const timeMs of [1000, 2000, 3000]) bySize.append(tick(timeMs))
    expect(bySize.droppedTicks).toBe(1)
  })

  it('T8: moves the ticks of before the first synchronisation by whole intervals', () => {
    const spool = filled(1000, 2000)
    spool.shift(60_000)
    expect(spool.run(1, 2, LIMITS)?.block).toMatchObject({ startMs: 61_000 })
  })
})
