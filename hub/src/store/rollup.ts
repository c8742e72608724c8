// Owns rollups: what an hour's ticks come to in each bucket of the clock, by series, and their sealed form.
import { CodecError } from '@vigie/shared/codec/codec-error'
import type { HourPart } from './hour-part.ts'
import { RangeDecoder, RangeEncoder } from './range-coder.ts'
import { openColumns, writeColumns } from './sealed-columns.ts'
import { readSequence, writeSequence } from './sealed-sequence.ts'

/** What came into each of some buckets, in steps. A bucket without values has Infinity, -Infinity, 0 and 0. */
export interface Buckets {
  readonly min: Float64Array
  readonly max: Float64Array
  /** Exact as long as it is an integer that a float64 holds (2^53); beyond, the last digits are rounded away. */
  readonly sum: Float64Array
  readonly count: Float64Array
}

export function emptyBuckets(count: number): Buckets {
  return {
    min: new Float64Array(count).fill(Infinity),
    max: new Float64Array(count).fill(-Infinity),
    sum: new Float64Array(count),
    count: new Float64Array(count),
  }
}

/** Adds a column's values, each to the bucket of its tick; those of bucket -1 are left out. */
export function addColumn(buckets: Buckets, column: Float64Array, places: Int32Array): void {
  const { min, max, sum, count } = buckets
  for (let tick = 0; tick < column.length; tick++) {
    const value = column[tick] ?? NaN
    const place = places[tick] ?? -1
    if (place < 0 || Number.isNaN(value)) continue
    if (value < (min[place] ?? 0)) min[place] = value
    if (value > (max[place] ?? 0)) max[place] = value
    sum[place] = (sum[place] ?? 0) + value
    count[place] = (count[place] ?? 0) + 1
  }
}

/** Adds finer buckets, each to the bucket that it lies in. */
export function addBuckets(buckets: Buckets, finer: Buckets, places: Int32Array): void {
  const { min, max, sum, count } = buckets
  for (let index = 0; index < finer.count.length; index++) {
    const place = places[index] ?? -1
    if (place < 0 || finer.count[index] === 0) continue
    min[place] = Math.min(min[place] ?? 0, finer.min[index] ?? 0)
    max[place] = Math.max(max[place] ?? 0, finer.max[index] ?? 0)
    sum[place] = (sum[place] ?? 0) + (finer.sum[index] ?? 0)
    count[place] = (count[place] ?? 0) + (finer.count[index] ?? 0)
  }
}

/** `count` buckets of `stepMs`, the first at `fromMs`, which is a multiple of `stepMs`. */
export interface Grid {
  readonly fromMs: number
  readonly stepMs: number
  readonly count: number
}

/** The bucket of each time, -1 where it lies outside. */
export function placesOf(grid: Grid, timesMs: Float64Array): Int32Array {
  const places = new Int32Array(timesMs.length)
  for (let tick = 0; tick < timesMs.length; tick++) {
    const place = Math.floor(((timesMs[tick] ?? 0) - grid.fromMs) / grid.stepMs)
    places[tick] = place < 0 || place >= grid.count ? -1 : place
  }
  return places
}

/** A part's series, folded. */
export function rolledUp(part: HourPart, grid: Grid): Buckets[] {
  const places = placesOf(grid, part.timesMs)
  return part.columns.map((column) => {
    const buckets = emptyBuckets(grid.count)
    addColumn(buckets, column, places)
    return buckets
  })
}

const MOST_BUCKETS = 60
const encoder = new RangeEncoder()

/** All series of a part have as many buckets. */
export function writeRollup(series: readonly Buckets[]): Uint8Array<ArrayBuffer> {
  return writeColumns(series.map(writeBuckets))
}

export interface SealedRollup {
  readonly series: number
  /** Of one series, decoded when they are asked for. */
  readonly buckets: (series: number) => Buckets
}

/** Opens a rollup of `count` buckets. Everything throws a {@link CodecError} for bytes that {@link writeRollup} did not write. */
export function openRollup(bytes: Uint8Array, count: number): SealedRollup {
  if (count > MOST_BUCKETS) throw new CodecError('over-limit', `${count} buckets`)
  const columns = openColumns(bytes)
  return {
    series: columns.length,
    buckets: (series) => readBuckets(columns[series], count),
  }
}

// Of the buckets that are not empty: the least value, and what the greatest and the sum have beyond it.
function writeBuckets({ min, max, sum, count }: Buckets): Uint8Array {
  writeSequence(encoder, count)
  const held = indexesHeld(count)
  if (held.length === 0) return encoder.finish()
  const least = pick(min, held)
  const greatest = pick(max, held)
  const sums = pick(sum, held)
  writeSequence(encoder, least)
  writeBeyond(encoder, greatest, least)
  writeBeyond(encoder, sums, product(least, pick(count, held)))
  return encoder.finish()
}

function readBuckets(bytes: Uint8Array | undefined, length: number): Buckets {
  if (!bytes) throw new CodecError('truncated', 'a series that is not there')
  const decoder = new RangeDecoder(bytes)
  const buckets = emptyBuckets(length)
  readSequence(decoder, buckets.count)
  const held = indexesHeld(buckets.count)
  if (held.length === 0) return buckets
  const least = new Float64Array(held.length)
  readSequence(decoder, least)
  const greatest = readBeyond(decoder, least)
  const sums = readBeyond(decoder, product(least, pick(buckets.count, held)))
  held.forEach((place, index) => {
    buckets.min[place] = least[index] ?? NaN
    buckets.max[place] = greatest[index] ?? NaN
    buckets.sum[place] = sums[index] ?? NaN
  })
  return buckets
}

/** Writes what numbers have beyond others; or, where a difference would not be exact, the numbers themselves. */
function writeBeyond(writer: RangeEncoder, values: Float64Array, base: Float64Array): void {
  const beyond = values.map((value, index) => value - (base[index] ?? 0))
  const isExact = [values, base, beyond].every((numbers) => numbers.every(Number.isSafeInteger))
  writer.bits(isExact ? 1 : 0, 1)
  writeSequence(writer, isExact ? beyond : values)
}

function readBeyond(decoder: RangeDecoder, base: Float64Array): Float64Array {
  const isExact = decoder.bits(1) === 1
  const values = new Float64Array(base.length)
  readSequence(decoder, values)
  return isExact ? values.map((value, index) => value + (base[index] ?? 0)) : values
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value * (b[index] ?? 0))
}

function indexesHeld(count: Float64Array): number[] {
  const indexes: number[] = []
  count.forEach((ticks, index) => {
    if (ticks > 0) indexes.push(index)
  })
  return indexes
}

function pick(values: Float64Array, indexes: readonly number[]): Float64Array {
  if (indexes.length === values.length) return values
  return Float64Array.from(indexes, (index) => values[index] ?? NaN)
}
