import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { growthOf, Trend, TREND_STEP_MS, type TrendPoint } from './trend.ts'

const T0 = 1_795_400_100_000 - (1_795_400_100_000 % TREND_STEP_MS)
const GIB = 2 ** 30

function pointsOf(used: readonly number[]): TrendPoint[] {
  return used.map((usedBytes, index) => ({ timeMs: T0 + index * TREND_STEP_MS, usedBytes }))
}

/** A tick each 10 s for some hours. */
function feed(trend: Trend, hours: number, usedAt: (hour: number) => number, fromMs = T0): number {
  const endMs = fromMs + hours * 3_600_000
  for (let timeMs = fromMs; timeMs <= endMs; timeMs += 10_000) {
    trend.push(usedAt((timeMs - fromMs) / 3_600_000), timeMs)
  }
  return endMs
}

describe('F1: the trend of a filesystem', () => {
  it('is unknown for an hour', () => {
    const trend = new Trend()
    feed(trend, 0.9, (hour) => hour * GIB)
    expect([trend.bytesPerS, trend.timeToFullMs(GIB)]).toEqual([null, null])
  })

  it('tells when what grows is full', () => {
    const trend = new Trend(123_000)
    feed(trend, 6, (hour) => 100 * GIB + hour * GIB)
    expect(trend.bytesPerS).toBeCloseTo(GIB / 3600, 3)
    expect((trend.timeToFullMs(12 * GIB) ?? NaN) / 3_600_000).toBeCloseTo(12, 6)
    expect(trend.timeToFullMs(0)).toBe(0)
  })

  it('is nothing where use is steady, shrinks, or goes up and down', () => {
    const shapes = [
      () => 5 * GIB,
      (hour: number) => 100 * GIB - hour * GIB,
      (hour: number) => 10 * GIB + Math.sin(hour * 12) * GIB,
    ]
    for (const shape of shapes) {
      const trend = new Trend()
      feed(trend, 6, shape)
      expect([trend.bytesPerS, trend.timeToFullMs(GIB)]).toEqual([0, Infinity])
    }
  })

  it('is not moved by a spike', () => {
    const spiking = new Trend()
    feed(spiking, 6, (hour) => 10 * GIB + (hour > 5.5 && hour < 5.9 ? 50 * GIB : 0))
    expect(spiking.bytesPerS).toBe(0)
    const growing = new Trend()
    feed(growing, 6, (hour) => hour * GIB + (hour > 3 && hour < 3.4 ? 50 * GIB : 0))
    expect((growing.bytesPerS ?? NaN) / (GIB / 3600)).toBeCloseTo(1, 1)
  })

  it('forgets what was six hours ago', () => {
    const trend = new Trend()
    const endMs = feed(trend, 6, (hour) => hour * GIB)
    feed(trend, 7, () => 6 * GIB, endMs)
    expect(trend.bytesPerS).toBe(0)
  })

  it('begins with what was stored, and goes on with what came since', () => {
    const stored = pointsOf(Array.from({ length: 72 }, (_, index) => index * GIB))
    const trend = new Trend()
    trend.seed(stored)
    expect(trend.bytesPerS).toBeCloseTo(GIB / 300, 3)
    const late = new Trend()
    const endMs = T0 + 72 * TREND_STEP_MS
    feed(late, 1, (hour) => (72 + hour * 12) * GIB, endMs)
    late.seed(stored)
    expect((late.bytesPerS ?? NaN) / (GIB / 300)).toBeCloseTo(1, 6)
  })

  it('leaves holes out', () => {
    const trend = new Trend()
    feed(trend, 6, (hour) => (hour > 2 && hour < 3 ? NaN : hour * GIB))
    expect(trend.bytesPerS).toBeCloseTo(GIB / 3600, 3)
  })
})

describe('F1: the slope', () => {
  const used = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 12, maxLength: 72 })

  it('is the median of the slopes of all pairs, where a Mann-Kendall test says that it grows', () => {
    fc.assert(
      fc.property(used, fc.integer({ min: 0, max: 60 }), (noise, perStep) => {
        const points = pointsOf(noise.map((value, index) => value + index * perStep))
        const pairs = points.flatMap((later, index) =>
          points.slice(0, index).map((earlier) => ({
            rise: later.usedBytes - earlier.usedBytes,
            runMs: later.timeMs - earlier.timeMs,
          })),
        )
        const slopes = pairs.map(({ rise, runMs }) => rise / runMs).sort((a, b) => a - b)
        const middle = (slopes.length - 1) / 2
        const median =
          ((slopes[Math.floor(middle)] ?? NaN) + (slopes[Math.ceil(middle)] ?? NaN)) / 2
        const s = pairs.reduce((sum, { rise }) => sum + Math.sign(rise), 0)
        const n = points.length
        const counts = Object.values(Object.groupBy(points, (point) => `${point.usedBytes}`))
        const ties = counts.reduce((sum, tied) => {
          const t = tied?.length ?? 0
          return sum + t * (t - 1) * (2 * t + 5)
        }, 0)
        const variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
        const isGrowing = variance > 0 && (s - Math.sign(s)) / Math.sqrt(variance) > 2.6
        expect(growthOf(points)).toBeCloseTo(isGrowing ? median : 0, 12)
      }),
    )
  })

  it('is not moved by what a fifth of the points are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1e6 }), { minLength: 14, maxLength: 14 }), (wild) => {
        const used = Array.from({ length: 72 }, (_, index) => 1000 + index * 10)
        wild.forEach((value, index) => (used[index * 5] = value))
        const growth = growthOf(pointsOf(used)) ?? NaN
        expect(growth).toBeLessThanOrEqual((20 / TREND_STEP_MS) * 1.0001)
      }),
    )
  })
})
