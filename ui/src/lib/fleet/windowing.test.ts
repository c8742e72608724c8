import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetsOf, windowOf } from './windowing.ts'

describe('the window of a long list', () => {
  it('holds every row that touches the viewport, and the whole height stays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(36, 52, 64, 80), { maxLength: 200 }),
        fc.integer({ min: -500, max: 9000 }),
        fc.integer({ min: 1, max: 1200 }),
        (heights, topPx, sizePx) => {
          const offsets = offsetsOf(heights)
          const bottomPx = topPx + sizePx
          const { start, end, beforePx, afterPx } = windowOf(offsets, { topPx, bottomPx })
          const inside = heights.slice(start, end).reduce((sum, height) => sum + height, 0)
          const whole = heights.reduce((sum, height) => sum + height, 0)
          expect(beforePx + inside + afterPx).toBe(whole)
          heights.forEach((height, row) => {
            const rowTop = offsets[row] ?? 0
            if (rowTop + height > topPx && rowTop <= bottomPx) {
              expect(row >= start && row < end).toBe(true)
            }
          })
        },
      ),
    )
  })

  it('is small in a list of a thousand', () => {
    const offsets = offsetsOf(new Array<number>(1000).fill(36))
    const { start, end } = windowOf(offsets, { topPx: 18_000, bottomPx: 18_900 }, 480)
    expect(end - start).toBeLessThan(56)
    expect(start).toBeGreaterThan(480)
  })
})
