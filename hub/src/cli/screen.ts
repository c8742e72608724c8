// Owns lines of styled text: cut to the width of a terminal, coloured or plain.
import { styleText } from 'node:util'

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'blue' | 'cyan'

/** A part of a line with one look. */
export interface Span {
  readonly text: string
  readonly style?: Style
}

export type StyledLine = readonly Span[]

export function lineText(
  line: StyledLine,
  { width, isColour }: { width: number; isColour: boolean },
): string {
  let left = width
  let text = ''
  for (const span of line) {
    // Names come from machines: what they hold must not drive the terminal.
    const shown = Array.from(span.text.replace(/\p{Cc}/gu, '\ufffd'))
      .slice(0, left)
      .join('')
    left -= Array.from(shown).length
    text += span.style && isColour ? styleText(span.style, shown, { validateStream: false }) : shown
  }
  return text
}

/** A text in a column: cut within, since the end of a name often tells it from others, or filled up. */
export function column(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const chars = Array.from(text)
  const fill = ' '.repeat(Math.max(0, width - chars.length))
  if (chars.length <= width) return align === 'left' ? text + fill : fill + text
  const head = Math.ceil((width - 1) / 3)
  const tail = Math.max(0, width - 1 - head)
  return [...chars.slice(0, head), '…', ...chars.slice(chars.length - tail)].join('')
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** The newest `width` values as bars from 0 to `top`, or to the greatest of them. */
export function sparkline(values: readonly (number | null)[], width: number, top?: number): string {
  const shown = values.slice(-width)
  const most = top ?? shown.reduce<number>((max, value) => Math.max(max, value ?? 0), 0)
  const bars = shown.map((value) => {
    if (value === null) return ' '
    const share = most > 0 ? Math.max(0, Math.min(1, value / most)) : 0
    return BARS[Math.min(BARS.length - 1, Math.floor(share * BARS.length))] ?? ' '
  })
  return bars.join('').padStart(width)
}
