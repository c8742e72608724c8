// Owns which rows of the fleet are in sight while the page scrolls, and which element shows which of them.
import { offsetsOf, poolSize, windowOf, type RowWindow, type Viewport } from './windowing.ts'

/** Kept ready beyond both edges, so that a quick scroll shows no blank. */
const MARGIN_PX = 240
/** The window moves in steps: not every scrolled pixel is a change. */
const STEP_PX = 72

export class WindowedRows {
  readonly #heights: () => readonly number[]
  #viewport = $state.raw<Viewport>({ topPx: -MARGIN_PX, bottomPx: 1200 + MARGIN_PX })
  readonly #offsets = $derived.by(() => offsetsOf(this.#heights()))
  readonly #pool = $derived.by(() => {
    const { topPx, bottomPx } = this.#viewport
    return poolSize(bottomPx - topPx, leastOf(this.#heights()))
  })
  readonly window: RowWindow = $derived(windowOf(this.#offsets, this.#viewport, this.#pool))
  #element: Element | undefined

  constructor(heights: () => readonly number[]) {
    this.#heights = heights
  }

  /** Which of the elements shows a row: the one that left the window is there for the next to come. */
  slotOf(index: number, perRow = 1): number {
    return index % (this.#pool * perRow)
  }

  /** An attachment for the element that holds the rows. */
  readonly attach = (element: Element): (() => void) => {
    this.#element = element
    let frame = 0
    const measure = () => {
      frame = 0
      const top = element.getBoundingClientRect().top
      const topPx = Math.floor(-top / STEP_PX) * STEP_PX - MARGIN_PX
      const heightPx = (Math.ceil(innerHeight / STEP_PX) + 1) * STEP_PX + 2 * MARGIN_PX
      const bottomPx = topPx + heightPx
      if (topPx !== this.#viewport.topPx || bottomPx !== this.#viewport.bottomPx) {
        this.#viewport = { topPx, bottomPx }
      }
    }
    const schedule = () => {
      frame ||= requestAnimationFrame(measure)
    }
    measure()
    const observer = new ResizeObserver(schedule)
    observer.observe(document.body)
    addEventListener('scroll', schedule, { passive: true })
    addEventListener('resize', schedule)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      removeEventListener('scroll', schedule)
      removeEventListener('resize', schedule)
    }
  }

  /** Scrolls so that a row is in sight, clear of what stands before the page at its top and bottom edges. */
  reveal(index: number, { headPx = 0, footPx = 0 } = {}): void {
    if (!this.#element) return
    const top = this.#element.getBoundingClientRect().top
    const start = top + (this.#offsets[index] ?? 0)
    const end = top + (this.#offsets[index + 1] ?? 0)
    if (start < headPx) scrollBy({ top: start - headPx })
    else if (end > innerHeight - footPx) scrollBy({ top: end - innerHeight + footPx })
  }
}

function leastOf(heights: readonly number[]): number {
  return heights.reduce((least, height) => Math.min(least, height), heights[0] ?? 1)
}
