// Owns the heat strip: one row for each series, one colour for each moment, on a canvas of our own.
import type { Attachment } from 'svelte/attachments'
import type { ChartFrame } from './chart-frame.ts'
import { hatchGaps } from './hatching.ts'
import type { PlotInput, PlotSetup } from './line-plot.svelte.ts'
import type { Palette } from './palette.svelte.ts'
import { AXIS_PX, GLIDE_PX, LANE_PX } from './plot-geometry.ts'
import { axisStep, labelHalfPx, timeTicks } from './time-ticks.ts'

/** The counterpart of the plot of lines, with the same measures. */
export function heatPlot(setup: () => PlotSetup, input: () => PlotInput | null): Attachment {
  return (node) => {
    const made = setup()
    const ratio = devicePixelRatio
    const canvas = document.createElement('canvas')
    canvas.width = Math.round((made.width + GLIDE_PX) * ratio)
    canvas.height = Math.round(made.height * ratio)
    canvas.style.width = `${made.width + GLIDE_PX}px`
    canvas.style.height = `${made.height}px`
    canvas.style.display = 'block'
    node.append(canvas)
    const context = canvas.getContext('2d')
    $effect(() => {
      const shows = input()
      if (shows && context) paint({ context, setup: made, ratio }, shows)
    })
    return () => canvas.remove()
  }
}

interface Sheet {
  readonly context: CanvasRenderingContext2D
  readonly setup: PlotSetup
  readonly ratio: number
}

function paint(sheet: Sheet, { frame, gaps }: PlotInput): void {
  const { context, setup, ratio } = sheet
  const { width, height } = context.canvas
  const area = {
    left: 0,
    top: LANE_PX * ratio,
    width,
    height: height - (LANE_PX + AXIS_PX) * ratio,
  }
  const toPx = (timeMs: number) => (timeMs - frame.window.startMs) / frame.window.msPerPx
  context.clearRect(0, 0, width, height)
  // The cell of a sample is the interval that ends with it, so the first one after a hole begins a step before it.
  const earlyMs = frame.bands ? 0 : frame.leadMs
  const holes = gaps.map((gap) => ({ ...gap, toMs: gap.toMs - earlyMs }))
  hatchGaps(context, holes, { area, palette: setup.palette, toPx, ratio })
  const rowPx = area.height / frame.values.length
  for (const [row, values] of frame.values.entries()) {
    const top = Math.round(area.top + row * rowPx)
    const bottom = Math.round(area.top + (row + 1) * rowPx)
    const gapPx = rowPx >= 6 * ratio ? ratio : 0
    paintRow(context, { values, frame, palette: setup.palette, top, height: bottom - top - gapPx })
  }
  paintTimes(sheet, frame, toPx)
}

interface Row {
  readonly values: Float64Array
  readonly frame: ChartFrame
  readonly palette: Palette
  readonly top: number
  readonly height: number
}

// Neighbours of one colour are one rectangle: an idle core is painted in a few strokes. Where several samples share a
// pixel the hottest shows, since that is what one looks for.
function paintRow(context: CanvasRenderingContext2D, row: Row): void {
  const { values, frame, palette, top, height } = row
  const { startMs, msPerPx } = frame.window
  const last = palette.heat.length - 1
  let fromPx = 0
  let toPx = 0
  let shade = -1
  const flush = () => {
    if (shade < 0 || toPx <= fromPx) return
    context.fillStyle = palette.heat[shade] ?? ''
    context.fillRect(fromPx, top, toPx - fromPx, height)
  }
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? NaN
    const next = Number.isNaN(value) ? -1 : Math.round(Math.min(1, Math.max(0, value)) * last)
    const cellMs = (frame.x[index] ?? 0) - frame.leadMs
    const start = Math.round((cellMs - startMs) / msPerPx)
    const end = Math.round((cellMs + frame.stepMs - startMs) / msPerPx)
    if (next === shade) {
      toPx = end
    } else if (next > shade || start >= toPx) {
      flush()
      fromPx = start
      toPx = end
      shade = next
    } else {
      flush()
      fromPx = Math.max(start, toPx)
      toPx = end
      shade = next
    }
  }
  flush()
}

function paintTimes(
  { context, setup, ratio }: Sheet,
  frame: ChartFrame,
  toPx: (ms: number) => number,
) {
  const { height } = context.canvas
  const step = axisStep(frame.window.msPerPx * ratio)
  context.font = `${11 * ratio}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'top'
  const edgePx = labelHalfPx(step) * ratio
  const timeAt = (px: number) => frame.window.startMs + px * frame.window.msPerPx
  for (const timeMs of timeTicks(timeAt(edgePx), timeAt(setup.width * ratio - edgePx), step)) {
    const x = Math.round(toPx(timeMs))
    context.fillStyle = setup.palette.axis
    context.fillRect(x, height - AXIS_PX * ratio, ratio, 3 * ratio)
    context.fillStyle = setup.palette['text-3']
    context.fillText(setup.timeLabel(timeMs, step), x, height - (AXIS_PX - 6) * ratio)
  }
}
