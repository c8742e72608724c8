// Owns when small lines are painted: all that changed together, once a frame, by sizes that were observed and not asked for.
import { paintSparkLine, type SparkColors } from './spark-line.ts'

interface Line {
  readonly canvas: HTMLCanvasElement
  ratios: Float32Array
  sizePx: { width: number; height: number }
}

const lines = new Map<Element, Line>()
const waiting = new Set<Line>()
const colorsByTheme = new Map<string, SparkColors>()
let frame = 0
let observer: ResizeObserver | undefined

/** Adds a canvas; the answer removes it. It is painted once its size is known. */
export function addSparkLine(canvas: HTMLCanvasElement): () => void {
  observer ??= new ResizeObserver(onResize)
  lines.set(canvas, { canvas, ratios: new Float32Array(0), sizePx: { width: 0, height: 0 } })
  observer.observe(canvas)
  return () => {
    observer?.unobserve(canvas)
    const line = lines.get(canvas)
    if (line) waiting.delete(line)
    lines.delete(canvas)
  }
}

/** Asks for these points to be shown, in the colours of a theme. */
export function showSparkLine(canvas: HTMLCanvasElement, ratios: Float32Array): void {
  const line = lines.get(canvas)
  if (!line) return
  line.ratios = ratios
  queue(line)
}

function onResize(entries: ResizeObserverEntry[]): void {
  for (const { target, contentRect } of entries) {
    const line = lines.get(target)
    if (!line) continue
    line.sizePx = { width: contentRect.width, height: contentRect.height }
    waiting.add(line)
  }
  // Sizes are told between layout and paint: painting now shows nothing blank.
  paint()
}

function queue(line: Line): void {
  waiting.add(line)
  frame ||= requestAnimationFrame(paint)
}

function paint(): void {
  cancelAnimationFrame(frame)
  frame = 0
  for (const line of waiting) {
    if (line.sizePx.width > 0) paintSparkLine(line.canvas, line, colorsOf(line.canvas))
  }
  waiting.clear()
}

// Resolved once a theme: asking for a computed style costs a pass over the page's styles.
function colorsOf(canvas: HTMLCanvasElement): SparkColors {
  const chosen = document.documentElement.dataset['theme'] ?? 'system'
  const key = `${chosen}:${matchMedia('(prefers-color-scheme: dark)').matches}`
  let colors = colorsByTheme.get(key)
  if (!colors) {
    const style = getComputedStyle(canvas)
    colors = { line: style.color, ground: style.borderTopColor }
    colorsByTheme.set(key, colors)
  }
  return colors
}
