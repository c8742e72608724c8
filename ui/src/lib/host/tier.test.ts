import { encodeBlock, decodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsOfHistory, columnsOfRuns, fillFrom, minutesWithout } from './history-port.ts'
import { Tier, type Columns, type Edges } from './tier.ts'
import { stepFor, Tiers } from './tiers.ts'
import { Timeline } from './timeline.ts'

const KEY = 'system.uptime'
const MINUTE = 60_000
const START_MS = 1_795_400_040_000
const DAY = 86_400_000

const truth = (slot: number) => (slot * 7) % 1000

/** What a hub answers: for each bucket its number, from one below to one above it. */
function answer(fromMs: number, toMs: number, stepMs: number): Columns {
  const first = fromMs / stepMs
  const mean = Float64Array.from({ length: (toMs - fromMs) / stepMs }, (_, at) => truth(first + at))
  return { mean, low: mean.map((value) => value - 1), high: mean.map((value) => value + 1) }
}

/** Asks for what is needed until nothing is; gives what was asked. */
function fill(tier: Tier, stretch: { fromMs: number; toMs: number }, edges: Edges) {
  const asked = tier.needs(KEY, stretch, edges)
  for (const need of asked) {
    tier.take(KEY, need, answer(need.fromMs, need.toMs, tier.stepMs), edges.settledMs)
  }
  return asked
}

const edgesAt = (nowMs: number, stepMs: number): Edges => ({
  knownFromMs: Infinity,
  completeMs: Math.floor(nowMs / stepMs) * stepMs,
  settledMs: nowMs,
})

describe('a tier of buckets', () => {
  const moment = fc.integer({ min: START_MS - 5 * DAY, max: START_MS - 1 })
  const stretches = fc.array(
    fc.tuple(moment, fc.integer({ min: 1, max: DAY })).map(([fromMs, spanMs]) => ({
      fromMs,
      toMs: Math.min(START_MS, fromMs + spanMs),
    })),
    { minLength: 1, maxLength: 6 },
  )

  it('knows of each stretch that it was asked for everything that is complete, and asks for nothing twice', () => {
    fc.assert(
      fc.property(stretches, (asked) => {
        const tier = new Tier(MINUTE, new Timeline(1000, 60_000))
        const edges = edgesAt(START_MS, MINUTE)
        for (const stretch of asked) {
          fill(tier, stretch, edges)
          expect(tier.needs(KEY, stretch, edges)).toEqual([])
          const first = Math.floor(stretch.fromMs / MINUTE)
          const out = new Float64Array(Math.ceil(stretch.toMs / MINUTE) - first)
          tier.copy(KEY, first, out)
          expect([...out]).toEqual([...out.keys()].map((at) => truth(first + at)))
        }
      }),
    )
  })

  it('asks for each bucket once more that has ended since, and for nothing before it', () => {
    const tier = new Tier(MINUTE, new Timeline(1000, 60_000))
    const stretch = { fromMs: START_MS - DAY, toMs: START_MS + DAY }
    fill(tier, stretch, edgesAt(START_MS, MINUTE))
    expect(fill(tier, stretch, edgesAt(START_MS + 59_999, MINUTE))).toEqual([])
    expect(fill(tier, stretch, edgesAt(START_MS + MINUTE, MINUTE))).toEqual([
      { key: KEY, fromMs: START_MS, toMs: START_MS + MINUTE },
    ])
  })

  it('asks again for what late samples have changed', () => {
    const tier = new Tier(MINUTE, new Timeline(1000, 60_000))
    const stretch = { fromMs: START_MS - 3_600_000, toMs: START_MS }
    const edges = edgesAt(START_MS, MINUTE)
    fill(tier, stretch, edges)
    tier.spoil({ fromMs: START_MS - 100_000, toMs: START_MS - 90_000 })
    expect(fill(tier, stretch, edges)).toEqual([
      { key: KEY, fromMs: START_MS - 120_000, toMs: START_MS },
    ])
    expect(fill(tier, stretch, edges)).toEqual([])
  })

  it('tells the ends of each bucket, and of a series that the hub does not know nothing', () => {
    const tier = new Tier(MINUTE, new Timeline(1000, 60_000))
    const stretch = { fromMs: START_MS - 120_000, toMs: START_MS }
    fill(tier, stretch, edgesAt(START_MS, MINUTE))
    const low = new Float64Array(2)
    const high = new Float64Array(2)
    tier.copyBand?.(KEY, START_MS / MINUTE - 2, low, high)
    expect(high.map((value, at) => value - (low[at] ?? NaN))).toEqual(Float64Array.of(2, 2))
    tier.take('other', stretch, undefined, START_MS)
    expect(tier.needs('other', stretch, edgesAt(START_MS, MINUTE))).toEqual([])
    expect(tier.valueAt('other', START_MS - 60_000)).toBeNaN()
  })

  it('forgets what is far from sight', () => {
    const tier = new Tier(MINUTE, new Timeline(1000, 60_000))
    const edges = edgesAt(START_MS, MINUTE)
    fill(tier, { fromMs: START_MS - 5 * DAY, toMs: START_MS }, edges)
    const near = { fromMs: START_MS - DAY, toMs: START_MS }
    tier.forgetAllBut(near)
    expect(tier.needs(KEY, near, edges)).toEqual([])
    expect(tier.needs(KEY, { ...near, fromMs: START_MS - 3 * DAY }, edges)).not.toEqual([])
  })
})

describe('a tier of samples', () => {
  const block = (startMs: number, values: readonly number[]) =>
    decodeBlock(
      encodeBlock({
        revision: tableRevision([KEY]),
        startMs,
        stepMs: 1000,
        present: new Uint8Array(values.length).fill(1),
        values: Float64Array.from(values),
      }),
    )

  it('has no hole where the history ends and what was heard begins', () => {
    const live = new Timeline(1000, 3_600_000)
    const tier = new Tier(1000, live)
    const stretch = { fromMs: START_MS - 60_000, toMs: START_MS + 10_000 }
    const edges = (nowMs: number, knownFromMs: number) => ({
      knownFromMs,
      completeMs: nowMs,
      settledMs: nowMs - 3000,
    })
    const ask = (nowMs: number, knownFromMs: number) => {
      const needs = tier.needs(KEY, stretch, edges(nowMs, knownFromMs))
      for (const need of needs) {
        tier.take(KEY, need, answer(need.fromMs, need.toMs, 1000), nowMs - 3000)
      }
      return needs.length
    }
    expect(ask(START_MS, Infinity)).toBe(1)
    live.merge([KEY], block(START_MS + 2000, [truth(START_MS / 1000 + 2), 5, 5]))
    // The samples between may be on their way into the database still.
    expect(ask(START_MS + 4000, START_MS + 2000)).toBe(0)
    expect(ask(START_MS + 6000, START_MS + 2000)).toBe(1)
    expect(ask(START_MS + 60_000, START_MS + 2000)).toBe(0)
    const out = new Float64Array(65)
    tier.copy(KEY, START_MS / 1000 - 60, out)
    expect(out.some(Number.isNaN)).toBe(false)
  })

  it('reads blocks as the hub frames them', () => {
    const request = { keys: [KEY], stepMs: 1000, fromMs: START_MS, toMs: START_MS + 4000 }
    const runs = [{ keys: [KEY], block: block(START_MS + 1000, [7, NaN, 9]) }]
    expect(columnsOfRuns(runs, request).get(KEY)?.mean).toEqual(Float64Array.of(NaN, 7, NaN, 9))
  })
})

describe('seconds that the hub has forgotten', () => {
  const fromMs = Math.ceil(START_MS / MINUTE) * MINUTE
  const request = { keys: [KEY], stepMs: 10_000, fromMs, toMs: fromMs + 3 * MINUTE }
  const of = (...values: number[]) => {
    const mean = Float64Array.from(values)
    return new Map([[KEY, { mean, low: mean, high: mean }]])
  }
  const seconds = () => of(NaN, NaN, NaN, NaN, NaN, NaN, NaN, 1, NaN, 3, 4, 5, 6, 7, 8, 9, 10, 11)

  it('are asked for as minutes, from the first to the last that has no sample', () => {
    expect(minutesWithout(seconds(), request)).toEqual({ fromMs, toMs: fromMs + MINUTE })
    expect(minutesWithout(new Map(), request)).toEqual({ fromMs, toMs: request.toMs })
    const later = { ...request, fromMs: fromMs + MINUTE, toMs: request.toMs }
    expect(minutesWithout(of(NaN, 1, NaN, NaN, NaN, NaN, 2), later)).toBeNull()
  })

  it('show what their minute had, and what was sampled stays', () => {
    const columns = seconds()
    fillFrom(columns, request, of(50, 50, 50, 50, 50, 50, 51, 51), { fromMs, toMs: fromMs })
    expect([...(columns.get(KEY)?.mean ?? [])].slice(0, 9)).toEqual([
      ...[50, 50, 50, 50, 50, 50, 51, 1, NaN],
    ])
    const none = new Map<string, Columns>()
    const stretch = { fromMs: fromMs + MINUTE, toMs: fromMs + 2 * MINUTE }
    fillFrom(none, request, of(7, 7, 7, 7, 7, 7), stretch)
    expect([...(none.get(KEY)?.mean ?? [])].filter((value) => value === 7)).toHaveLength(6)
    expect(none.get(KEY)?.mean.indexOf(7)).toBe(6)
  })
})

describe('the choice of a step', () => {
  it('gives at least one point a pixel, and single samples where they are few', () => {
    const span = fc.integer({ min: 10_000, max: 31 * DAY })
    const interval = fc.constantFrom(1000, 5000, 10_000, 60_000)
    fc.assert(
      fc.property(span, fc.integer({ min: 200, max: 3000 }), interval, (spanMs, widthPx, each) => {
        const stepMs = stepFor(spanMs, widthPx, each)
        expect(stepMs).toBeGreaterThanOrEqual(each)
        if (stepMs > each) expect(spanMs / stepMs).toBeGreaterThanOrEqual(widthPx)
      }),
    )
    expect(stepFor(3_600_000, 600, 1000)).toBe(1000)
    expect(stepFor(6 * 3_600_000, 600, 1000)).toBe(30_000)
    expect(stepFor(10 * DAY, 600, 1000)).toBe(900_000)
  })

  it('shows what is here until the finer is', () => {
    const tiers = new Tiers(new Timeline(1000, 60_000))
    const edgesOf = (tier: Tier) => edgesAt(START_MS, tier.stepMs)
    fill(
      tiers.of(900_000),
      { fromMs: START_MS - 10 * DAY, toMs: START_MS },
      edgesOf(tiers.of(900_000)),
    )
    const wish = { keys: [KEY], stepMs: MINUTE, fromMs: START_MS - DAY, toMs: START_MS - 3_600_000 }
    expect(tiers.best(wish, edgesOf).stepMs).toBe(900_000)
    fill(tiers.of(MINUTE), wish, edgesOf(tiers.of(MINUTE)))
    expect(tiers.best(wish, edgesOf).stepMs).toBe(MINUTE)
  })

  it('refuses buckets of another step than it asked for', () => {
    const request = { keys: [KEY], stepMs: MINUTE, fromMs: START_MS, toMs: START_MS + MINUTE }
    const history = { fromMs: START_MS, toMs: START_MS + 120_000, stepMs: 120_000, series: [] }
    expect(() => columnsOfHistory(history, request)).toThrow('120000 ms')
  })
})
