import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BLOCK_LIMITS, columnOf, decodeBlock, encodeBlock, type Block } from './block.ts'
import { ByteWriter } from './bytes.ts'
import { CodecError } from './codec-error.ts'

const integer = fc.oneof(
  fc.integer({ min: -100, max: 100 }),
  fc.maxSafeInteger(),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 52, -(2 ** 52), 0),
)
const maybe = fc.oneof(
  { weight: 4, arbitrary: integer },
  { weight: 1, arbitrary: fc.constant(NaN) },
)

const blocks: fc.Arbitrary<Block> = fc
  .record({ ticks: fc.integer({ min: 1, max: 20 }), series: fc.integer({ min: 0, max: 12 }) })
  .chain(({ ticks, series }) =>
    fc.record({
      revision: fc.maxSafeNat(),
      startMs: fc.integer({ min: 0, max: 4e12 }),
      stepMs: fc.constantFrom(1, 1000, 5000, 60_000),
      present: fc.oneof(
        fc.constant(new Uint8Array(ticks).fill(1)),
        fc.uint8Array({ minLength: ticks, maxLength: ticks, max: 1 }),
      ),
      values: fc
        .oneof(
          fc.array(integer, { minLength: ticks * series, maxLength: ticks * series }),
          fc.array(maybe, { minLength: ticks * series, maxLength: ticks * series }),
        )
        .map((values) => Float64Array.from(values)),
    }),
  )
  .map((block) => {
    // A tick that was not taken has no values.
    const ticks = block.present.length
    const values = block.values.map((value, index) =>
      block.present[index % ticks] === 1 ? value : NaN,
    )
    return { ...block, values }
  })

function expectSame(actual: Block, expected: Block): void {
  expect(actual.revision).toBe(expected.revision)
  expect(actual.startMs).toBe(expected.startMs)
  expect(actual.stepMs).toBe(expected.stepMs)
  expect([...actual.present]).toEqual([...expected.present])
  // -0 is not kept apart from 0: both are no steps.
  expect([...actual.values]).toEqual([...expected.values].map((value) => value + 0))
}

function errorOf(bytes: Uint8Array, limits = BLOCK_LIMITS): unknown {
  try {
    decodeBlock(bytes, limits)
    return undefined
  } catch (error) {
    return error
  }
}

function codeOf(bytes: Uint8Array, limits = BLOCK_LIMITS): string {
  const error = errorOf(bytes, limits)
  return error instanceof CodecError ? error.code : `not a CodecError: ${String(error)}`
}

const one = (values: number[], present = [1]): Block => ({
  revision: 7,
  startMs: 1_795_400_041_000,
  stepMs: 1000,
  present: Uint8Array.from(present),
  values: Float64Array.from(values),
})

describe('block', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(blocks, (block) => expectSame(decodeBlock(encodeBlock(block)), block)),
      { numRuns: 1000 },
    )
  })

  it('B2 keeps every integer up to 2^53-1, whatever stood before it', () => {
    fc.assert(
      fc.property(integer, integer, integer, (a, b, c) => {
        expectSame(decodeBlock(encodeBlock(one([a, b, c], [1, 1, 1]))), one([a, b, c], [1, 1, 1]))
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same whether its writer is new or reused', () => {
    const writer = new ByteWriter(1)
    fc.assert(
      fc.property(blocks, (block) => {
        expect(encodeBlock(block, writer)).toEqual(encodeBlock(block))
      }),
    )
  })

  it('B3 has one encoding: what decodes encodes to the same bytes', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .tuple(blocks, fc.nat(), fc.nat({ max: 255 }))
        .map(([block, at, byte]) => replaceByte(encodeBlock(block), at, byte)),
    )
    fc.assert(
      fc.property(bytes, (candidate) => {
        const error = errorOf(candidate)
        if (error === undefined) expect(encodeBlock(decodeBlock(candidate))).toEqual(candidate)
        else expect(error).toBeInstanceOf(CodecError)
      }),
      { numRuns: 5000 },
    )
  })

  it('B4 refuses every truncation', () => {
    fc.assert(
      fc.property(blocks, fc.nat(), (block, cut) => {
        const bytes = encodeBlock(block)
        expect(errorOf(bytes.subarray(0, cut % bytes.length))).toBeInstanceOf(CodecError)
      }),
      { numRuns: 1000 },
    )
  })

  it('B4 refuses by code', () => {
    const bytes = encodeBlock(one([1, 2, 3]))
    expect(codeOf(Uint8Array.of())).toBe('truncated')
    expect(codeOf(bytes.subarray(0, -1))).toBe('truncated')
    expect(codeOf(Uint8Array.of(...bytes, 0))).toBe('trailing-bytes')
    expect(codeOf(replaceByte(bytes, 0, 2))).toBe('unknown-version')
    expect(codeOf(replaceByte(bytes, 1, 0xff))).toBe('not-canonical')
    // Revision 0 in two bytes.
    expect(codeOf(Uint8Array.of(1, 3, 0x80, 0, 0, 1, 1, 0))).toBe('not-canonical')
    // Revision over 2^53-1.
    expect(codeOf(Uint8Array.of(1, 3, ...new Array<number>(8).fill(0xff), 0x7f))).toBe(
      'out-of-range',
    )
    // No ticks.
    expect(codeOf(Uint8Array.of(1, 3, 0, 0, 1, 0, 0))).toBe('out-of-range')
    expect(codeOf(bytes, { ...BLOCK_LIMITS, maxSeries: 2 })).toBe('over-limit')
    expect(codeOf(bytes, { ...BLOCK_LIMITS, maxTicks: 0 })).toBe('over-limit')
    expect(codeOf(bytes, { ...BLOCK_LIMITS, maxValues: 2 })).toBe('over-limit')
  })

  it('B4 refuses a claim of many values before it allocates for them', () => {
    const claim = new ByteWriter()
    for (const byte of [1, 3, 0, 0]) claim.byte(byte)
    claim.varint(1000)
    claim.varint(BLOCK_LIMITS.maxTicks)
    claim.varint(1024)
    expect(codeOf(claim.finish())).toBe('truncated')
  })

  it('refuses to encode what is not an integer', () => {
    expect(() => encodeBlock(one([1.5]))).toThrow(RangeError)
    expect(() => encodeBlock(one([Infinity]))).toThrow(RangeError)
    expect(() => encodeBlock(one([1, 2, 3], [1, 1]))).toThrow(RangeError)
  })

  it('gives a column as a view', () => {
    const block = one([1, 2, 3, 4], [1, 1])
    expect([...columnOf(block, 1)]).toEqual([3, 4])
  })

  it('stays under 200 bytes for a tick of 70 values of a real machine', () => {
    expect(encodeBlock(one(typicalTick())).length).toBeLessThan(200)
  })
})

// The magnitudes of a busy two-core machine's first 70 series: ratios in 1e-4, memory in KiB, rates as they come.
function typicalTick(): number[] {
  const ratios = Array.from({ length: 24 }, (_, index) => (index * 389) % 10_000)
  const memory = [23_499_964, 24_259_388, 23_548, 844_032, 0, 596, 0, 229_456, 23_979, 262_796]
  const rates = Array.from({ length: 36 }, (_, index) => (index % 3 === 0 ? 0 : index ** 3))
  return [...ratios, ...memory, ...rates]
}

function replaceByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = bytes.slice()
  copy[at % copy.length] = byte
  return copy
}
