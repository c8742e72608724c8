// Sealing and reading on a real database file, against a plain list of ticks.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gridOf, HistoryFold } from './history-buckets.ts'
import { createHistory, type HistoryQuery } from './history.ts'
import { createSealing, HOUR_MS, StalePreparationError } from './sealing.ts'
import { openStore } from './store.ts'
import { appendStretch, type Stretch } from './stretches.ts'
import type { Run } from './tick-records.ts'

const TABLES = [
  ['system.uptime', 'system.cpu.load_average.1m'],
  ['system.uptime', 'queue{name="a"}', 'queue{name="b"}'],
] as const
const START_MS = 1_795_399_200_000
/** Times are within three hours. */
const HOURS = 3

interface Tick {
  readonly timeMs: number
  readonly stepMs: number
  readonly table: number
  readonly values: readonly number[]
}

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-sealing-'))
  const store = await openStore({ dataDir })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const { db } = store
  return { db, sealing: createSealing(db), history: createHistory(db), hostId: 0 }
}

/** A host of its own for each run of a property, on the same file. */
async function withHost(parts: Parts): Promise<Parts> {
  const facts = { created_ms: 0, agent_version: '1', interval_ms: 1000 }
  const name = String(nextHost++)
  const { id: hostId } = await parts.db
    .insertInto('host')
    .values({ name, public_key: name, ...facts })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (const keys of TABLES) {
    const row = { revision: tableRevision(keys), keys_json: JSON.stringify(keys) }
    await parts.db
      .insertInto('series_table')
      .values({ host_id: hostId, ...row })
      .execute()
  }
  return { ...parts, hostId }
}

let nextHost = 1

function runOf({ timeMs, stepMs, table, values }: Tick): Run {
  const keys = TABLES[table] ?? []
  const present = new Uint8Array([1])
  const block = { revision: tableRevision(keys), startMs: timeMs, stepMs, present }
  return { keys, block: { ...block, values: Float64Array.from(values) } }
}

async function insert({ db, hostId }: Parts, ticks: readonly Tick[]): Promise<void> {
  for (const tick of ticks) {
    await db
      .insertInto('tick')
      .values({
        host_id: hostId,
        time_ms: tick.timeMs,
        payload: encodeBlock(runOf(tick).block),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** What of a run is one tick each. */
function ticksOf({ keys, block }: Run): Tick[] {
  const { startMs, stepMs, present, values } = block
  const table = TABLES.findIndex((candidate) => candidate.length === keys.length)
  return [...present].flatMap((isPresent, tick) =>
    isPresent
      ? [
          {
            timeMs: startMs + tick * stepMs,
            stepMs,
            table,
            values: keys.map((_, series) => values[series * present.length + tick] ?? NaN),
          },
        ]
      : [],
  )
}

async function stored(
  { history, hostId }: Parts,
  query: Partial<HistoryQuery> = {},
): Promise<Tick[]> {
  const ticks: Tick[] = []
  for await (const run of history.runs({ hostId, fromMs: 0, toMs: 8e15, ...query })) {
    ticks.push(...ticksOf(run))
  }
  return ticks
}

const value = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 ** 40 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
)
const tick: fc.Arbitrary<Tick> = fc
  .record({
    second: fc.integer({ min: 0, max: HOURS * 3600 - 1 }),
    // Most on the grid, in clusters, some between two seconds.
    offsetMs: fc.constantFrom(0, 0, 0, 0, 250),
    stepMs: fc.constantFrom(1000, 1000, 1000, 5000),
    table: fc.integer({ min: 0, max: TABLES.length - 1 }),
    values: fc.tuple(value, value, value),
  })
  .map(({ second, offsetMs, stepMs, table, values }) => ({
    timeMs: START_MS + (second - (second % 300) + (second % 7)) * 1000 + offsetMs,
    stepMs,
    table,
    values: values.slice(0, TABLES[table]?.length),
  }))

type Step =
  | { readonly kind: 'arrive'; readonly ticks: readonly Tick[] }
  | { readonly kind: 'import'; readonly ticks: readonly Tick[] }
  | { readonly kind: 'seal'; readonly hour: number }
  | { readonly kind: 'thin'; readonly hour: number }

const hour = fc.integer({ min: 0, max: HOURS - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('arrive'), ticks: fc.array(tick, { maxLength: 30 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('import'), ticks: fc.array(tick, { maxLength: 30 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('seal'), hour }) },
)

/** The first tick stored for a time stays (rule T5). */
function keepFirst(model: Map<number, Tick>, ticks: readonly Tick[]): void {
  for (const each of ticks) if (!model.has(each.timeMs)) model.set(each.timeMs, each)
}

const inOrder = (model: ReadonlyMap<number, Tick>): Tick[] =>
  [...model.values()].sort((a, b) => a.timeMs - b.timeMs)

type Parts = Awaited<ReturnType<typeof open>>

async function take(parts: Parts, next: Step): Promise<void> {
  const { db, sealing, hostId } = parts
  switch (next.kind) {
    case 'arrive':
      return insert(parts, next.ticks)
    case 'import':
      for (let hourMs = START_MS; hourMs < START_MS + HOURS * HOUR_MS; hourMs += HOUR_MS) {
        const prepared = await sealing.prepare({ hostId, hourMs }, next.ticks.map(runOf))
        await db.transaction().execute((transaction) => sealing.write(transaction, prepared))
      }
      return
    case 'seal':
      await sealing.seal({ hostId, hourMs: START_MS + next.hour * HOUR_MS })
      return
    case 'thin':
      await db
        .deleteFrom('sealed_part')
        .where('host_id', '=', hostId)
        .where('tier_ms', '=', 0)
        .where('hour_ms', '=', START_MS + next.hour * HOUR_MS)
        .execute()
  }
}

describe('sealed and hot ticks', () => {
  it('T5 are read as every tick once, the first stored for its time, whatever came in whatever order', async () => {
    const opened = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const parts = await withHost(opened)
        const model = new Map<number, Tick>()
        for (const next of steps) {
          await take(parts, next)
          if ('ticks' in next) keepFirst(model, next.ticks)
          expect(await stored(parts)).toEqual(inOrder(model))
        }
        const stretches: Stretch[] = []
        for (const { timeMs, stepMs } of inOrder(model)) {
          appendStretch(stretches, { fromMs: timeMs, toMs: timeMs, stepMs })
        }
        const query = { hostId: parts.hostId, fromMs: 0, toMs: 8e15 }
        expect(await parts.history.stretches(query)).toEqual(stretches)
      }),
      { numRuns: 40 },
    )
  }, 60_000)

  it('are read between two times and by series', async () => {
    const opened = await open()
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 8 }),
        fc.integer({ min: -10, max: HOURS * 3600 }),
        fc.integer({ min: 1, max: 7200 }),
        async (steps, fromS, lengthS) => {
          const parts = await withHost(opened)
          const model = new Map<number, Tick>()
          for (const next of steps) {
            await take(parts, next)
            if ('ticks' in next) keepFirst(model, next.ticks)
          }
          const fromMs = START_MS + fromS * 1000
          const toMs = fromMs + lengthS * 1000
          const within = inOrder(model).filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs)
          expect(await stored(parts, { fromMs, toMs })).toEqual(within)
          const queues: [number, number][] = []
          const query = { hostId: parts.hostId, fromMs, toMs, series: ['queue'] }
          for await (const { keys, block } of parts.history.runs(query)) {
            keys.forEach((key, series) => {
              expect(key).toMatch(/^queue\{/)
              block.present.forEach((isPresent, index) => {
                const held = block.values[series * block.present.length + index] ?? NaN
                if (isPresent) queues.push([block.startMs + index * block.stepMs, held])
              })
            })
          }
          const wanted = within.flatMap(({ timeMs, table, values }) =>
            table === 1 ? values.slice(1).map((held) => [timeMs, held]) : [],
          )
          const sorted = (pairs: readonly (readonly (number | undefined)[])[]) =>
            pairs.map(String).sort()
          expect(sorted(queues)).toEqual(sorted(wanted))
        },
      ),
      { numRuns: 30 },
    )
  }, 60_000)

  it('fold into the same buckets from rollups as from ticks, also where seconds were thinned away', async () => {
    const opened = await open()
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 3, 6, 12, 90, 180),
        hour,
        fc.integer({ min: 0, max: 60 * HOURS - 1 }),
        async (steps, points, thinned, fromMinute) => {
          const parts = await withHost(opened)
          const model = new Map<number, Tick>()
          for (const next of [...steps, { kind: 'thin', hour: thinned } as const]) {
            await take(parts, next)
            if ('ticks' in next) keepFirst(model, next.ticks)
          }
          const fromMs = START_MS + fromMinute * 60_000
          const range = { fromMs, toMs: START_MS + HOURS * HOUR_MS, points }
          const query = { hostId: parts.hostId, ...range, intervalMs: 60_000 }
          const fold = new HistoryFold(gridOf(query), () => true)
          for (const each of model.values()) {
            const { keys, block } = runOf(each)
            const columns = keys.map((_, series) => block.values.subarray(series, series + 1))
            fold.add({ keys, timesMs: Float64Array.of(each.timeMs), columns })
          }
          expect(await parts.history.buckets(query)).toEqual(fold.finish())
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)
})

describe('an hour whose seconds were thinned away', () => {
  it('has in buckets finer than a minute what its minutes had, beside the seconds of others', async () => {
    const parts = await withHost(await open())
    const seconds = Array.from({ length: 2 * 3600 }, (_, second) => ({
      timeMs: START_MS + second * 1000,
      ...{ stepMs: 1000, table: 0, values: [second, (second * 37) % 101] },
    }))
    await insert(parts, seconds)
    const ask = async (stepS: number, minutes: number) => {
      const range = { fromMs: START_MS + 30 * 60_000, toMs: START_MS + (30 + minutes) * 60_000 }
      const points = (minutes * 60) / stepS
      const query = { hostId: parts.hostId, ...range, points, intervalMs: 1000 }
      return parts.history.buckets(query)
    }
    for (const hour of [0, 1]) await take(parts, { kind: 'seal', hour })
    const minutes = await ask(60, 60)
    const before = await ask(15, 60)
    expect(before.series.map(({ mean }) => mean.length)).toEqual([240, 240])
    await take(parts, { kind: 'thin', hour: 0 })
    const after = await ask(15, 60)
    expect(after.stepMs).toBe(15_000)
    for (const [index, { min, mean, max }] of after.series.entries()) {
      const old = before.series[index]
      const of = minutes.series[index]
      const spread = (values: readonly unknown[] = []) =>
        values.slice(0, 30).flatMap((each) => [each, each, each, each])
      expect(min).toEqual([...spread(of?.min), ...(old?.min.slice(120) ?? [])])
      expect(mean).toEqual([...spread(of?.mean), ...(old?.mean.slice(120) ?? [])])
      expect(max).toEqual([...spread(of?.max), ...(old?.max.slice(120) ?? [])])
    }
    expect((await ask(1, 2)).series.map(({ mean }) => mean.length)).toEqual([120, 120])
  })
})

describe('a prepared hour', () => {
  const at = (second: number): Tick => ({
    timeMs: START_MS + second * 1000,
    stepMs: 1000,
    table: 0,
    values: [second, 1],
  })

  it.each([
    ['a tick came', async (parts: Parts) => insert(parts, [at(2)])],
    [
      'it was sealed',
      async ({ sealing, hostId }: Parts) => sealing.seal({ hostId, hourMs: START_MS }),
    ],
  ])('is refused when %s since, and nothing is written', async (_, change) => {
    const parts = await withHost(await open())
    await insert(parts, [at(1)])
    const prepared = await parts.sealing.prepare({ hostId: parts.hostId, hourMs: START_MS }, [
      runOf(at(3)),
    ])
    await change(parts)
    const before = await stored(parts)
    const writing = parts.db
      .transaction()
      .execute((transaction) => parts.sealing.write(transaction, prepared))
    await expect(writing).rejects.toThrow(StalePreparationError)
    expect(await stored(parts)).toEqual(before)
  })

  it('deletes the rows that it holds, and says how many ticks it has', async () => {
    const parts = await withHost(await open())
    const { db, sealing } = parts
    await insert(parts, [at(1), at(2), at(4000)])
    const { ticks } = await sealing.seal({ hostId: parts.hostId, hourMs: START_MS })
    expect(ticks).toBe(2)
    const rows = await db.selectFrom('tick').select('time_ms').execute()
    expect(rows).toEqual([{ time_ms: at(4000).timeMs }])
  })
  it('that is given up for want of room is known to have been, and what was sealed of it stays', async () => {
    const parts = await withHost(await open())
    const { db, sealing, history, hostId } = parts
    const hour = { hostId, hourMs: START_MS }
    await insert(parts, [at(1), at(2)])
    await sealing.seal(hour)
    await insert(parts, [at(3), at(4)])
    expect(await sealing.giveUp(hour)).toBe(4)
    expect(await db.selectFrom('tick').select('time_ms').execute()).toEqual([])
    expect((await stored(parts)).map(({ timeMs }) => timeMs)).toEqual([at(1).timeMs, at(2).timeMs])
    const range = { hostId, fromMs: START_MS, toMs: START_MS + HOUR_MS }
    expect(await history.stretches(range)).toEqual([
      { fromMs: at(1).timeMs, toMs: at(4).timeMs, stepMs: 1000 },
    ])
  })
})
