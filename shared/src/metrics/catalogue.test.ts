import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMetric, fromSteps, METRICS, toSteps } from './catalogue.ts'

describe('catalogue', () => {
  it('names each metric once, in both languages, with sorted attributes', () => {
    expect(new Set(METRICS.map((metric) => metric.name)).size).toBe(METRICS.length)
    for (const metric of METRICS) {
      expect(metric.label.en, metric.name).not.toBe('')
      expect(metric.label.fr, metric.name).not.toBe('')
      expect(metric.step, metric.name).toBeGreaterThan(0)
      expect([...metric.attributes].sort(), metric.name).toEqual(metric.attributes)
    }
  })

  it('rounds once: steps to value and back is the identity', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...METRICS),
        fc.integer({ min: -1e9, max: 1e9 }),
        (metric, steps) => {
          expect(toSteps(metric, fromSteps(metric, steps))).toBe(steps + 0)
        },
      ),
    )
  })

  it('shows no noise of binary fractions', () => {
    expect(fromSteps(findMetric('system.cpu.utilization'), 132)).toBe(0.0132)
    expect(fromSteps(findMetric('hw.temperature'), 543)).toBe(54.3)
    expect(fromSteps(findMetric('system.memory.limit'), 3)).toBe(3072)
  })

  it('gives a missing value for what cannot be held', () => {
    const metric = findMetric('system.disk.io')
    for (const value of [NaN, Infinity, -Infinity, 2 ** 60])
      expect(toSteps(metric, value)).toBeNaN()
  })
})
