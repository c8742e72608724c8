// The gaps of hosts in a real database, as ticks come, are sealed, thinned away, and forgotten.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import { describe, expect, it, onTestFinished } from 'vitest'
import { forget } from '../store/retention.ts'
import { createSealing } from '../store/sealing.ts'
import { openStore } from '../store/store.ts'
import { thinOldestHour } from '../store/thinning.ts'
import { createGapReader, type GapRequest } from './gap-reader.ts'

const MIN_MS = 60_000
const HOUR_MS = 60 * MIN_MS
const DAY_MS = 24 * HOUR_MS
/** The start of an hour. */
const NOW_MS = 500_000 * HOUR_MS
const RETENTION_MS = 10 * DAY_MS
const KEYS = ['system.uptime']
const REVISION = 7

/** A host whose ticks come each minute; times are hours before now, as in -2.5. */
async function open({ joined = -9 * 24, retentionMs = RETENTION_MS } = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-gaps-'))
  const store = await openStore({ dataDir })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const facts = { created_ms: at(joined), agent_version: '1', interval_ms: MIN_MS }
  const { id } = await store.db
    .insertInto('host')
    .values({ name: 'a', public_key: 'a', ...facts })
    .returning('id')
    .executeTakeFirstOrThrow()
  const host = { id, createdMs: at(joined), lastSeenMs: null, intervalMs: MIN_MS }
  const asked: { fromMs: number; toMs: number }[] = []
  const history = {
    stretches: (query: { hostId: number; fromMs: number; toMs: number }) => {
      asked.push(query)
      return store.history.stretches(query)
    },
  }
  const read = createGapReader({ ...store, history, retentionMs })

  return {
    store,
    host,
    /** The ranges in which ticks were looked for. */
    asked,
    ticks: async (fromHour: number, toHour: number): Promise<void> => {
      store.writer.writeTable({ hostId: id, revision: REVISION, keys: KEYS })
      store.writer.writeTicks({
        hostId: id,
        ticks: Array.from({ length: Math.round((toHour - fromHour) * 60) + 1 }, (_, minute) =>
          tickAt(at(fromHour) + minute * MIN_MS),
        ),
        onCommitted: () => undefined,
      })
      await store.writer.flush()
    },
    seal: async (fromHour: number, toHour: number): Promise<void> => {
      const sealing = createSealing(store.db)
      for (let hour = fromHour; hour < toHour; hour++) {
        await sealing.seal({ hostId: id, hourMs: at(hour) })
      }
    },
    /** The gaps in hours before now, each with its reason and whether it is open. */
    gaps: async (request: Partial<GapRequest> = {}) => {
      const range = { fromMs: 0, toMs: NOW_MS, nowMs: NOW_MS, maxHoles: 1000 }
      const { items } = await read({ host, ...range, ...request })
      return items.map(({ fromMs, toMs, reason, isOpen }) => [
        (fromMs - NOW_MS) / HOUR_MS,
        (toMs - NOW_MS) / HOUR_MS,
        isOpen ? `${reason}, open` : reason,
      ])
    },
  }
}

function at(hour: number): number {
  return NOW_MS + hour * HOUR_MS
}

function tickAt(startMs: number) {
  const present = new Uint8Array([1])
  const values = Float64Array.of(1)
  const block = { revision: REVISION, startMs, stepMs: MIN_MS, present, values }
  return { timeMs: startMs, payload: encodeBlock(block) }
}

async function all(steps: AsyncIterable<unknown>): Promise<void> {
  const iterator = steps[Symbol.asyncIterator]()
  while ((await iterator.next()).done !== true);
}

describe('from when on there are gaps', () => {
  it('G2: from the first tick on, which may be older than the joining', async () => {
    const { ticks, seal, gaps } = await open({ joined: -3 })
    await ticks(-48, -40)
    await ticks(-30, -24)
    await seal(-48, -20)
    await ticks(-2, 0)
    expect(await gaps()).toEqual([
      [-40, -30, 'unknown'],
      [-24, -2, 'unknown'],
    ])
    // Wherever the range begins and ends.
    expect(await gaps({ fromMs: at(-60), toMs: at(-44) })).toEqual([])
    expect(await gaps({ fromMs: at(-60), toMs: at(-35) })).toEqual([[-40, -35, 'unknown']])
    expect(await gaps({ fromMs: at(-5), toMs: at(-4) })).toEqual([[-5, -4, 'unknown']])
  })

  it('G2: never for a host that has joined and sent no tick', async () => {
    const young = await open({ joined: -24 })
    expect(await young.gaps()).toEqual([])
    const old = await open({ joined: -20 * 24 })
    expect(await old.gaps()).toEqual([])
  })

  it('G2: as far back as anything is kept for a host whose ticks of before are forgotten', async () => {
    const { host, ticks, seal, gaps, store } = await open({ joined: -20 * 24 })
    await ticks(-11 * 24, -11 * 24 + 2)
    await ticks(-5 * 24, 0)
    await seal(-11 * 24, 0)
    const gap = [[-240, -120, 'unknown']]
    expect(await gaps()).toEqual(gap)
    const horizonMs = NOW_MS - RETENTION_MS
    await all(forget(store.db, { ticksMs: horizonMs, rollupsMs: horizonMs }))
    expect(await gaps()).toEqual(gap)
    // And of one that has been silent for longer than anything is kept.
    const [nowMs, toMs] = [at(11 * 24), at(11 * 24)]
    expect(await gaps({ host: { ...host, lastSeenMs: NOW_MS }, nowMs, toMs })).toEqual([
      [24, 264, 'unknown, open'],
    ])
  })

  it('G2: as long as rollups are kept, whose seconds are not', async () => {
    const { ticks, seal, gaps, store } = await open({ joined: -30 * 24, retentionMs: 60 * DAY_MS })
    await ticks(-29 * 24, -29 * 24 + 2)
    await ticks(-29 * 24 + 4, -29 * 24 + 6)
    await seal(-29 * 24, -28 * 24)
    const horizons = { ticksMs: NOW_MS - RETENTION_MS, rollupsMs: NOW_MS - 60 * DAY_MS }
    await all(forget(store.db, horizons))
    await ticks(-1, 0)
    expect(await gaps()).toEqual([
      [-694, -692, 'unknown'],
      [-690, -1, 'unknown'],
    ])
  })
})

describe('hours whose seconds were thinned away', () => {
  it('G1: are no gaps, and those between them stay', async () => {
    const { ticks, seal, gaps, store } = await open()
    await ticks(-8, -4)
    await ticks(-3, 0)
    await seal(-8, 0)
    const before = await gaps()
    expect(before).toEqual([[-4, -3, 'unknown']])
    const parts = store.db.selectFrom('sealed_part').where('tier_ms', '=', 0)
    for (let hour = 0; hour < 3; hour++) {
      await all(thinOldestHour(store.db, NOW_MS))
    }
    const kept = await parts.select('hour_ms').orderBy('hour_ms').execute()
    expect(kept[0]?.hour_ms).toBe(at(-5))
    expect(await gaps()).toEqual(before)
    while ((await parts.select('hour_ms').execute()).length > 0) {
      await all(thinOldestHour(store.db, NOW_MS + HOUR_MS))
    }
    expect(await gaps()).toEqual(before)
  })

  it('G1: are none when rows are sealed to make room', async () => {
    const { ticks, gaps, store } = await open()
    await ticks(-8, -6)
    await ticks(-5, 0)
    for (let hour = 0; hour < 12; hour++) {
      await all(thinOldestHour(store.db, at(-3)))
    }
    const parts = store.db.selectFrom('sealed_part').where('tier_ms', '=', 0)
    expect(await parts.select('hour_ms').execute()).toEqual([])
    expect(await gaps()).toEqual([[-6, -5, 'unknown']])
  })
})

describe('what is read for an answer', () => {
  it('is in proportion to the hole at its ends, not to all that is kept', async () => {
    const { ticks, seal, gaps, asked } = await open()
    await ticks(-200, -20)
    await ticks(-19.5, 0)
    await seal(-200, -1)
    asked.length = 0
    const range = { fromMs: at(-19.9), toMs: at(-19.6) }
    expect(await gaps(range)).toEqual([[-19.9, -19.6, 'unknown']])
    expect(Math.min(...asked.map(({ fromMs }) => fromMs))).toBeGreaterThan(at(-22))
    expect(Math.max(...asked.map(({ toMs }) => toMs))).toBeLessThan(at(-18))
  })

  it('G5: explains a hole alike, wherever the range begins in it', async () => {
    const { host, ticks, gaps, store } = await open({ joined: -20 * 24 })
    await ticks(-24, 0)
    const lost = { timeMs: at(-100), kind: 'disconnected', detail: 'timeout' } as const
    await store.events.append({ hostId: host.id, ...lost })
    expect(await gaps()).toEqual([
      [-240, -100, 'unknown'],
      [-100, -24, 'network'],
    ])
    expect(await gaps({ fromMs: at(-50) })).toEqual([[-50, -24, 'network']])
  })
})
