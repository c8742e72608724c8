// Owns how fast a filesystem fills up, whatever spikes there were (docs/alerts.md, F1).

export const TREND_STEP_MS = 300_000
export const TREND_SPAN_MS = 6 * 3_600_000
/** An hour. */
const MIN_POINTS = 12
const SIGNIFICANT_Z = 2.6

/** A mean of what was used in five minutes, at the mean time of its ticks. */
export interface TrendPoint {
  readonly timeMs: number
  readonly usedBytes: number
}

/**
 * The median of the slopes of all pairs (Theil 1950; Sen 1968, J. Am. Stat. Assoc. 63), in units a millisecond, while a
 * Mann-Kendall test (Mann 1945; Kendall 1975, with the variance of ties) says that it grows; else 0. Times are in
 * order and differ; null with less than an hour of points.
 */
export function growthOf(points: readonly TrendPoint[]): number | null {
  const { length } = points
  if (length < MIN_POINTS) return null
  const slopes = new Float64Array((length * (length - 1)) / 2)
  let pair = 0
  let concordance = 0
  points.forEach((later, index) => {
    for (let before = 0; before < index; before++) {
      const earlier = points[before] ?? later
      const grown = later.usedBytes - earlier.usedBytes
      concordance += Math.sign(grown)
      slopes[pair++] = grown / (later.timeMs - earlier.timeMs)
    }
  })
  if (zOf(concordance, points) <= SIGNIFICANT_Z) return 0
  return Math.max(0, medianOf(slopes))
}

function zOf(concordance: number, points: readonly TrendPoint[]): number {
  const spread = (count: number): number => count * (count - 1) * (2 * count + 5)
  const ties = new Map<number, number>()
  for (const { usedBytes } of points) ties.set(usedBytes, (ties.get(usedBytes) ?? 0) + 1)
  let variance = spread(points.length)
  for (const count of ties.values()) variance -= spread(count)
  if (variance <= 0) return 0
  return (concordance - Math.sign(concordance)) / Math.sqrt(variance / 18)
}

function medianOf(values: Float64Array): number {
  values.sort()
  const middle = values.length >> 1
  const upper = values[middle] ?? NaN
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? NaN) + upper) / 2
}

/** Takes each tick, and looks for the slope once in five minutes. */
export class Trend {
  readonly #phaseMs: number
  #points: TrendPoint[] = []
  #step = NaN
  #sumBytes = 0
  /** Since the beginning of the five minutes. */
  #sumMs = 0
  #count = 0
  #bytesPerMs: number | null = null

  /** `phaseMs` shifts its five minutes, so that those of many hosts do not all end at once. */
  constructor(phaseMs = 0) {
    this.#phaseMs = phaseMs
  }

  /** What was stored, oldest first; of what came since, what is later stays. */
  seed(points: readonly TrendPoint[]): void {
    const endMs = points.at(-1)?.timeMs ?? -Infinity
    this.#points = [...points, ...this.#points.filter(({ timeMs }) => timeMs > endMs)]
    this.#judge(this.#points.at(-1)?.timeMs ?? 0)
  }

  /** In order of time; NaN is left out. */
  push(usedBytes: number, timeMs: number): void {
    const step = Math.floor((timeMs + this.#phaseMs) / TREND_STEP_MS)
    if (step !== this.#step) this.#close(step, timeMs)
    if (Number.isNaN(usedBytes)) return
    this.#sumBytes += usedBytes
    this.#sumMs += timeMs - this.#beginningMs
    this.#count++
  }

  /** Null while there is less than an hour to say; 0 when nothing says that it grows. */
  get bytesPerS(): number | null {
    return this.#bytesPerMs === null ? null : this.#bytesPerMs * 1000
  }

  /** Infinity when it does not fill up; null while there is less than an hour to say. */
  timeToFullMs(availableBytes: number): number | null {
    if (this.#bytesPerMs === null) return null
    return this.#bytesPerMs === 0 ? Infinity : Math.max(0, availableBytes) / this.#bytesPerMs
  }

  #close(step: number, nowMs: number): void {
    if (this.#count > 0) {
      const timeMs = this.#beginningMs + this.#sumMs / this.#count
      const last = this.#points.at(-1)
      if (!last || last.timeMs < timeMs) {
        this.#points.push({ timeMs, usedBytes: this.#sumBytes / this.#count })
      }
    }
    this.#step = step
    this.#sumBytes = 0
    this.#sumMs = 0
    this.#count = 0
    this.#judge(nowMs)
  }

  get #beginningMs(): number {
    return this.#step * TREND_STEP_MS - this.#phaseMs
  }

  #judge(nowMs: number): void {
    this.#points = this.#points.filter(({ timeMs }) => nowMs - timeMs <= TREND_SPAN_MS)
    this.#bytesPerMs = growthOf(this.#points)
  }
}
