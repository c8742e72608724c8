// The scan of a stored tick, beside the codec that wrote it.
import { BLOCK_LIMITS, decodeBlock, encodeBlock } from '@vigie/shared/codec/block'
import { CodecError } from '@vigie/shared/codec/codec-error'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TickScan } from './tick-scan.ts'

const LIMIT = Number.MAX_SAFE_INTEGER
const value = fc.oneof(
  fc.integer({ min: -200, max: 200 }),
  fc.integer({ min: -LIMIT, max: LIMIT }),
  fc.constantFrom(LIMIT, -LIMIT, NaN),
)
const ticks = fc.record({
  revision: fc.maxSafeNat(),
  startMs: fc.integer({ min: 0, max: 4e12 }),
  stepMs: fc.integer({ min: 1, max: 60_000 }),
  present: fc.constant(new Uint8Array([1])),
  values: fc.array(value, { maxLength: 40 }).map((values) => Float64Array.from(values)),
})

const scan = new TickScan()

it('takes the wanted values out of a tick as the codec does', () => {
  fc.assert(
    fc.property(ticks, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (tick, wanted) => {
      scan.open(encodeBlock(tick))
      const { revision, stepMs, series } = scan
      expect({ revision, stepMs, series }).toEqual({
        revision: tick.revision,
        stepMs: tick.stepMs,
        series: tick.values.length,
      })
      const targets = [...tick.values.keys()].map((index) =>
        wanted[index] ? new Float64Array(2).fill(7) : undefined,
      )
      scan.values(targets, 1)
      targets.forEach((target, index) => {
        if (target) expect([...target]).toEqual([7, tick.values[index]])
      })
    }),
    { numRuns: 1000 },
  )
})

it('ends at the end of bytes that are no tick', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        scan.open(bytes)
        scan.values([], 0)
      } catch (error) {
        expect(error).toBeInstanceOf(CodecError)
        expect(() => decodeBlock(bytes, BLOCK_LIMITS)).toThrow(CodecError)
      }
    }),
    { numRuns: 2000 },
  )
})
