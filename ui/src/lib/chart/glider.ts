// Owns the gliding of live charts: each picture moves left by whole device pixels as that much time passes.
import { glidePx, nextGlideMs, type PlotWindow } from './plot-window.ts'

interface Slide {
  readonly element: HTMLElement
  readonly window: PlotWindow
  readonly widthPx: number
}

/**
 * Moves painted pictures between two paintings. It wakes only when a picture has to move by whole device pixels: over
 * five minutes that is about twice a second, over one minute five times.
 */
export class Glider {
  readonly #nowMs: () => number
  readonly #slides = new Map<HTMLElement, Slide>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame = 0

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Tells what an element shows now, `widthPx` device pixels of it in sight, and puts it in its place at once. */
  show(element: HTMLElement, window: PlotWindow, widthPx: number): void {
    const slide = { element, window, widthPx }
    this.#slides.set(element, slide)
    place(slide, this.#nowMs())
    if (this.#timer === undefined && this.#frame === 0) this.#wait()
  }

  /** Leaves an element where it is. */
  release(element: HTMLElement): void {
    this.#slides.delete(element)
    if (this.#slides.size === 0) this.close()
  }

  close(): void {
    clearTimeout(this.#timer)
    cancelAnimationFrame(this.#frame)
    this.#timer = undefined
    this.#frame = 0
    this.#slides.clear()
  }

  #wait(): void {
    const nowMs = this.#nowMs()
    const next = Math.min(
      ...[...this.#slides.values()].map(({ window, widthPx }) =>
        nextGlideMs(window, widthPx, nowMs),
      ),
    )
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0
        const frameMs = this.#nowMs()
        for (const slide of this.#slides.values()) place(slide, frameMs)
        this.#wait()
      })
    }, next - nowMs)
  }
}

function place({ element, window, widthPx }: Slide, nowMs: number): void {
  const shift = glidePx(window, widthPx, nowMs) / devicePixelRatio
  element.style.transform = `translateX(${-shift}px)`
}
