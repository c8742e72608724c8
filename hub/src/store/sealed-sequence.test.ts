// The sealed form of a sequence: what goes in comes out, and bytes that nobody wrote do no harm.
import { CodecError } from '@vigie/shared/codec/codec-error'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RangeDecoder, RangeEncoder } from './range-coder.ts'
import { readSequence, writeSequence } from './sealed-sequence.ts'

function roundTrip(values: Float64Array): Float64Array {
  const encoder = new RangeEncoder()
  writeSequence(encoder, values)
  const read = new Float64Array(values.length)
  readSequence(new RangeDecoder(encoder.finish()), read)
  return read
}

const LIMIT = Number.MAX_SAFE_INTEGER
const integers = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: 0, max: 10_000 }),
  fc.integer({ min: -LIMIT, max: LIMIT }),
  fc.constantFrom(0, LIMIT, -LIMIT, 2 ** 32, 2 ** 31),
)
const walks = fc
  .tuple(
    fc.integer({ min: -(2 ** 45), max: 2 ** 45 }),
    fc.constantFrom(1, 4, 4096),
    fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 400 }),
  )
  .map(([start, factor, moves]) => {
    let value = start
    return moves.map((move) => (value += move * factor))
  })

describe('a sealed sequence', () => {
  it('gives back every integer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(integers, { maxLength: 200 }), walks), (values) => {
        const given = Float64Array.from(values)
        expect(roundTrip(given)).toEqual(given)
      }),
      { numRuns: 500 },
    )
  })

  it('gives back numbers that are no integers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const read = roundTrip(Float64Array.from(values))
          expect([...read].map((value) => value + 0)).toEqual(values.map((value) => value + 0))
        },
      ),
    )
  })

  it('takes next to nothing for what does not change, and little for what hardly does', () => {
    const sizeOf = (values: Float64Array): number => {
      const encoder = new RangeEncoder()
      writeSequence(encoder, values)
      return encoder.finish().length
    }
    expect(sizeOf(new Float64Array(3600).fill(2 ** 40))).toBeLessThan(10)
    const seldom = Float64Array.from({ length: 3600 }, (_, second) => Math.floor(second / 600))
    expect(sizeOf(seldom)).toBeLessThan(40)
  })

  it('reads what nobody wrote as some numbers or a CodecError, and ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const values = new Float64Array(100)
        try {
          readSequence(new RangeDecoder(bytes), values)
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
