// Owns the painting of one host's row of a heat map: a colour for each step of time, nothing where there is no value.
import type { Attachment } from 'svelte/attachments'
import type { Palette } from '../chart/palette.svelte.ts'
import type { Stretch } from '../chart/time-range.ts'
import type { HeatScale } from './heat-scale.ts'
import type { HostLine } from './host-line.ts'

export interface HeatRow {
  readonly line: HostLine
  readonly stretch: Stretch
  readonly scale: HeatScale
  readonly palette: Palette
  /** CSS pixels. */
  readonly width: number
  readonly height: number
}

export function heatRow(row: () => HeatRow): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const context = canvas.getContext('2d')
    $effect(() => {
      const shown = row()
      canvas.width = Math.round(shown.width * devicePixelRatio)
      canvas.height = Math.round(shown.height * devicePixelRatio)
      if (context) paint(context, shown)
    })
  }
}

function paint(
  context: CanvasRenderingContext2D,
  { line, stretch, scale, palette }: HeatRow,
): void {
  const { width, height } = context.canvas
  const perPx = (stretch.toMs - stretch.fromMs) / width
  const shades = palette.heat.length - 1
  const span = scale.high - scale.low || 1
  line.mean.forEach((value, index) => {
    if (Number.isNaN(value)) return
    const fromMs = line.fromMs + index * line.stepMs
    const left = Math.round((fromMs - stretch.fromMs) / perPx)
    const right = Math.round((fromMs + line.stepMs - stretch.fromMs) / perPx)
    if (right < 0 || left > width) return
    const share = Math.min(1, Math.max(0, (value - scale.low) / span))
    context.fillStyle = palette.heat[Math.round(share * shades)] ?? ''
    context.fillRect(left, 0, Math.max(1, right - left), height)
  })
}
