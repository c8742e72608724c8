import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { niceAxis, niceStep, niceTimeStep } from './nice-ticks.ts'

describe('a step', () => {
  it.each([
    [100, 25],
    [60, 20],
    [0.61, 0.2],
    [7.9, 2],
    [4e7, 1e7],
  ])('divides %d into about four round parts of %d', (span, step) => {
    expect(niceStep(span, 4)).toBeCloseTo(step, 12)
  })

  it('is a power of two for memory', () => {
    const gib = 2 ** 30
    expect(niceStep(32 * gib, 4, true)).toBe(8 * gib)
    expect(niceStep(23.4 * gib, 4, true)).toBe(8 * gib)
    expect(niceStep(700 * 2 ** 20, 4, true)).toBe(256 * 2 ** 20)
  })
})

describe('an axis', () => {
  it('holds what it is asked to hold, in few ticks that are evenly apart', () => {
    const height = fc.double({ min: -1e12, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(height, height, fc.boolean(), (one, other, binary) => {
        const low = Math.min(0, one, other)
        const high = Math.max(0, one, other)
        fc.pre(high - low > 1e-3)
        const axis = niceAxis(low, high, { binary })
        const slack = (high - low) * 1e-9
        expect(axis.low).toBeLessThanOrEqual(low + slack)
        expect(axis.high).toBeGreaterThanOrEqual(high - slack)
        expect(axis.ticks.length).toBeGreaterThanOrEqual(2)
        expect(axis.ticks.length).toBeLessThanOrEqual(7)
        expect(axis.ticks.some((tick) => Math.abs(tick) <= slack)).toBe(true)
        const steps = axis.ticks.slice(1).map((tick, index) => tick - (axis.ticks[index] ?? 0))
        for (const step of steps) expect(step).toBeCloseTo(steps[0] ?? 0, -Math.log10(slack))
      }),
    )
  })

  it('writes no noise of binary fractions', () => {
    expect(niceAxis(0, 0.3).ticks).toEqual([0, 0.1, 0.2, 0.3])
  })

  it('ends at its ceiling even when that is not round', () => {
    const axis = niceAxis(0, 20, { ceiling: 31.2 })
    expect(axis.high).toBe(31.2)
    expect(axis.ticks.at(-1)).toBe(30)
    expect(niceAxis(0, 20, { ceiling: 23.5 }).ticks.at(-1)).toBe(23.5)
  })

  it('has a height when there is nothing to show', () => {
    const axis = niceAxis(0, 0)
    expect(axis.high).toBeGreaterThan(axis.low)
  })
})

describe('a time step', () => {
  it('is the shortest round one that leaves room for its label', () => {
    expect(niceTimeStep(300_000 / 600, 84)).toBe(60_000)
    expect(niceTimeStep(60_000 / 600, 84)).toBe(10_000)
    expect(niceTimeStep(3_600_000 / 600, 84)).toBe(600_000)
  })
})
