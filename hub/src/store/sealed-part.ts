// Owns the sealed form of a part of an hour: the times and intervals of its ticks, then a column a series.
import { CodecError } from '@vigie/shared/codec/codec-error'
import type { HourPart } from './hour-part.ts'
import { bitModel, forget, RangeDecoder, RangeEncoder } from './range-coder.ts'
import { openColumns, writeColumns } from './sealed-columns.ts'
import { readSequence, writeSequence } from './sealed-sequence.ts'

/** What a part may hold; beyond it the memory of who reads or seals would be at the mercy of what an agent sent. */
export const PART_LIMITS = { maxTicks: 36_000, maxValues: 16_777_216 }

const COUNT_BITS = 16

const encoder = new RangeEncoder()
const presence = bitModel(2)

export function writePart({ timesMs, stepsMs, columns }: HourPart): Uint8Array<ArrayBuffer> {
  encoder.bits(timesMs.length, COUNT_BITS)
  writeSequence(encoder, timesMs)
  const times = encoder.finish()
  writeSequence(encoder, stepsMs)
  return writeColumns([times, encoder.finish(), ...columns.map(writeColumn)])
}

export interface SealedPart {
  readonly series: number
  readonly timesMs: Float64Array
  stepsMs(): Float64Array
  /** The values of one series, decoded when it is asked for. */
  column(series: number): Float64Array
}

/** Everything throws a {@link CodecError}, and nothing else, for bytes that {@link writePart} did not write. */
export function openPart(bytes: Uint8Array): SealedPart {
  const [times, steps, ...columns] = openColumns(bytes)
  if (!times || !steps) throw new CodecError('truncated', 'a part without times')
  const decoder = new RangeDecoder(times)
  const ticks = decoder.bits(COUNT_BITS)
  if (ticks > PART_LIMITS.maxTicks || ticks * columns.length > PART_LIMITS.maxValues) {
    throw new CodecError('over-limit', `${ticks} ticks of ${columns.length} series`)
  }
  const timesMs = new Float64Array(ticks)
  readSequence(decoder, timesMs)
  for (let tick = 1; tick < ticks; tick++) {
    if (!((timesMs[tick] ?? 0) > (timesMs[tick - 1] ?? 0))) {
      throw new CodecError('out-of-range', 'times that do not ascend')
    }
  }
  return {
    series: columns.length,
    timesMs,
    stepsMs() {
      const stepsMs = new Float64Array(ticks)
      readSequence(new RangeDecoder(steps), stepsMs)
      return stepsMs
    },
    column: (series) => readColumn(columns[series], ticks),
  }
}

/** Whether each value is there, unless all are; then those that are. */
function writeColumn(column: Float64Array): Uint8Array {
  const missing = countMissing(column)
  encoder.bits(missing > 0 ? 1 : 0, 1)
  if (missing === 0) {
    writeSequence(encoder, column)
    return encoder.finish()
  }
  forget(presence)
  const held = new Float64Array(column.length - missing)
  let before = 1
  let count = 0
  for (const value of column) {
    const isHeld = Number.isNaN(value) ? 0 : 1
    encoder.bit(presence, before, isHeld)
    before = isHeld
    if (isHeld) held[count++] = value
  }
  if (held.length > 0) writeSequence(encoder, held)
  return encoder.finish()
}

function readColumn(bytes: Uint8Array | undefined, ticks: number): Float64Array {
  if (!bytes) throw new CodecError('truncated', 'a column that is not there')
  const column = new Float64Array(ticks)
  const decoder = new RangeDecoder(bytes)
  if (decoder.bits(1) === 0) {
    readSequence(decoder, column)
    return column
  }
  forget(presence)
  const places: number[] = []
  let before = 1
  for (let tick = 0; tick < ticks; tick++) {
    before = decoder.bit(presence, before)
    if (before) places.push(tick)
  }
  const held = new Float64Array(places.length)
  if (held.length > 0) readSequence(decoder, held)
  column.fill(NaN)
  places.forEach((place, index) => (column[place] = held[index] ?? NaN))
  return column
}

function countMissing(column: Float64Array): number {
  let missing = 0
  for (let index = 0; index < column.length; index++) if (Number.isNaN(column[index])) missing++
  return missing
}
