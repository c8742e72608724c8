import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statisticsOf } from './series-statistics.ts'

describe('statistics of a series', () => {
  it('are over the values that are there', () => {
    expect(statisticsOf(Float64Array.of(NaN, 2, NaN, 6, 1, NaN))).toEqual({
      last: 1,
      min: 1,
      mean: 3,
      max: 6,
    })
  })

  it('are unknown, never zero, without a value', () => {
    const nothing = { last: null, min: null, mean: null, max: null }
    expect(statisticsOf(new Float64Array())).toEqual(nothing)
    expect(statisticsOf(Float64Array.of(NaN, NaN))).toEqual(nothing)
  })

  it('lie in their order', () => {
    const value = fc.integer({ min: -1e6, max: 1e6 })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const { min, mean, max, last } = statisticsOf(Float64Array.from(values))
        expect(min).toBe(Math.min(...values))
        expect(max).toBe(Math.max(...values))
        expect(last).toBe(values.at(-1))
        expect(mean).toBeGreaterThanOrEqual((min ?? 0) - 1e-6)
        expect(mean).toBeLessThanOrEqual((max ?? 0) + 1e-6)
      }),
    )
  })
})
