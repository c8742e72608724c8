// Owns where an axis has its grid lines: round numbers, of the decimal or of the binary kind, and round times.

const DECIMAL = [1, 2, 2.5, 5, 10]
const BINARY = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

export interface Axis {
  readonly low: number
  readonly high: number
  /** From `low` to `high`, both included. */
  readonly ticks: readonly number[]
}

export interface AxisOptions {
  readonly binary?: boolean
  /** How many steps the axis should have, about. */
  readonly steps?: number
  /** A natural end of the axis; it is then the last tick even when it is not round, where there is room. */
  readonly ceiling?: number
}

/** A round step that divides `span` into about `steps` parts, never more. */
export function niceStep(span: number, steps: number, binary = false): number {
  const rough = span / steps
  const isBinary = binary && rough >= 1
  const unit = isBinary
    ? 1024 ** Math.floor(logOf(rough, 1024))
    : 10 ** Math.floor(logOf(rough, 10))
  const factors = isBinary ? BINARY : DECIMAL
  const factor = factors.find((each) => each * unit >= rough * (1 - 1e-9)) ?? factors.at(-1) ?? 1
  return factor * unit
}

/** An axis of round numbers that holds both ends. Zero is a tick when it lies within. */
export function niceAxis(low: number, high: number, options: AxisOptions = {}): Axis {
  const { binary = false, steps = 4, ceiling } = options
  const top = ceiling ?? (high > low ? high : low + 1)
  const step = niceStep(top - low, steps, binary)
  const first = Math.floor(low / step + 1e-9)
  const last = ceiling === undefined ? Math.ceil(top / step - 1e-9) : Math.floor(top / step + 1e-9)
  const ticks: number[] = []
  for (let index = first; index <= last; index++) ticks.push(rounded(index * step))
  // "23.5 GiB" above "16": how much there is stands at the top, where it does not crowd the tick below it.
  if (ceiling !== undefined && ceiling - last * step > step / 3) ticks.push(ceiling)
  return { low: rounded(first * step), high: ceiling ?? rounded(last * step), ticks }
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const TIME_STEPS = [1, 2, 5, 10, 15, 30]
  .map((count) => count * SECOND)
  .concat([1, 2, 5, 10, 15, 30].map((count) => count * MINUTE))
  .concat([1, 2, 3, 6, 12, 24, 48, 72].map((count) => count * 60 * MINUTE))

/** The shortest round time step that leaves `spacePx` between labels. */
export function niceTimeStep(msPerPx: number, spacePx: number): number {
  return TIME_STEPS.find((step) => step / msPerPx >= spacePx) ?? 7 * 24 * 60 * MINUTE
}

// log() of an exact power may come out a hair below it: 3 times 1000 must not become 2.9999.
function logOf(value: number, base: number): number {
  const log = Math.log(value) / Math.log(base)
  return Math.abs(log - Math.round(log)) < 1e-9 ? Math.round(log) : log
}

// Removes the noise of binary fractions, so that 3 * 0.1 is written 0.3.
function rounded(value: number): number {
  return Number(value.toPrecision(12)) + 0
}
