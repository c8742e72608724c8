// Owns the picture of a chart as a file: its title, its numbers, the plot as it is painted, its legend.
import type { AxisLabel } from './axis-labels.ts'
import type { LegendRow } from './legend-rows.ts'
import { joined } from '../format/quantity.ts'
import type { Palette } from './palette.svelte.ts'
import { topPx } from './plot-geometry.ts'

export interface PngSource {
  readonly title: string
  /** What it is of: the range, in words. */
  readonly caption: string
  readonly canvas: HTMLCanvasElement
  /** CSS pixels of the plot. */
  readonly width: number
  readonly height: number
  readonly labels: readonly AxisLabel[]
  readonly rows: readonly LegendRow[]
  readonly heads: readonly [now: string, min: string, mean: string, max: string]
  readonly palette: Palette
}

const EDGE_PX = 16
const TITLE_PX = 40
const NUMBERS_PX = 52
const ROW_PX = 20
const COLUMN_PX = 72
/** Of the names in the legend, with the first of its numbers. */
const NAMES_PX = 180

/** Null when the browser cannot make one. */
export function chartPng(source: PngSource): Promise<Blob | null> {
  const { width, height, rows, palette } = source
  const ratio = devicePixelRatio
  const sheet = document.createElement('canvas')
  const legendPx = NAMES_PX + (source.heads.length - 1) * COLUMN_PX
  // The plot of a phone is narrower than the numbers below it.
  const sheetPx = 2 * EDGE_PX + NUMBERS_PX + Math.max(width, legendPx)
  const legendTop = EDGE_PX + TITLE_PX + height + ROW_PX
  sheet.width = Math.round(sheetPx * ratio)
  sheet.height = Math.round((legendTop + (rows.length + 1) * ROW_PX + EDGE_PX) * ratio)
  const context = sheet.getContext('2d')
  if (!context) return Promise.resolve(null)
  context.scale(ratio, ratio)
  context.fillStyle = palette.panel
  context.fillRect(0, 0, sheet.width, sheet.height)
  context.textBaseline = 'middle'
  const write = writer(context)

  write(source.title, { x: EDGE_PX, y: EDGE_PX + 10, size: 14, colour: palette.text })
  write(source.caption, { x: EDGE_PX, y: EDGE_PX + 28, size: 11, colour: palette['text-3'] })
  const left = EDGE_PX + NUMBERS_PX
  const top = EDGE_PX + TITLE_PX
  context.drawImage(source.canvas, 0, 0, width * ratio, height * ratio, left, top, width, height)
  for (const { text, place } of source.labels) {
    const y = top + topPx(place, height)
    write(text, { x: left - 6, y, size: 11, colour: palette['text-3'], align: 'right' })
  }
  const columns = source.heads.map((_, index) => left + NAMES_PX + index * COLUMN_PX)
  source.heads.forEach((head, index) =>
    write(head, {
      x: columns[index] ?? 0,
      y: legendTop,
      size: 11,
      colour: palette['text-3'],
      align: 'right',
    }),
  )
  rows.forEach(({ series, now, min, mean, max }, row) => {
    const y = legendTop + (row + 1) * ROW_PX
    context.fillStyle = palette[series.colour]
    context.fillRect(left, y - 1.5, 10, 3)
    write(series.label, { x: left + 16, y, size: 12, colour: palette.text })
    ;[now, min, mean, max].forEach((quantity, index) =>
      write(joined(quantity), {
        x: columns[index] ?? 0,
        y,
        size: 12,
        colour: palette.text,
        align: 'right',
      }),
    )
  })
  return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'))
}

interface Writing {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly colour: string
  readonly align?: CanvasTextAlign
}

function writer(context: CanvasRenderingContext2D) {
  return (text: string, { x, y, size, colour, align = 'left' }: Writing): void => {
    context.font = `${size}px system-ui, sans-serif`
    context.textAlign = align
    context.fillStyle = colour
    context.fillText(text, x, y)
  }
}
