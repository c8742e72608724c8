// Owns which rows of a long list exist in the page: those in sight and a few around them.

export interface RowWindow {
  readonly start: number
  /** One past the last. */
  readonly end: number
  /** Height of the rows before the window, and after it. */
  readonly beforePx: number
  readonly afterPx: number
}

export interface Viewport {
  /** Where the visible part starts and ends, in the list's own coordinates. */
  readonly topPx: number
  readonly bottomPx: number
}

/** Where each row starts; one entry more than there are rows, the last being the whole height. */
export function offsetsOf(heightsPx: readonly number[]): Float64Array {
  const offsets = new Float64Array(heightsPx.length + 1)
  heightsPx.forEach((height, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + height
  })
  return offsets
}

/** How many rows fill a height wherever the list stands, when the lowest of them has `leastPx`. */
export function poolSize(heightPx: number, leastPx: number): number {
  return Math.ceil(heightPx / Math.max(1, leastPx)) + 2
}

/**
 * The rows that touch the viewport, and more after or before them until they are `size`: a window that keeps its size
 * can give the row that leaves it to the one that comes.
 */
export function windowOf(offsets: Float64Array, viewport: Viewport, size = 0): RowWindow {
  const count = offsets.length - 1
  const total = offsets[count] ?? 0
  const first = Math.min(count, firstEndingAfter(offsets, viewport.topPx))
  const last = Math.min(count, firstEndingAfter(offsets, viewport.bottomPx) + 1)
  const end = Math.min(count, Math.max(last, first + size))
  const start = Math.max(0, Math.min(first, end - size))
  return {
    start,
    end,
    beforePx: offsets[start] ?? 0,
    afterPx: total - (offsets[end] ?? total),
  }
}

// The index of the first row whose end lies beyond a position, by bisection.
function firstEndingAfter(offsets: Float64Array, px: number): number {
  let low = 0
  let high = offsets.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((offsets[middle + 1] ?? Infinity) > px) high = middle
    else low = middle + 1
  }
  return low
}
