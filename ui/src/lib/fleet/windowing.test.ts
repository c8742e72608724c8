import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { offsetsOf, poolSize, windowOf } from './windowing.ts'

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

  it('keeps its size wherever the list stands, so that rows can be handed on', () => {
    const offsets = offsetsOf(Array.from({ length: 1000 }, (_, row) => (row % 7 === 0 ? 52 : 36)))
    const size = poolSize(1400, 36)
    expect(size).toBeLessThan(45)
    for (let topPx = -300; topPx < 40_000; topPx += 90) {
      const { start, end } = windowOf(offsets, { topPx, bottomPx: topPx + 1400 }, size)
      expect(end - start).toBe(size)
    }
  })

  it('is the whole of a short list', () => {
    const offsets = offsetsOf([36, 52, 36])
    expect(windowOf(offsets, { topPx: 0, bottomPx: 900 }, 40)).toMatchObject({ start: 0, end: 3 })
  })
})
