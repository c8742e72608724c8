// Owns the band behind a line: from the lowest to the highest value of each bucket.
import type { ChartFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import type { Palette } from './palette.svelte.ts'

interface BandOptions {
  readonly plan: ChartPlan
  readonly shown: readonly boolean[]
  readonly palette: Palette
  readonly toX: (timeMs: number) => number
  readonly toY: (height: number) => number
}

export function paintBands(
  context: CanvasRenderingContext2D,
  frame: ChartFrame,
  options: BandOptions,
): void {
  const { plan, shown, palette } = options
  context.save()
  for (const [index, { colour, below = false }] of plan.series.entries()) {
    const band = frame.bands?.[index]
    if (!band || !shown[index]) continue
    context.fillStyle = palette.fade(colour, 0.2)
    const sign = below ? -1 : 1
    const x = (at: number) => options.toX(frame.x[at] ?? 0)
    const y = (values: Float64Array, at: number) => options.toY(sign * (values[at] ?? NaN))
    for (const [from, to] of unbroken(band.low)) {
      context.beginPath()
      for (let at = from; at <= to; at++) context.lineTo(x(at), y(band.high, at))
      for (let at = to; at >= from; at--) context.lineTo(x(at), y(band.low, at))
      context.fill()
    }
  }
  context.restore()
}

/** The first and last place of each run of values. */
function* unbroken(values: Float64Array): Generator<[number, number]> {
  let from = -1
  for (let at = 0; at <= values.length; at++) {
    const isKnown = !Number.isNaN(values[at] ?? NaN)
    if (isKnown && from < 0) from = at
    if (isKnown || from < 0) continue
    yield [from, at - 1]
    from = -1
  }
}
