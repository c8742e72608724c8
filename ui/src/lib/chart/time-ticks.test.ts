import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { axisStep, timeTicks } from './time-ticks.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

afterEach(() => void vi.unstubAllEnvs())

describe.each(['UTC', 'Europe/Paris', 'Asia/Kolkata', 'America/St_Johns'])('in %s', (zone) => {
  beforeEach(() => void vi.stubEnv('TZ', zone))

  it('labels stand within the stretch, in order, at most so many', () => {
    const start = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })
    const span = fc.integer({ min: 10_000, max: 31 * DAY })
    fc.assert(
      fc.property(start, span, (fromMs, spanMs) => {
        const ticks = timeTicks(fromMs, fromMs + spanMs, axisStep(spanMs / 600))
        expect(ticks.length).toBeGreaterThanOrEqual(spanMs < DAY / 2 ? 2 : 1)
        // The day that has 25 hours, and the week that ends a month, may add one.
        expect(ticks.length).toBeLessThanOrEqual(12)
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b))
        expect(ticks.every((at) => at >= fromMs && at <= fromMs + spanMs)).toBe(true)
      }),
    )
  })

  it('days begin at midnight', () => {
    for (const at of timeTicks(1_795_000_000_000, 1_796_000_000_000, 2 * DAY)) {
      expect(new Date(at).getHours() * 60 + new Date(at).getMinutes()).toBe(0)
    }
  })
})

it('labels stay on round hours when the clocks change', () => {
  vi.stubEnv('TZ', 'Europe/Paris')
  const fromMs = Date.parse('2026-10-24T18:00:00Z')
  const hours = timeTicks(fromMs, fromMs + DAY, 3 * HOUR).map((at) => new Date(at).getHours())
  expect(hours).toEqual([21, 0, 3, 6, 9, 12, 15, 18])
})

it('the charts of a phone have three labels or four at every range', () => {
  const plotPx = 272
  const spansMs = [60_000, 300_000, 900_000, HOUR, 6 * HOUR, DAY, 3 * DAY, 10 * DAY]
  const counts = spansMs.map((spanMs) => Math.floor(spanMs / axisStep(spanMs / plotPx)))
  expect(counts).toEqual([4, 2, 3, 4, 3, 4, 3, 3])
})
