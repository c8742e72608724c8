import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableRevision } from '@vigie/shared/metrics/series'
import { gridOf, HistoryFold } from './history-buckets.ts'
import { partOfRun } from './hour-part.ts'
import type { Run } from './tick-records.ts'

const KEYS = ['system.cpu.load_average.1m', 'system.uptime', 'queue{name="a"}']
const UNITS_PER_STEP = [0.01, 1, 0.001]
const T0 = 1_795_400_041_000

const value = fc.oneof(fc.integer({ min: -1000, max: 1e6 }), fc.constant(NaN))
const runs: fc.Arbitrary<Run[]> = fc.array(
  fc
    .record({
      ticks: fc.integer({ min: 1, max: 30 }),
      startS: fc.integer({ min: -200, max: 200 }),
      stepMs: fc.constantFrom(1000, 5000),
      width: fc.integer({ min: 1, max: KEYS.length }),
    })
    .chain(({ ticks, startS, stepMs, width }) =>
      fc.array(value, { minLength: ticks * width, maxLength: ticks * width }).map((values) => ({
        keys: KEYS.slice(0, width),
        block: {
          revision: tableRevision(KEYS.slice(0, width)),
          startMs: T0 + startS * 1000,
          stepMs,
          present: new Uint8Array(ticks).fill(1),
          values: Float64Array.from(values),
        },
      })),
    ),
  { maxLength: 5 },
)
const ranges = fc
  .record({
    fromMs: fc.integer({ min: T0 - 300_000, max: T0 + 300_000 }),
    lengthMs: fc.integer({ min: 1, max: 20 * 86_400_000 }),
    points: fc.integer({ min: 1, max: 4000 }),
    intervalMs: fc.constantFrom(1000, 5000, 10_000, 60_000),
  })
  .map(({ fromMs, lengthMs, ...rest }) => ({ fromMs, toMs: fromMs + lengthMs, ...rest }))

describe('the grid of a history', () => {
  it('covers the range on lines of the clock, in at most so many points', () => {
    fc.assert(
      fc.property(ranges, (range) => {
        const { fromMs, stepMs, count } = gridOf(range)
        expect(fromMs % stepMs).toBe(0)
        expect(fromMs).toBeLessThanOrEqual(range.fromMs)
        expect(fromMs + count * stepMs).toBeGreaterThanOrEqual(range.toMs)
        expect(count).toBeLessThanOrEqual(range.points)
        expect(stepMs).toBeGreaterThanOrEqual(range.intervalMs)
      }),
      { numRuns: 1000 },
    )
  })

  it('is that of raw seconds where they fit', () => {
    const hour = { fromMs: T0, toMs: T0 + 3_600_000, points: 3600, intervalMs: 1000 }
    expect(gridOf(hour)).toEqual({ fromMs: T0, stepMs: 1000, count: 3600 })
    expect(gridOf({ ...hour, points: 3599 }).stepMs).toBe(2000)
  })

  it('puts an instant into the same bucket whatever the range', () => {
    const grids = [0, 1000, 7000, 59_000].map((shiftMs) =>
      gridOf({
        fromMs: T0 - shiftMs,
        toMs: T0 - shiftMs + 3_600_000,
        points: 400,
        intervalMs: 1000,
      }),
    )
    expect(new Set(grids.map((grid) => grid.stepMs))).toEqual(new Set([10_000]))
  })
})

describe('the folding of a history', () => {
  it('is what a plain loop over every value finds', () => {
    fc.assert(
      fc.property(runs, ranges, (given, range) => {
        const grid = gridOf(range)
        const fold = new HistoryFold(grid, () => true)
        for (const run of given) fold.add(partOfRun(run, 0, Infinity))
        const folded = fold.finish()
        const seen = KEYS.filter((key) => naive(given, key, grid).size > 0)
        expect(folded.series.map((series) => series.series)).toEqual([...seen].sort())
        for (const series of folded.series) {
          expect(series.mean.length).toBe(grid.count)
          for (const [bucket, values] of naive(given, series.series, grid)) {
            expect(series.min[bucket]).toBeCloseTo(Math.min(...values), 6)
            expect(series.max[bucket]).toBeCloseTo(Math.max(...values), 6)
            const mean = values.reduce((sum, each) => sum + each, 0) / values.length
            expect(series.mean[bucket]).toBeCloseTo(mean, 6)
          }
          const filled = series.mean.filter((mean) => mean !== null).length
          expect(filled).toBe(naive(given, series.series, grid).size)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('keeps the series that are wanted only', () => {
    const grid = { fromMs: T0, stepMs: 1000, count: 1 }
    const fold = new HistoryFold(grid, (key) => key === 'system.uptime')
    const block = { startMs: T0, stepMs: 1000, present: Uint8Array.of(1) }
    const values = Float64Array.of(1, 2, 3)
    const run = { keys: KEYS, block: { ...block, revision: tableRevision(KEYS), values } }
    fold.add(partOfRun(run, 0, Infinity))
    expect(fold.finish().series).toEqual([
      { series: 'system.uptime', unit: 's', min: [2], mean: [2], max: [2] },
    ])
  })
})

/** Every value of a series by its bucket, in the catalogue's unit. */
function naive(
  given: readonly Run[],
  key: string,
  grid: { fromMs: number; stepMs: number; count: number },
): Map<number, number[]> {
  const buckets = new Map<number, number[]>()
  for (const { keys, block } of given) {
    const series = keys.indexOf(key)
    if (series < 0) continue
    for (let tick = 0; tick < block.present.length; tick++) {
      const steps = block.values[series * block.present.length + tick] ?? NaN
      const timeMs = block.startMs + tick * block.stepMs
      const bucket = Math.floor((timeMs - grid.fromMs) / grid.stepMs)
      if (Number.isNaN(steps) || bucket < 0 || bucket >= grid.count) continue
      const values = buckets.get(bucket) ?? []
      values.push(steps * (UNITS_PER_STEP[KEYS.indexOf(key)] ?? NaN))
      buckets.set(bucket, values)
    }
  }
  return buckets
}
