// Owns which rows of the fleet are in sight while the page scrolls.
import { offsetsOf, windowOf, type RowWindow, type Viewport } from './windowing.ts'

/** Rows kept ready beyond both edges, so that a quick scroll shows no blank. */
const MARGIN_PX = 480
/** The window moves in steps: not every scrolled pixel is a change. */
const STEP_PX = 96

export class WindowedRows {
  readonly #heights: () => readonly number[]
  #viewport = $state.raw<Viewport>({ topPx: 0, bottomPx: 1200 })
  readonly #offsets = $derived.by(() => offsetsOf(this.#heights()))
  readonly window: RowWindow = $derived(windowOf(this.#offsets, this.#viewport, MARGIN_PX))
  #element: Element | undefined

  constructor(heights: () => readonly number[]) {
    this.#heights = heights
  }

  /** An attachment for the element that holds the rows. */
  readonly attach = (element: Element): (() => void) => {
    this.#element = element
    let frame = 0
    const measure = () => {
      frame = 0
      const top = element.getBoundingClientRect().top
      const topPx = Math.floor(-top / STEP_PX) * STEP_PX
      const bottomPx = Math.ceil((innerHeight - top) / STEP_PX) * STEP_PX
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

  /** Scrolls so that a row is in sight, `headPx` below the top edge at least. */
  reveal(index: number, headPx: number): void {
    if (!this.#element) return
    const top = this.#element.getBoundingClientRect().top
    const start = top + (this.#offsets[index] ?? 0)
    const end = top + (this.#offsets[index + 1] ?? 0)
    if (start < headPx) scrollBy({ top: start - headPx })
    else if (end > innerHeight) scrollBy({ top: end - innerHeight })
  }
}
