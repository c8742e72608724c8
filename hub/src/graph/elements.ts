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
  /** The colour of its ground, where lines go through it. */
  readonly halo?: string
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
      ...(style.halo && { stroke: style.halo, lineWidth: 3 }),
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

export function dashed(
  [x1, y1, x2, y2]: readonly [x1: number, y1: number, x2: number, y2: number],
  stroke: string,
  lineDash: readonly number[],
): Element {
  return {
    type: 'line',
    silent: true,
    z: 5,
    shape: { x1, y1, x2, y2 },
    style: { stroke, lineWidth: 1, lineDash },
  }
}

/** Points up, and fills its box. */
export function triangle({ left, top, width, height }: Box, fill: string): Element {
  const bottom = top + height
  const points = [
    [left + width / 2, top],
    [left + width, bottom],
    [left, bottom],
  ]
  return { type: 'polygon', silent: true, z: 5, shape: { points }, style: { fill } }
}

const HATCH_PX = 6

/** Slanted lines around a box that is left out, as one path: patterns are drawn differently by every program. */
export function hatching(area: Box, stroke: string, leftOut?: Box): Element {
  const boxes = leftOut ? around(area, leftOut) : [area]
  return {
    type: 'segments',
    silent: true,
    z: 1,
    shape: { segments: boxes.flatMap(slanted) },
    style: { stroke, fill: 'none', lineWidth: 1 },
  }
}

/** What is above, below, left and right of a box within an area. */
function around(area: Box, inner: Box): Box[] {
  const { left, top, width, height } = area
  const [innerRight, innerBottom] = [inner.left + inner.width, inner.top + inner.height]
  return [
    { left, top, width, height: inner.top - top },
    { left, top: innerBottom, width, height: top + height - innerBottom },
    { ...inner, left, width: inner.left - left },
    { ...inner, left: innerRight, width: left + width - innerRight },
  ]
}

function slanted({ left, top, width, height }: Box): number[][] {
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
  return segments
}

const WIDE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u

/** About how wide a text is: good enough to see whether it fits. */
export function widthOf(content: string, size: number): number {
  let ems = 0
  for (const char of content) ems += WIDE.test(char) ? 1 : 0.56
  return ems * size
}

/** The text, with an ellipsis within where it is wider than `maxPx`: what tells names apart is often their end. */
export function fitted(content: string, size: number, maxPx: number): string {
  const chars = Array.from(content)
  const cutTo = (count: number): string => {
    const head = Math.ceil(count / 3)
    const tail = chars.slice(chars.length - (count - head))
    return `${chars.slice(0, head).join('').trimEnd()}…${tail.join('').trimStart()}`
  }
  let text = content
  for (let count = chars.length - 1; count > 1 && widthOf(text, size) > maxPx; count--) {
    text = cutTo(count)
  }
  return text
}

/** Parts of a sentence, in one line where they fit, else each in as many as it takes. */
export function paragraph(parts: readonly string[], size: number, maxPx: number): string[] {
  const line = parts.join(' · ')
  if (widthOf(line, size) <= maxPx) return [line]
  return parts.flatMap((part) => wrapped(part, size, maxPx))
}

// A word that is wider than a line is cut.
function wrapped(content: string, size: number, maxPx: number): string[] {
  const lines: string[] = []
  for (const word of content.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && widthOf(longer, size) <= maxPx) lines[lines.length - 1] = longer
    else lines.push(fitted(word, size, maxPx))
  }
  return lines
}

/** One line of what XML can hold: names come from machines, which may call things as they like. */
export function printable(content: string): string {
  return content
    .replace(/[\t\n\v\f\r\u2028\u2029]+/g, ' ')
    .replace(/[^\x20-\x7E\xA0-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
