// Owns uPlot: one attachment that creates, feeds, and destroys a plot of lines or of stacked parts.
import type { Attachment } from 'svelte/attachments'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartFrame, Heights } from './chart-frame.ts'
import type { ChartPlan, ChartSeries } from './chart-plan.ts'
import { hatchGaps } from './hatching.ts'
import { paintBands } from './line-bands.ts'
import type { Palette } from './palette.svelte.ts'
import { AXIS_PX, GLIDE_PX, LANE_PX } from './plot-geometry.ts'
import type { Gap } from './samples.ts'
import { axisStep, labelHalfPx, timeTicks } from './time-ticks.ts'

/** What a plot is made of; it is made anew when any of it changes. */
export interface PlotSetup {
  readonly plan: ChartPlan
  readonly isolated: string | null
  readonly palette: Palette
  /** CSS pixels of the stretch of time in sight, and of the whole height. */
  readonly width: number
  readonly height: number
  readonly timeLabel: (timeMs: number, stepMs: number) => string
}

/** What it shows; fed again and again. */
export interface PlotInput {
  readonly frame: ChartFrame
  readonly gaps: readonly Gap[]
}

/** `setup` is read where the plot is made, `input` in an effect of its own, so that new samples only repaint. */
export function linePlot(setup: () => PlotSetup, input: () => PlotInput | null): Attachment {
  return (node) => {
    const made = setup()
    const shown = made.plan.series.map(({ key }) => made.isolated === null || key === made.isolated)
    let fed: PlotInput | null = null
    const plot = new uPlot(
      optionsOf(made, shown, () => fed),
      [[], ...made.plan.series.filter((_, index) => shown[index]).map(() => [])],
      node as HTMLElement,
    )
    $effect(() => {
      const shows = input()
      if (!shows) return
      fed = shows
      feed(plot, shows.frame, { shown, width: made.width })
    })
    return () => plot.destroy()
  }
}

function feed(plot: uPlot, frame: ChartFrame, on: { shown: boolean[]; width: number }): void {
  const { startMs, endMs } = frame.window
  const heights = frame.heights.filter((_, index) => on.shown[index])
  const perPx = (endMs - startMs) / on.width
  ticksOf.set(plot, frame.axis.ticks)
  plot.batch(() => {
    plot.setData([frame.x, ...heights] as uPlot.AlignedData, false)
    plot.setScale('x', { min: startMs, max: endMs + GLIDE_PX * perPx })
    plot.setScale('y', { min: frame.axis.low, max: frame.axis.high })
  })
}

const ticksOf = new WeakMap<uPlot, readonly number[]>()

function optionsOf(setup: PlotSetup, shown: boolean[], fed: () => PlotInput | null): uPlot.Options {
  const { plan, palette, width, height } = setup
  const series = plan.series.filter((_, index) => shown[index])
  // Where lines cross, fills would only mix their colours.
  const isFilled = series.length === 1 || series.some(({ below }) => below)
  const isStack = plan.shape === 'stack' && setup.isolated === null
  return {
    width: width + GLIDE_PX,
    height,
    ms: 1,
    padding: [LANE_PX, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, auto: false },
      y: { auto: false, range: (_, min, max) => [min, max] },
    },
    axes: [timeAxis(setup), valueAxis(palette)],
    series: [
      {},
      ...series.map((each) => (isStack ? partOf(each, palette) : lineOf(each, palette, isFilled))),
    ],
    bands: isStack ? series.slice(1).map((_, index) => ({ series: [index + 2, index + 1] })) : [],
    hooks: {
      // After the grid, so that no line runs through the reason.
      drawAxes: [
        (plot) => {
          paintGaps(plot, fed()?.gaps ?? [], palette)
          paintZero(plot, palette)
        },
        (plot) => {
          const frame = fed()?.frame
          if (!frame?.bands || plan.shape !== 'lines') return
          const toX = (timeMs: number) => plot.valToPos(timeMs, 'x', true)
          const toY = (height: number) => plot.valToPos(height, 'y', true)
          paintBands(plot.ctx, frame, { plan, shown, palette, toX, toY })
        },
      ],
    },
  }
}

function timeAxis({ palette, width, timeLabel }: PlotSetup): uPlot.Axis {
  const stepOf = (min: number, max: number) => axisStep((max - min) / (width + GLIDE_PX))
  return {
    size: AXIS_PX,
    gap: 3,
    font: '11px system-ui, sans-serif',
    stroke: palette['text-3'],
    grid: { show: false },
    ticks: { stroke: palette.axis, size: 3, width: 1 },
    splits: (_, __, min, max) => {
      const step = stepOf(min, max)
      // A label that would be cut at an edge waits until it is in sight.
      const edgeMs = (labelHalfPx(step) * (max - min)) / (width + GLIDE_PX)
      const endMs = min + ((max - min) * width) / (width + GLIDE_PX)
      return timeTicks(min + edgeMs, endMs - edgeMs, step)
    },
    values: (plot, splits) => {
      const step = stepOf(plot.scales['x']?.min ?? 0, plot.scales['x']?.max ?? 0)
      return splits.map((timeMs) => timeLabel(timeMs, step))
    },
  }
}

// Its numbers stand beside the plot, where they hold still while the picture glides.
function valueAxis(palette: Palette): uPlot.Axis {
  return {
    size: 0,
    gap: 0,
    ticks: { show: false },
    grid: { stroke: palette.grid, width: 1 },
    splits: (plot) => [...(ticksOf.get(plot) ?? [])],
    values: (_, splits) => splits.map(() => null),
  }
}

const NO_POINTS = { show: false } as const

// A sample between two holes has no line to lie on: it is drawn as a point, else it would not be seen at all.
const LONELY: uPlot.Series.Points = {
  show: () => false,
  size: 3,
  filter: (plot, index) => {
    const heights = plot.data[index] as Heights
    const [from = 0, to = -1] = plot.series[0]?.idxs ?? []
    const lonely: number[] = []
    for (let at = from; at <= to; at++) {
      const isAlone = (heights[at - 1] ?? null) === null && (heights[at + 1] ?? null) === null
      if (isAlone && (heights[at] ?? null) !== null) lonely.push(at)
    }
    return lonely.length > 0 ? lonely : null
  },
}

function lineOf(series: ChartSeries, palette: Palette, isFilled: boolean): uPlot.Series {
  return {
    stroke: palette[series.colour],
    width: 1.25,
    pxAlign: 0,
    points: { ...LONELY, fill: palette[series.colour] },
    ...(isFilled ? { fill: palette.fade(series.colour, 0.12) } : {}),
    ...(series.dashed ? { dash: [4, 3] } : {}),
  }
}

const linear = uPlot.paths.linear?.()
const THIN_PX = 2
const OUTLINED_SAMPLES_PER_PX = 2

function partOf(series: ChartSeries, palette: Palette): uPlot.Series {
  return {
    stroke: palette.fade(series.colour, 0.9),
    fill: palette.fade(series.colour, 0.46),
    width: 1,
    pxAlign: 0,
    points: NO_POINTS,
    paths: (plot, index, from, to) => {
      const paths = linear?.(plot, index, from, to) ?? null
      // Where several samples share a pixel, outlines would cover the parts that they should set apart.
      if (paths && to - from > plot.bbox.width * OUTLINED_SAMPLES_PER_PX)
        paths.stroke = new Path2D()
      else if (paths) paths.stroke = outline(plot, index, { from, to })
      return paths
    },
  }
}

// A part thinner than its outline is drawn by its fill alone, else a stack of zeros would be a line of its own.
function outline(plot: uPlot, series: number, { from, to }: { from: number; to: number }): Path2D {
  const path = new Path2D()
  const times = plot.data[0]
  const tops = plot.data[series] as Heights
  const bases = series > 1 ? (plot.data[series - 1] as Heights) : null
  const floor = plot.valToPos(0, 'y', true)
  let open = false
  for (let index = from; index <= to; index++) {
    const top = tops[index] ?? null
    if (top === null) {
      open = false
      continue
    }
    const x = plot.valToPos(times[index] ?? 0, 'x', true)
    const y = plot.valToPos(top, 'y', true)
    const base = bases ? plot.valToPos(bases[index] ?? 0, 'y', true) : floor
    if (open && base - y >= THIN_PX) path.lineTo(x, y)
    else path.moveTo(x, y)
    open = true
  }
  return path
}

function paintGaps(plot: uPlot, gaps: readonly Gap[], palette: Palette): void {
  hatchGaps(plot.ctx, gaps, {
    area: plot.bbox,
    palette,
    ratio: uPlot.pxRatio,
    toPx: (timeMs) => plot.valToPos(timeMs, 'x', true),
  })
}

function paintZero(plot: uPlot, palette: Palette): void {
  const { min = 0, max = 0 } = plot.scales['y'] ?? {}
  const level = min <= 0 && max >= 0 ? 0 : min
  const y = Math.round(plot.valToPos(level, 'y', true)) + 0.5 * (uPlot.pxRatio % 2)
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = palette.axis
  ctx.lineWidth = uPlot.pxRatio
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}
