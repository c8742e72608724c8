// The sealed forms of ticks and of rollups: what goes in comes out, and bytes that nobody wrote do no harm.
import { crc32 } from 'node:zlib'
import { CodecError } from '@vigie/shared/codec/codec-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HourPart } from './hour-part.ts'
import { openRollup, rolledUp, writeRollup, type Buckets } from './rollup.ts'
import { openPart, writePart } from './sealed-part.ts'

const HOUR_MS = 3_600_000
const LIMIT = Number.MAX_SAFE_INTEGER

const integer = fc.oneof(
  fc.integer({ min: -100, max: 100 }),
  fc.integer({ min: -LIMIT, max: LIMIT }),
  fc.constantFrom(LIMIT, -LIMIT, 0),
)
const column = (length: number): fc.Arbitrary<Float64Array> =>
  fc
    .oneof(
      fc.constant(new Array<number>(length).fill(NaN)),
      fc.array(integer, { minLength: length, maxLength: length }),
      fc.array(fc.oneof(integer, fc.constant(NaN)), { minLength: length, maxLength: length }),
    )
    .map((values) => Float64Array.from(values))

const parts: fc.Arbitrary<HourPart> = fc
  .uniqueArray(fc.integer({ min: 0, max: HOUR_MS - 1 }), { minLength: 1, maxLength: 80 })
  .chain((times) =>
    fc.record({
      revision: fc.constant(1),
      keys: fc.constant([]),
      timesMs: fc.constant(Float64Array.from(times).sort()),
      stepsMs: column(times.length).map((steps) => steps.map((step) => Math.abs(step) || 1)),
      columns: fc.array(column(times.length), { maxLength: 6 }),
    }),
  )

/** What reading everything of some bytes throws, if it throws. */
function errorOf(read: () => unknown): unknown {
  try {
    read()
    return undefined
  } catch (error) {
    return error
  }
}

function readAll(bytes: Uint8Array): Float64Array[] {
  const part = openPart(bytes)
  const columns = Array.from({ length: part.series }, (_, series) => part.column(series))
  return [part.timesMs, part.stepsMs(), ...columns]
}

function readBuckets(bytes: Uint8Array, count: number): Buckets[] {
  const rollup = openRollup(bytes, count)
  return Array.from({ length: rollup.series }, (_, series) => rollup.buckets(series))
}

/** Bytes with one of them changed, and the right sum: rot is found by the sum, malice is not. */
function forged(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = Buffer.from(bytes)
  copy[5 + (at % (copy.length - 5))] = byte
  copy.writeUInt32LE(crc32(copy.subarray(5)), 1)
  return copy
}

describe('a sealed part', () => {
  it('gives back every tick: its time, its interval, and its values where it has them', () => {
    fc.assert(
      fc.property(parts, (part) => {
        const expected = [part.timesMs, part.stepsMs, ...part.columns]
        expect(readAll(writePart(part))).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused when any of its bytes is another, or missing', () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 1, max: 255 }), (part, at, change) => {
        const bytes = writePart(part)
        const index = at % bytes.length
        expect(errorOf(() => readAll(bytes.subarray(0, index)))).toBeInstanceOf(CodecError)
        bytes[index] = (bytes[index] ?? 0) ^ change
        expect(errorOf(() => readAll(bytes))).toBeInstanceOf(CodecError)
      }),
      { numRuns: 300 },
    )
  })

  it('does no harm when it was forged: some numbers, or a CodecError', () => {
    fc.assert(
      fc.property(parts, fc.nat(), fc.integer({ min: 0, max: 255 }), (part, at, byte) => {
        const error = errorOf(() => readAll(forged(writePart(part), at, byte)))
        if (error !== undefined) expect(error).toBeInstanceOf(CodecError)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a sealed rollup', () => {
  const grids = fc.constantFrom(60, 1)

  it('gives back what the ticks came to, in every bucket', () => {
    fc.assert(
      fc.property(parts, grids, (part, count) => {
        const buckets = rolledUp(part, { fromMs: 0, stepMs: HOUR_MS / count, count })
        expect(readBuckets(writeRollup(buckets), count)).toEqual(buckets)
      }),
      { numRuns: 500 },
    )
  })

  it('does no harm when it was forged: some numbers, or a CodecError', () => {
    fc.assert(
      fc.property(parts, grids, fc.nat(), fc.integer({ max: 255 }), (part, count, at, byte) => {
        const buckets = rolledUp(part, { fromMs: 0, stepMs: HOUR_MS / count, count })
        const error = errorOf(() => readBuckets(forged(writeRollup(buckets), at, byte), count))
        if (error !== undefined) expect(error).toBeInstanceOf(CodecError)
      }),
      { numRuns: 2000 },
    )
  })

  it('needs no more than its bytes to be read: random ones are refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(errorOf(() => openPart(bytes))).toBeInstanceOf(CodecError)
        expect(errorOf(() => openRollup(bytes, 60))).toBeInstanceOf(CodecError)
      }),
      { numRuns: 1000 },
    )
  })
})
