// Owns what is drawn on status pages: a glyph for each condition and a bar for each day. Colour only repeats the shape.
import { Html, html } from '../html.ts'
import type { Tone } from './page-sentences.ts'
import type { Condition } from './status-report.ts'

const DOT = '<circle cx="7" cy="7" r="4" fill="currentColor"/>'
const OCTAGON =
  '<path d="M4.3.5h5.4l3.8 3.8v5.4l-3.8 3.8H4.3L.5 9.7V4.3z" fill="currentColor"/><path class="cut" d="m4.7 4.7 4.6 4.6M9.3 4.7 4.7 9.3"/>'
const TRIANGLE =
  '<path d="M7 1.2 13.4 12.6H.6z" fill="currentColor"/><path class="cut" d="M7 5v3.6M7 10.5v.01"/>'
const RING = '<circle class="ring" cx="7" cy="7" r="5.6"/>'
const SQUARE =
  '<rect x="1" y="1" width="12" height="12" rx="2" fill="currentColor"/><path class="cut" d="M5.2 4.2v5.6M8.8 4.2v5.6"/>'

const GLYPHS: Readonly<Record<Tone | Condition, string>> = {
  well: DOT,
  up: DOT,
  crisis: OCTAGON,
  down: OCTAGON,
  warning: TRIANGLE,
  unknown: RING,
  maintenance: SQUARE,
}

export function glyphOf(what: Tone | Condition): Html {
  const shape = Html.ofOurs(GLYPHS[what])
  return html`<svg class="glyph ${what}" viewBox="0 0 14 14" aria-hidden="true">${shape}</svg>`
}

const WIDTH = 32
const HEIGHT = 28
/** What was down for a moment is seen all the same. */
const LEAST_HOLLOW = 6
/** From here on a day counts as a bad one. */
const BAD_BELOW = 0.95

/** Full for a day without a fault, hollow from the top down for what was down, dashed for a day of which nothing counts. */
export function barOf(ratio: number | null): Html {
  const frame = { x: 0.5, width: WIDTH - 1 }
  if (ratio === null) {
    return svg('unknown', rect({ ...frame, y: 0.5, height: HEIGHT - 1 }, 'hollow dashed'))
  }
  if (ratio === 1) return svg('up', rect({ x: 0, width: WIDTH, y: 0, height: HEIGHT }, 'full'))
  const hollow = Math.round(Math.min(HEIGHT, Math.max(LEAST_HOLLOW, (1 - ratio) * HEIGHT)))
  return svg(
    ratio < BAD_BELOW ? 'down' : 'warning',
    html`${rect({ ...frame, y: 0.5, height: HEIGHT - 1 }, 'hollow')}${rect(
      { x: 0, width: WIDTH, y: hollow, height: HEIGHT - hollow },
      'full',
    )}`,
  )
}

function svg(name: string, shapes: Html): Html {
  return html`<svg
    class="${name}"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${shapes}
  </svg>`
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function rect({ x, y, width, height }: Box, name: string): Html {
  return html`<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}" rx="2" />`
}
