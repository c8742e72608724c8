// Owns how a small line is painted on a canvas: one path, a faint ground, holes left open.

export interface SparkColors {
  readonly line: string
  readonly ground: string
}

export interface SparkContent {
  readonly ratios: Float32Array
  /** Of the canvas, in CSS pixels. */
  readonly sizePx: { readonly width: number; readonly height: number }
}

/** Paints ratios from 0 to 1, oldest at the left; the canvas follows the screen's density. */
export function paintSparkLine(
  canvas: HTMLCanvasElement,
  { ratios, sizePx: { width, height } }: SparkContent,
  colors: SparkColors,
): void {
  const context = canvas.getContext('2d')
  if (!context) return
  const density = devicePixelRatio
  const [deviceWidth, deviceHeight] = [Math.round(width * density), Math.round(height * density)]
  if (canvas.width !== deviceWidth) canvas.width = deviceWidth
  if (canvas.height !== deviceHeight) canvas.height = deviceHeight
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, width, height)
  context.fillStyle = colors.ground
  context.fillRect(0, height - 1, width, 1)
  const x = (index: number) => 0.5 + (index / Math.max(1, ratios.length - 1)) * (width - 1)
  const y = (ratio: number) => height - 1.5 - Math.min(1, ratio) * (height - 3)
  for (const [start, end] of runsOf(ratios)) {
    const line = new Path2D()
    for (let index = start; index < end; index++) line.lineTo(x(index), y(ratios[index] ?? 0))
    const area = new Path2D(line)
    area.lineTo(x(end - 1), height - 1)
    area.lineTo(x(start), height - 1)
    context.globalAlpha = 0.13
    context.fillStyle = colors.line
    context.fill(area)
    context.globalAlpha = 1
    context.strokeStyle = colors.line
    context.lineWidth = 1.25
    context.lineJoin = 'round'
    context.stroke(line)
  }
}

/** The stretches without a hole, as [start, end) pairs. */
export function runsOf(values: Float32Array): [start: number, end: number][] {
  const runs: [number, number][] = []
  let start = -1
  for (let index = 0; index <= values.length; index++) {
    const isValue = index < values.length && !Number.isNaN(values[index])
    if (isValue && start < 0) start = index
    if (!isValue && start >= 0) {
      runs.push([start, index])
      start = -1
    }
  }
  return runs
}
