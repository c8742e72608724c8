import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WindowStatistic, type Statistic } from './window-statistic.ts'

const T0 = 1_795_400_000_000
const STATISTICS: readonly Statistic[] = ['mean', 'min', 'max']

function pushAll(
  window: WindowStatistic,
  values: readonly number[],
  { fromMs = T0, intervalMs = 1000 } = {},
): number[] {
  return values.map((value, index) => window.push(value, fromMs + index * intervalMs, intervalMs))
}

const naive: Record<Statistic, (values: readonly number[]) => number> = {
  mean: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  min: (values) => Math.min(...values),
  max: (values) => Math.max(...values),
}

describe('A1: the statistic of a window', () => {
  it('is missing until the window was watched for its whole length', () => {
    const window = new WindowStatistic('mean', 4000)
    expect(pushAll(window, [1, 2, 3, 4, 5])).toEqual([NaN, NaN, NaN, 2.5, 3.5])
  })

  it('leaves holes out, and does not take them for zeros', () => {
    const window = new WindowStatistic('mean', 4000)
    expect(pushAll(window, [4, NaN, NaN, 4, NaN, 2])).toEqual([NaN, NaN, NaN, 4, 4, 3])
  })

  it('is missing when nothing in the window has a value', () => {
    const window = new WindowStatistic('max', 3000)
    expect(pushAll(window, [5, 5, 5, NaN, NaN, NaN]).slice(2)).toEqual([5, 5, 5, NaN])
  })

  it('is watched anew after a long hole', () => {
    const window = new WindowStatistic('mean', 300_000)
    const minute = Array.from({ length: 60 }, () => 1)
    const fed = Array.from({ length: 300 }, () => 0)
    expect(pushAll(window, fed).at(-1)).toBe(0)
    const afterMs = T0 + 300_000 + 61_000
    expect(pushAll(window, minute, { fromMs: afterMs })).toEqual(minute.map(() => NaN))
    expect(window.push(1, afterMs + 299_000, 1000)).toBeNaN()
  })

  it('begins anew when a clock was set back', () => {
    const window = new WindowStatistic('max', 3000)
    pushAll(window, [9, 9, 9, 9])
    expect(pushAll(window, [1, 1, 1], { fromMs: T0 - 60_000 })).toEqual([NaN, NaN, 1])
  })

  it('is exact where ticks are no nearer to each other than a thirtieth of the window', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATISTICS),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(1000, 2000, 10_000),
        fc.array(fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(NaN)), {
          minLength: 1,
          maxLength: 100,
        }),
        (statistic, length, intervalMs, values) => {
          // A hole that is longer than a minute is another matter.
          fc.pre(intervalMs < 10_000 || !values.includes(NaN))
          const whole = [0, ...values]
          const window = new WindowStatistic(statistic, length * intervalMs)
          pushAll(window, whole, { intervalMs }).forEach((told, index) => {
            const inside = whole
              .slice(Math.max(0, index + 1 - length), index + 1)
              .filter((value) => !Number.isNaN(value))
            const isWatched = index + 1 >= length && inside.length > 0
            const nearest = isWatched ? naive[statistic](inside) : NaN
            expect(Math.abs(told - nearest)).not.toBeGreaterThan(1e-9)
            expect(Number.isNaN(told)).toBe(!isWatched)
          })
        },
      ),
    )
  })

  it('is that of the window, or of one that is a thirtieth shorter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STATISTICS),
        fc.integer({ min: 31, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 400, maxLength: 600 }),
        (statistic, length, values) => {
          const window = new WindowStatistic(statistic, length * 1000)
          const told = pushAll(window, values).at(-1)
          const shortest = Math.floor(length - length / 30)
          const possible = Array.from({ length: length - shortest + 1 }, (_, more) =>
            naive[statistic](values.slice(-(shortest + more))),
          )
          expect(possible.some((value) => Math.abs(value - (told ?? NaN)) < 1e-9)).toBe(true)
        },
      ),
    )
  })
})
