import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TimeRange } from './time-range.ts'
import { TimeView } from './time-view.svelte.ts'

const NOW_MS = 1_795_400_000_000
const HOUR: TimeRange = { kind: 'last', spanMs: 3_600_000 }
const ZOOMED: TimeRange = { kind: 'between', fromMs: NOW_MS - 900_000, toMs: NOW_MS - 300_000 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A view whose history is a list, as that of a browser. */
function viewOf(first: TimeRange) {
  const kept = [first]
  const view: TimeView = new TimeView(() => NOW_MS, {
    push: (range) => kept.push(range),
    back: () => {
      if (kept.length > 1) kept.pop()
      view.show(kept.at(-1) ?? first)
    },
  })
  view.show(first)
  return { view, kept }
}

describe('a view of time', () => {
  it('keeps each zoom to come back to, one step at a time', () => {
    const { view, kept } = viewOf(HOUR)
    view.zoomTo(NOW_MS - 300_000, NOW_MS - 900_000)
    expect(view.range).toEqual(ZOOMED)
    expect(view.isLive).toBe(false)
    view.zoomTo(NOW_MS - 700_000, NOW_MS - 600_000)
    expect(kept).toHaveLength(3)
    view.back()
    expect(view.range).toEqual(ZOOMED)
    view.back()
    expect(view.range).toEqual(HOUR)
    expect(view.isLive).toBe(true)
  })

  it('moves at once, and keeps a run of moves as one step', () => {
    const { view, kept } = viewOf(ZOOMED)
    for (let press = 0; press < 5; press++) {
      view.panBy(-60_000)
      vi.advanceTimersByTime(100)
    }
    expect(view.stretch(NOW_MS).fromMs).toBe(NOW_MS - 1_200_000)
    expect(kept).toHaveLength(1)
    vi.advanceTimersByTime(1000)
    expect(kept).toHaveLength(2)
    view.back()
    expect(view.range).toEqual(ZOOMED)
  })

  it('stays live where there is nothing later to move to', () => {
    const { view, kept } = viewOf(HOUR)
    view.panBy(60_000)
    vi.advanceTimersByTime(1000)
    expect(view.range).toEqual(HOUR)
    expect(kept).toHaveLength(1)
    view.panBy(-60_000)
    expect(view.isLive).toBe(false)
  })

  it('goes back to where a movement began that has not ended', () => {
    const { view, kept } = viewOf(ZOOMED)
    view.zoomBy(0.5)
    view.back()
    vi.advanceTimersByTime(1000)
    expect(view.range).toEqual(ZOOMED)
    expect(kept).toEqual([ZOOMED])
  })

  it('keeps nothing where nothing moved', () => {
    const { view, kept } = viewOf(HOUR)
    view.goTo(HOUR)
    view.settle()
    expect(kept).toHaveLength(1)
  })

  it('keeps nothing of a page that was left', () => {
    vi.stubGlobal('cancelAnimationFrame', () => undefined)
    const { view, kept } = viewOf(ZOOMED)
    view.panBy(-60_000)
    view.close()
    vi.advanceTimersByTime(1000)
    expect(kept).toHaveLength(1)
  })

  it('reads within what is in sight', () => {
    const { view } = viewOf(ZOOMED)
    expect(view.cursorAfter(-10_000, 1000)).toBe(NOW_MS - 900_000)
    expect(view.cursorAfter(-3, 1000)).toBe(NOW_MS - 303_000)
    view.cursorMs = NOW_MS - 400_000
    expect(view.cursorAfter(10_000, 1000)).toBe(NOW_MS - 300_000)
  })
})
