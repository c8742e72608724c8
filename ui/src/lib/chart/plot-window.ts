// Owns which stretch of time a plot shows, on whole device pixels so that a picture that glides never shimmers.

/** What is painted: from `startMs` on, one device pixel every `msPerPx`. Pixels are counted from the epoch. */
export interface PlotWindow {
  readonly startPx: number
  readonly startMs: number
  readonly endMs: number
  readonly msPerPx: number
}

/**
 * The window of `rangeMs` that ends with the pixel that `endMs` falls into. Two windows of one range and width differ by
 * whole pixels: every point is painted at the same place within its pixel each time.
 */
export function plotWindow(endMs: number, rangeMs: number, widthPx: number): PlotWindow {
  const msPerPx = rangeMs / widthPx
  const startPx = Math.floor(endMs / msPerPx) - widthPx
  return { startPx, startMs: startPx * msPerPx, endMs: (startPx + widthPx) * msPerPx, msPerPx }
}

/** More often than this a picture does not glide: no eye misses it, and every step is a frame to be composed. */
const MIN_STEP_MS = 150

/** By how many device pixels a picture glides at a time. */
export function glideStepPx({ msPerPx }: PlotWindow): number {
  return Math.max(1, Math.ceil(MIN_STEP_MS / msPerPx))
}

/** How many device pixels the picture of a window must be moved left at `nowMs`, from 0: whole steps of its glide. */
export function glidePx(window: PlotWindow, widthPx: number, nowMs: number): number {
  const step = glideStepPx(window)
  const passed = Math.floor(nowMs / window.msPerPx) - widthPx - window.startPx
  return Math.max(0, Math.floor(passed / step) * step)
}

/** When the picture has to be moved by its next step. */
export function nextGlideMs(window: PlotWindow, widthPx: number, nowMs: number): number {
  const movedPx = glidePx(window, widthPx, nowMs) + glideStepPx(window)
  return (window.startPx + widthPx + movedPx) * window.msPerPx
}
