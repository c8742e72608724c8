// The coder by itself: what is written is read, and likely bits take little room.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bitModel, RangeDecoder, RangeEncoder } from './range-coder.ts'

const CONTEXTS = 4

type Written =
  | { readonly context: number; readonly bit: number }
  | { readonly value: number; readonly count: number }

const learned = fc.record({
  context: fc.integer({ min: 0, max: CONTEXTS - 1 }),
  bit: fc.constantFrom(0, 0, 0, 1),
})
const plain = fc
  .record({ value: fc.maxSafeNat(), count: fc.integer({ min: 0, max: 53 }) })
  .map(({ value, count }) => ({ value: value % 2 ** count, count }))

const encoder = new RangeEncoder()

function written(all: Iterable<Written>): Uint8Array<ArrayBuffer> {
  const model = bitModel(CONTEXTS)
  for (const each of all) {
    if ('bit' in each) encoder.bit(model, each.context, each.bit)
    else encoder.bits(each.value, each.count)
  }
  return encoder.finish()
}

describe('the range coder', () => {
  it('gives back what was written, one after the other on one encoder', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(learned, plain), { maxLength: 300 }), (all) => {
        const decoder = new RangeDecoder(written(all))
        const model = bitModel(CONTEXTS)
        for (const each of all) {
          if ('bit' in each) expect(decoder.bit(model, each.context)).toBe(each.bit)
          else expect(decoder.bits(each.count)).toBe(each.value)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives back so many bits that the ends of its range have met in every way', () => {
    let state = 1
    const bits = Array.from({ length: 400_000 }, (_, index) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
      // Each context has its own share of ones: a half, a quarter, an eighth, a 65,536th.
      const context = index % CONTEXTS
      const bit = state >>> (31 - context - (context === 3 ? 13 : 0)) === 0 ? 1 : 0
      return { context, bit }
    })
    const decoder = new RangeDecoder(written(bits))
    const model = bitModel(CONTEXTS)
    expect(bits.findIndex(({ context, bit }) => decoder.bit(model, context) !== bit)).toBe(-1)
  })

  it('takes next to nothing for what is always the same, and no byte for nothing', () => {
    const same = Array.from({ length: 10_000 }, () => ({ context: 0, bit: 0 }))
    expect(written(same).length).toBeLessThan(20)
    expect(written([]).length).toBe(0)
  })

  it('reads bits from bytes that nobody wrote, and ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoder = new RangeDecoder(bytes)
        const model = bitModel(CONTEXTS)
        for (let read = 0; read < 200; read++) {
          expect([0, 1]).toContain(decoder.bit(model, read % CONTEXTS))
          expect(decoder.bits(read % 54)).toBeLessThan(2 ** 53)
        }
      }),
      { numRuns: 100 },
    )
  })
})
