// Owns the shape of a small line: an SVG path over the points, a hole where there is no value.

export interface SparkPath {
  readonly line: string
  /** The same down to the ground. */
  readonly area: string
  /** The width of the picture in its own units; its height is {@link SPARK_HEIGHT}. */
  readonly width: number
}

export const SPARK_HEIGHT = 100

/** Of ratios from 0 to 1, oldest at the left; NaN is no value. */
export function sparkPath(ratios: Float32Array): SparkPath {
  let line = ''
  let area = ''
  let start = -1
  for (let index = 0; index <= ratios.length; index++) {
    const ratio = ratios[index] ?? NaN
    if (Number.isNaN(ratio)) {
      if (start >= 0) area += `${line.slice(start)}V${SPARK_HEIGHT}H${firstX(line, start)}Z`
      start = -1
      continue
    }
    const isFirst = start < 0
    if (isFirst) start = line.length
    line += `${isFirst ? 'M' : 'L'}${index} ${Math.round((1 - Math.min(1, ratio)) * SPARK_HEIGHT)}`
  }
  return { line, area, width: Math.max(1, ratios.length - 1) }
}

function firstX(line: string, start: number): string {
  return line.slice(start + 1, line.indexOf(' ', start))
}
