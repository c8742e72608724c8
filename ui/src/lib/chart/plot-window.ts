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

/** How many device pixels the picture of a window must move left at `nowMs`, from 0. */
export function glidePx(window: PlotWindow, widthPx: number, nowMs: number): number {
  return Math.max(0, Math.floor(nowMs / window.msPerPx) - widthPx - window.startPx)
}

/** When the picture has to move by its next pixel. */
export function nextGlideMs(window: PlotWindow, nowMs: number): number {
  return (Math.floor(nowMs / window.msPerPx) + 1) * window.msPerPx
}
