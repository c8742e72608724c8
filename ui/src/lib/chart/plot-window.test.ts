import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { glidePx, glideStepPx, nextGlideMs, plotWindow } from './plot-window.ts'

const now = fc.integer({ min: 1_795_400_000_000, max: 1_795_500_000_000 })
const width = fc.integer({ min: 200, max: 3000 })
const range = fc.constantFrom(60_000, 300_000, 900_000, 3_600_000)

describe('a plot window', () => {
  it('shifts by whole pixels, so that every point keeps its place within its pixel', () => {
    fc.assert(
      fc.property(now, fc.nat(5000), range, width, (endMs, laterMs, rangeMs, widthPx) => {
        const before = plotWindow(endMs, rangeMs, widthPx)
        const after = plotWindow(endMs + laterMs, rangeMs, widthPx)
        expect(Number.isInteger(after.startPx - before.startPx)).toBe(true)
        const placeOf = (startMs: number) => (endMs - startMs) / before.msPerPx
        const moved = placeOf(before.startMs) - placeOf(after.startMs)
        expect(moved).toBeCloseTo(after.startPx - before.startPx, 3)
      }),
    )
  })

  it('ends within a pixel of now', () => {
    fc.assert(
      fc.property(now, range, width, (endMs, rangeMs, widthPx) => {
        const window = plotWindow(endMs, rangeMs, widthPx)
        expect(endMs - window.endMs).toBeGreaterThanOrEqual(-1)
        expect(endMs - window.endMs).toBeLessThanOrEqual(window.msPerPx + 1)
      }),
    )
  })
})

describe('gliding', () => {
  it('shows the same place for a moment, to a step, whenever the picture was painted', () => {
    fc.assert(
      fc.property(
        now,
        fc.nat(3000),
        fc.nat(3000),
        range,
        width,
        (endMs, one, other, rangeMs, widthPx) => {
          const nowMs = endMs + 3000
          const placeAfter = (paintedMs: number) => {
            const window = plotWindow(paintedMs, rangeMs, widthPx)
            return window.startPx + glidePx(window, widthPx, nowMs)
          }
          const step = glideStepPx(plotWindow(endMs, rangeMs, widthPx))
          expect(Math.abs(placeAfter(endMs + one) - placeAfter(endMs + other))).toBeLessThan(step)
        },
      ),
    )
  })

  it('wakes at the next step, no later and not at once', () => {
    fc.assert(
      fc.property(now, fc.nat(3000), range, width, (paintedMs, laterMs, rangeMs, widthPx) => {
        const window = plotWindow(paintedMs, rangeMs, widthPx)
        const nowMs = paintedMs + laterMs
        const nextMs = nextGlideMs(window, widthPx, nowMs)
        expect(nextMs).toBeGreaterThan(nowMs)
        expect(nextMs - nowMs).toBeLessThanOrEqual(glideStepPx(window) * window.msPerPx + 1)
      }),
    )
  })
})
