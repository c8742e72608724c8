// Owns the block: a run of ticks of one host as bytes, the same on the wire, on disk and in the browser.
// The layout is specified in docs/protocol.md, section "Block"; tests name its rules.
import { ByteReader, ByteWriter } from './bytes.ts'
import { CodecError } from './codec-error.ts'

/**
 * A run of ticks of one host on a regular grid.
 *
 * `values[s * present.length + t]` is series `s` of the table named by `revision` at `startMs + t * stepMs`, in steps
 * of its metric (an integer from -(2^53-1) to 2^53-1), or NaN where there is no value. `present[t]` is 0 where the
 * tick itself was never taken; all its values are then NaN.
 */
export interface Block {
  readonly revision: number
  readonly startMs: number
  readonly stepMs: number
  readonly present: Uint8Array
  readonly values: Float64Array
}

/** The values of one series, a view into the block: one a tick, NaN where there is none. */
export function columnOf(block: Block, series: number): Float64Array {
  const ticks = block.present.length
  return block.values.subarray(series * ticks, (series + 1) * ticks)
}

/** What a decoder accepts. It allocates at most 8 bytes times `maxValues`, and a few times `maxTicks` and `maxSeries`. */
export interface BlockLimits {
  readonly maxTicks: number
  readonly maxSeries: number
  readonly maxValues: number
}

export const BLOCK_LIMITS: BlockLimits = { maxTicks: 4096, maxSeries: 8192, maxValues: 4_194_304 }

const VERSION = 1
const EVERY_TICK = 1
const EVERY_VALUE = 2
const MAX_TIME_MS = 8.64e15 // the last instant of a Date (ECMA-262, section 21.4.1.1)

/** Encodes a block; throws a RangeError when it is not one (a bug of the caller). `writer` may be reused by calls. */
export function encodeBlock(block: Block, writer = new ByteWriter()): Uint8Array<ArrayBuffer> {
  const { present, values } = block
  const taken = indicesOf(present)
  const seriesCount = values.length / present.length
  if (!Number.isInteger(seriesCount))
    throw new RangeError(`${values.length} values do not fill columns`)
  const complete = new Uint8Array(seriesCount)
  for (let series = 0; series < seriesCount; series++) {
    complete[series] = isComplete(values, series * present.length, taken) ? 1 : 0
  }
  const everyTick = taken.length === present.length
  const everyValue = !complete.includes(0)

  writer.reset()
  writer.byte(VERSION)
  writer.byte((everyTick ? EVERY_TICK : 0) | (everyValue ? EVERY_VALUE : 0))
  writer.varint(block.revision)
  writer.varint(block.startMs)
  writer.varint(block.stepMs)
  writer.varint(present.length)
  writer.varint(seriesCount)
  if (!everyTick) writer.bitmap(present.length, (tick) => present[tick] === 1)
  if (!everyValue) writer.bitmap(seriesCount, (series) => complete[series] === 1)
  for (let series = 0; series < seriesCount; series++) {
    const start = series * present.length
    if (complete[series] === 0) {
      writer.bitmap(taken.length, (index) => !Number.isNaN(values[start + (taken[index] ?? 0)]))
    }
    writeColumn(writer, { values, start, taken })
  }
  return writer.finish()
}

/** Decodes a block. Throws a {@link CodecError}, and nothing else, for any bytes that {@link encodeBlock} does not write. */
export function decodeBlock(bytes: Uint8Array, limits: BlockLimits = BLOCK_LIMITS): Block {
  const reader = new ByteReader(bytes)
  const version = reader.byte()
  if (version !== VERSION) throw new CodecError('unknown-version', `block version ${version}`)
  const flags = reader.byte()
  if (flags & ~(EVERY_TICK | EVERY_VALUE)) throw new CodecError('not-canonical', 'unknown flags')

  const revision = reader.varint()
  const startMs = reader.varint()
  const stepMs = reader.varint()
  const tickCount = reader.varint()
  const seriesCount = reader.varint()
  checkShape({ startMs, stepMs, tickCount, seriesCount }, limits)

  const present =
    flags & EVERY_TICK
      ? new Uint8Array(tickCount).fill(1)
      : partial(reader.bitmap(tickCount), 'tick')
  const taken = indicesOf(present)
  const complete =
    flags & EVERY_VALUE
      ? new Uint8Array(seriesCount).fill(1)
      : partial(reader.bitmap(seriesCount), 'series')

  // Every value takes a byte and every absent one a bit: refuse before allocating what the bytes cannot hold.
  if (Math.ceil(taken.length / 8) * seriesCount > reader.remaining) {
    throw new CodecError('truncated', `${seriesCount} columns of ${taken.length} values`)
  }
  const values = new Float64Array(tickCount * seriesCount).fill(NaN)
  for (let series = 0; series < seriesCount; series++) {
    const held = complete[series] === 1 ? undefined : partial(reader.bitmap(taken.length), 'value')
    readColumn(reader, { values, start: series * tickCount, taken }, held)
  }
  if (reader.remaining > 0) throw new CodecError('trailing-bytes', `${reader.remaining} bytes`)
  return { revision, startMs, stepMs, present, values }
}

function checkShape(
  shape: { startMs: number; stepMs: number; tickCount: number; seriesCount: number },
  limits: BlockLimits,
): void {
  const { startMs, stepMs, tickCount, seriesCount } = shape
  if (tickCount > limits.maxTicks) throw new CodecError('over-limit', `${tickCount} ticks`)
  if (seriesCount > limits.maxSeries) throw new CodecError('over-limit', `${seriesCount} series`)
  if (tickCount * seriesCount > limits.maxValues) {
    throw new CodecError('over-limit', `${tickCount * seriesCount} values`)
  }
  if (tickCount === 0 || stepMs === 0) throw new CodecError('out-of-range', 'an empty run')
  if (startMs + stepMs * tickCount > MAX_TIME_MS) throw new CodecError('out-of-range', 'time')
}

// A bitmap that says "all" where the flag for "all" was not set would give one block two encodings.
function partial(bits: Uint8Array, of: string): Uint8Array {
  if (bits.every((bit) => bit === 1)) throw new CodecError('not-canonical', `a full ${of} bitmap`)
  return bits
}

function indicesOf(bits: Uint8Array): number[] {
  const indices: number[] = []
  for (let index = 0; index < bits.length; index++) if (bits[index] === 1) indices.push(index)
  return indices
}

/** Where one column's values stand in a block. */
interface Column {
  readonly values: Float64Array
  readonly start: number
  readonly taken: readonly number[]
}

function isComplete(values: Float64Array, start: number, taken: readonly number[]): boolean {
  for (const tick of taken) if (Number.isNaN(values[start + tick])) return false
  return true
}

function writeColumn(writer: ByteWriter, { values, start, taken }: Column): void {
  let previous = 0
  for (const tick of taken) {
    const value = values[start + tick] ?? NaN
    if (Number.isNaN(value)) continue
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${value}`)
    writer.signedVarint(wrappedDifference(value, previous))
    previous = value
  }
}

function readColumn(reader: ByteReader, column: Column, held: Uint8Array | undefined): void {
  const { values, start, taken } = column
  let previous = 0
  for (let index = 0; index < taken.length; index++) {
    if (held?.[index] === 0) continue
    previous = wrappedSum(previous, reader.signedVarint())
    if (!Number.isSafeInteger(previous)) throw new CodecError('out-of-range', 'a value')
    values[start + (taken[index] ?? 0)] = previous
  }
}

// Differences of 53-bit integers need 54 bits, one more than a float64 holds. They are taken modulo 2^54, from
// -2^53 to 2^53-1, in an order of operations whose every intermediate result is exact.
const HALF = 2 ** 53

function wrappedDifference(value: number, previous: number): number {
  if (value >= 0 && previous < 0) {
    const below = value - HALF - previous
    return below >= 0 ? below - HALF : value - previous
  }
  if (value < 0 && previous > 0) {
    const above = value + HALF - previous
    return above < 0 ? above + HALF : value - previous
  }
  return value - previous
}

function wrappedSum(previous: number, difference: number): number {
  if (previous >= 0 && difference > 0) {
    const below = previous - HALF + difference
    return below >= 0 ? below - HALF : previous + difference
  }
  if (previous < 0 && difference < 0) {
    const above = previous + HALF + difference
    return above < 0 ? above + HALF : previous + difference
  }
  return previous + difference
}
