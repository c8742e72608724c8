// Owns the parts of a picture that are no chart: text, swatches, hatching. Places are pixels from the top left.

export type Element = Readonly<Record<string, unknown>>

export interface TextStyle {
  readonly left: number
  /** The middle of the line. */
  readonly middle: number
  readonly size: number
  readonly colour: string
  readonly weight?: 'bold'
  /** Which end of the text stands at `left`. */
  readonly align?: 'left' | 'right' | 'center'
  readonly turnedBy?: number
  readonly z?: number
}

export function text(content: string, style: TextStyle): Element {
  return {
    type: 'text',
    silent: true,
    x: style.left,
    y: style.middle,
    rotation: style.turnedBy ?? 0,
    z: style.z ?? 10,
    style: {
      text: printable(content),
      fill: style.colour,
      fontSize: style.size,
      fontFamily: 'sans-serif',
      ...(style.weight && { fontWeight: style.weight }),
      align: style.align ?? 'left',
      verticalAlign: 'middle',
    },
  }
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export function box({ left, top, width, height }: Box, fill: string, z = 10): Element {
  return {
    type: 'rect',
    silent: true,
    z,
    shape: { x: left, y: top, width, height },
    style: { fill },
  }
}

const HATCH_PX = 6

/** Slanted lines as one path: patterns are drawn differently by every program. */
export function hatching({ left, top, width, height }: Box, stroke: string): Element {
  const right = left + width
  const bottom = top + height
  const segments: number[][] = []
  // A line rises by one for each step to the right: x + y is the same all along it.
  const first = Math.ceil((left + top) / HATCH_PX) * HATCH_PX
  for (let sum = first; sum < right + bottom; sum += HATCH_PX) {
    const fromX = Math.max(left, sum - bottom)
    const toX = Math.min(right, sum - top)
    if (toX > fromX) segments.push([fromX, sum - fromX, toX, sum - toX])
  }
  return {
    type: 'segments',
    silent: true,
    z: 1,
    shape: { segments },
    style: { stroke, fill: 'none', lineWidth: 1 },
  }
}

/** About how wide a text is: good enough to see whether it fits. */
export function widthOf(content: string, size: number): number {
  return content.length * size * 0.56
}

/** The text, cut with an ellipsis where it is wider than `maxPx`. */
export function fitted(content: string, size: number, maxPx: number): string {
  const most = Math.max(1, Math.floor(maxPx / (size * 0.56)))
  return content.length <= most ? content : `${content.slice(0, most - 1).trimEnd()}…`
}

/** One line of what XML can hold: names come from machines, which may call things as they like. */
export function printable(content: string): string {
  return content
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
    .replace(/[^\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
