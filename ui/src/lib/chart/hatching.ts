// Owns how a hole in the data looks: hatched, with the reason written in it, turned when it is narrow.
import type { Palette } from './palette.svelte.ts'
import type { Gap } from './samples.ts'

/** The part of a canvas to draw in, in its own pixels. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const TILE = 6
/** A hole as long as this is found at every zoom; a shorter one only where it is a pixel wide. */
const FOUND_MS = 60_000
const FOUND_PX = 2

const patterns = new WeakMap<Palette, CanvasPattern | null>()

/** Hatches the gaps within `area`; `toPx` gives the place of a time on the canvas. */
export function hatchGaps(
  context: CanvasRenderingContext2D,
  gaps: readonly Gap[],
  options: { area: Area; palette: Palette; toPx: (timeMs: number) => number; ratio: number },
): void {
  const { area, palette, toPx, ratio } = options
  for (const gap of gaps) {
    const start = toPx(gap.fromMs)
    const leastPx = gap.toMs - gap.fromMs >= FOUND_MS ? FOUND_PX * ratio : 0
    const left = Math.max(area.left, start)
    const right = Math.min(area.left + area.width, Math.max(toPx(gap.toMs), start + leastPx))
    if (right - left < ratio) continue
    context.save()
    // Too narrow for a pattern to be seen in it.
    const isSliver = right - left < TILE * ratio
    context.fillStyle = (isSliver ? null : patternOf(context, palette)) ?? palette.hatch
    context.fillRect(left, area.top, right - left, area.height)
    if (gap.reason) {
      label(context, gap.reason, { left, right, area, palette, ratio })
    }
    context.restore()
  }
}

function label(
  context: CanvasRenderingContext2D,
  text: string,
  at: { left: number; right: number; area: Area; palette: Palette; ratio: number },
): void {
  const { left, right, area, palette, ratio } = at
  context.font = `${11 * ratio}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const padding = 4 * ratio
  const width = context.measureText(text).width + 2 * padding
  const height = 16 * ratio
  const turned = right - left < width
  if (turned && (right - left < height || area.height < width)) return
  context.translate((left + right) / 2, area.top + area.height / 2)
  if (turned) context.rotate(-Math.PI / 2)
  context.fillStyle = palette.panel
  context.fillRect(-width / 2, -height / 2, width, height)
  context.fillStyle = palette['text-3']
  context.fillText(text, 0, 0)
}

function patternOf(context: CanvasRenderingContext2D, palette: Palette): CanvasPattern | null {
  const known = patterns.get(palette)
  if (known) return known
  const tile = document.createElement('canvas')
  tile.width = TILE
  tile.height = TILE
  const pen = tile.getContext('2d')
  if (!pen) return null
  pen.strokeStyle = palette.hatch
  pen.beginPath()
  for (const shift of [-TILE, 0, TILE]) {
    pen.moveTo(shift - 1, TILE + 1)
    pen.lineTo(shift + TILE + 1, -1)
  }
  pen.stroke()
  const pattern = context.createPattern(tile, 'repeat')
  patterns.set(palette, pattern)
  return pattern
}
