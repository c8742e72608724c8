// Rules replayed over what a real database holds, against the same ticks one by one.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Condition, MetricCondition, RuleDraft } from '@vigie/shared/api/rule'
import type { Block } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSealing } from '../store/sealing.ts'
import { openStore } from '../store/store.ts'
import { EpisodeLog, type Episode } from './episode.ts'
import { compileProbes } from './probes.ts'
import { replayRule } from './replay.ts'
import { createWatches } from './watch.ts'

const HOUR_MS = 3_600_000
/** The start of a day. */
const START_MS = 20_780 * 24 * HOUR_MS
const CPU = 'system.cpu.utilization'
const STEPS_PER_ONE = 10_000

interface Run {
  readonly keys: readonly string[]
  readonly block: Block
}

async function open() {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-replay-'))
  const store = await openStore({ dataDir })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const sealing = createSealing(store.db)
  let hosts = 0
  return {
    store,
    /** Whole hours of ticks, one after the other, sealed. */
    host: async (runs: readonly Run[]): Promise<number> => {
      const name = String(hosts++)
      const facts = { created_ms: 0, agent_version: '1', interval_ms: 1000 }
      const { id } = await store.db
        .insertInto('host')
        .values({ name, public_key: name, ...facts })
        .returning('id')
        .executeTakeFirstOrThrow()
      for (const { keys, block } of runs.slice(0, 1)) {
        await store.db
          .insertInto('series_table')
          .values({ host_id: id, revision: block.revision, keys_json: JSON.stringify(keys) })
          .execute()
      }
      for (const run of runs) {
        const hour = await sealing.prepare({ hostId: id, hourMs: run.block.startMs }, [run])
        await store.db.transaction().execute((transaction) => sealing.write(transaction, hour))
      }
      return id
    },
    replay: (
      hostId: number,
      condition: Condition,
      { fromMs = START_MS, hours = 3, intervalMs = 1000 } = {},
    ) => {
      const host = { id: hostId, intervalMs }
      const toMs = fromMs + hours * HOUR_MS
      return replayRule({ rule: draftOf(condition), host, fromMs, toMs, read: store })
    },
  }
}

function draftOf(condition: Condition): RuleDraft {
  return {
    name: 'r',
    isEnabled: true,
    severity: 'crisis',
    condition,
    scope: { type: 'all' },
    recipients: [],
    remindEveryMs: null,
  }
}

const over = (more: Partial<MetricCondition> = {}): MetricCondition => ({
  type: 'metric',
  metric: CPU,
  attributes: {},
  statistic: 'last',
  windowMs: 0,
  operator: '>',
  threshold: 0.9,
  clearAt: 0.8,
  forMs: 60_000,
  clearForMs: 30_000,
  onlyIfChanged: false,
  ...more,
})

/** Seconds of one value after the other, NaN for seconds without a tick, filled up to whole hours with 0.1. */
function hoursOf(key: string, seconds: readonly number[]): Run[] {
  return Array.from({ length: Math.ceil(seconds.length / 3600) }, (_, hour) => {
    const values = Float64Array.from({ length: 3600 }, (_, second) =>
      Math.round((seconds[hour * 3600 + second] ?? 0.1) * STEPS_PER_ONE),
    )
    const present = Uint8Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1))
    const startMs = START_MS + hour * HOUR_MS
    return {
      keys: [key],
      block: { revision: tableRevision([key]), startMs, stepMs: 1000, present, values },
    }
  })
}

/** Every tick through the probes, as it comes. */
function oneByOne(runs: readonly Run[], condition: Condition): Episode[] {
  const log = new EpisodeLog(START_MS)
  const watches = createWatches(1)
  const rule = { ...draftOf(condition), id: 1, key: null, changedMs: 0 }
  for (const { keys, block } of runs) {
    const probes = compileProbes([rule], keys, watches)
    for (let tick = 0; tick < block.present.length; tick++) {
      probes.step(block, tick, 1000, log.listen)
    }
  }
  return log.finish()
}

const spans = (values: readonly number[]) =>
  fc.array(
    fc.record({
      value: fc.constantFrom(...values),
      lengthS: fc.constantFrom(1, 20, 61, 300, 1800, 4000),
    }),
    { maxLength: 12 },
  )
const secondsOf = (parts: readonly { value: number; lengthS: number }[]): number[] =>
  parts
    .flatMap(({ value, lengthS }) => Array.from({ length: lengthS }, () => value))
    .slice(0, 3 * 3600 - 1)
const LEVELS = [0.1, 0.8, 0.85, 0.95, 0.99]

describe('a replay', () => {
  it('A2-A5: finds what the machines would have found, tick by tick', async () => {
    const { host, replay } = await open()
    const conditions = fc.record({
      forMs: fc.constantFrom(0, 5000, 60_000, 600_000),
      clearForMs: fc.constantFrom(0, 30_000, 300_000),
    })
    await fc.assert(
      fc.asyncProperty(spans([...LEVELS, NaN]), conditions, async (parts, words) => {
        const runs = hoursOf(CPU, [0.1, ...secondsOf(parts)])
        expect(await replay(await host(runs), over(words))).toEqual(oneByOne(runs, over(words)))
      }),
      { numRuns: 40 },
    )
  })

  it('A1: does so with windows', async () => {
    const { host, replay } = await open()
    const conditions = fc.record({
      statistic: fc.constantFrom<MetricCondition['statistic'][]>('mean', 'min', 'max'),
      windowMs: fc.constantFrom(10_000, 300_000, HOUR_MS),
    })
    const without = (episodes: readonly Episode[]) =>
      episodes.map((episode) => ({ ...episode, worst: null }))
    await fc.assert(
      fc.asyncProperty(spans(LEVELS), conditions, async (parts, words) => {
        const runs = hoursOf(CPU, secondsOf(parts))
        const found = await replay(await host(runs), over(words))
        expect(without(found)).toEqual(without(oneByOne(runs, over(words))))
      }),
      { numRuns: 40 },
    )
  })

  it('tells only what fired in the range, since when it began', async () => {
    const { host, replay } = await open()
    const seconds = Array.from({ length: 3 * 3600 }, (_, second) =>
      second < 600 || second >= 3590 ? 0.95 : 0.1,
    )
    const id = await host(hoursOf(CPU, seconds))
    const range = { fromMs: START_MS + HOUR_MS, hours: 2 }
    expect(await replay(id, over(), range)).toEqual([
      {
        series: CPU,
        sinceMs: START_MS + 3590_000,
        firedMs: START_MS + 3650_000,
        resolvedMs: null,
        worst: 0.95,
      },
    ])
  })

  it('takes the means of minutes where seconds are no longer kept', async () => {
    const { store, host, replay } = await open()
    const seconds = Array.from({ length: 3600 }, (_, second) =>
      second >= 1230 && second < 1830 ? 0.95 : 0.1,
    )
    const id = await host(hoursOf(CPU, seconds))
    await store.db.deleteFrom('sealed_part').where('tier_ms', '=', 0).execute()
    const [episode, ...others] = await replay(id, over({ forMs: 120_000 }))
    expect(others).toEqual([])
    const lateMs = [
      (episode?.firedMs ?? 0) - (START_MS + (1230 + 120) * 1000),
      (episode?.resolvedMs ?? 0) - (START_MS + (1830 + 30) * 1000),
    ]
    for (const late of lateMs) expect(Math.abs(late)).toBeLessThanOrEqual(120_000)
  })
})

it('F1: a replay finds when a filesystem would have been full', async () => {
  const { host, replay } = await open()
  const state = (name: string) =>
    `system.filesystem.usage{system.filesystem.mountpoint="/",system.filesystem.state="${name}"}`
  const keys = [state('available'), state('used')]
  const capacity = 30 * 3600
  const runs = Array.from({ length: 24 }, (_, hour): Run => {
    const used = Array.from({ length: 3600 }, (_, second) =>
      Math.max(0, (hour - 12) * 3600 + second),
    )
    const values = Float64Array.from([...used.map((one) => capacity - one), ...used])
    const present = new Uint8Array(3600).fill(1)
    const startMs = START_MS + hour * HOUR_MS
    return { keys, block: { revision: 9, startMs, stepMs: 1000, present, values } }
  })
  const id = await host(runs)
  const fills = {
    type: 'fills',
    mountpoint: '*',
    withinMs: 24 * HOUR_MS,
    clearMs: 48 * HOUR_MS,
  } as const
  const condition = { ...fills, forMs: 1_800_000 }
  const [episode, ...others] = await replay(id, condition, { fromMs: START_MS, hours: 24 })
  expect(others).toEqual([])
  // The median of six hours moves when half of the pairs have grown.
  expect(((episode?.sinceMs ?? 0) - START_MS) / HOUR_MS).toBeGreaterThan(15)
  expect(((episode?.sinceMs ?? 0) - START_MS) / HOUR_MS).toBeLessThan(19)
  expect((episode?.firedMs ?? 0) - (episode?.sinceMs ?? 0)).toBe(1_800_000)
  expect(episode?.resolvedMs).toBeNull()
  expect((episode?.worst ?? 0) / 3600).toBeCloseTo(18, 0)
})

describe('the replay of hosts that vanish', () => {
  const down = { type: 'down', graceMs: 30_000, stoppedGraceMs: 600_000 } as const
  const MIN_MS = 60_000

  async function withEvents(
    events: readonly [
      minute: number,
      kind: 'connected' | 'disconnected' | 'goodbye' | 'booted',
      detail?: string,
    ][],
    runs: readonly [fromMinute: number, toMinute: number | null][] = [[-600, null]],
  ) {
    const { store, host, replay } = await open()
    const id = await host([])
    for (const [from, to] of runs) {
      const startedMs = START_MS + from * MIN_MS
      const endMs = to === null ? null : START_MS + to * MIN_MS
      await store.db
        .insertInto('hub_run')
        .values({ started_ms: startedMs, heartbeat_ms: endMs ?? startedMs, stopped_ms: endMs })
        .execute()
    }
    await store.events.append(
      ...events.map(([minute, kind, detail = null]) => ({
        timeMs: START_MS + minute * MIN_MS,
        hostId: id,
        kind,
        detail,
      })),
    )
    const minutes = (timeMs: number | null) =>
      timeMs === null ? null : (timeMs - START_MS) / MIN_MS
    return async (condition: Condition, intervalMs = 1000) =>
      (await replay(id, condition, { intervalMs })).map(({ sinceMs, firedMs, resolvedMs }) =>
        [sinceMs, firedMs, resolvedMs].map(minutes),
      )
  }

  it('D1: finds each silence that is longer than the grace', async () => {
    const find = await withEvents([
      [-100, 'connected'],
      [10, 'disconnected', 'abnormal'],
      [10.4, 'connected'],
      [20, 'disconnected', 'abnormal'],
      [25, 'connected'],
      [170, 'disconnected', 'abnormal'],
    ])
    expect(await find(down)).toEqual([
      [20, 20.5, 25],
      [170, 170.5, null],
    ])
  })

  it('D1, D3: a host that ticks each minute may be silent for three of them', async () => {
    const find = await withEvents([
      [-100, 'connected'],
      [10, 'disconnected'],
      [12.5, 'connected'],
      [20, 'disconnected'],
      [25, 'connected'],
      [30, 'goodbye', 'stopped'],
      [30, 'disconnected'],
      [40, 'connected'],
    ])
    const brief = { ...down, stoppedGraceMs: 60_000 }
    expect(await find(brief, 60_000)).toEqual([
      [20, 23, 25],
      [30, 33, 41],
    ])
  })

  it('D1: a silence begins with the last that was heard, and another connection ends none', async () => {
    const find = await withEvents([
      [-100, 'connected'],
      [10, 'connected'],
      [10, 'disconnected', 'replaced'],
      [20, 'disconnected', 'timeout'],
      [25, 'connected'],
    ])
    expect(await find(down)).toEqual([[19.5, 20, 25]])
  })

  it('A5, D1: a host that flaps is one long incident', async () => {
    const events = Array.from({ length: 10 }, (_, index) => [
      [10 + index * 2, 'disconnected'] as const,
      [11 + index * 2, 'connected'] as const,
    ]).flat()
    const find = await withEvents(events.map(([minute, kind]) => [minute, kind]))
    // The first resolves at once, the second when it was heard for a minute; the third never is for two.
    expect(await find(down)).toEqual([
      [10, 10.5, 11],
      [12, 12.5, 14],
      [14, 14.5, 31],
    ])
  })

  it('D2: is patient after a start of the hub', async () => {
    const hub = [
      [-600, 10],
      [15, null],
    ] as const
    const runs = hub.map(([from, to]): [number, number | null] => [from, to])
    const back = await withEvents(
      [
        [-100, 'connected'],
        [16, 'connected'],
      ],
      runs,
    )
    expect(await back(down)).toEqual([])
    const gone = await withEvents(
      [
        [-100, 'connected'],
        [30, 'connected'],
      ],
      runs,
    )
    expect(await gone(down)).toEqual([[10, 16.5, 30]])
  })

  it('D3: misses who said goodbye later, or never', async () => {
    const find = await withEvents([
      [-100, 'connected'],
      [10, 'goodbye', 'stopped'],
      [10, 'disconnected', 'normal'],
      [30, 'connected'],
    ])
    expect(await find(down)).toEqual([[10, 20, 30]])
    expect(await find({ ...down, stoppedGraceMs: null })).toEqual([])
  })

  it('D5: finds reboots that nobody announced', async () => {
    const find = await withEvents([
      [-100, 'connected'],
      [10, 'goodbye', 'rebooting'],
      [10, 'disconnected'],
      [11, 'booted', 'b'],
      [11, 'connected'],
      [20, 'disconnected'],
      [21, 'booted', 'c'],
      [21, 'connected'],
    ])
    expect(await find({ type: 'reboot' })).toEqual([[21, 21, 21]])
  })
})
