import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBlock } from '../codec/block.ts'
import { CodecError } from '../codec/codec-error.ts'
import { seriesKey, tableRevision } from '../metrics/series.ts'
import { decodeHistoryBody, encodeHistoryBody, type HistoryRun } from './history-body.ts'

const tables = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 6 })

const runs: fc.Arbitrary<HistoryRun[]> = fc.array(
  tables.chain((names) =>
    fc.integer({ min: 1, max: 8 }).chain((ticks) =>
      fc
        .array(fc.oneof(fc.maxSafeInteger(), fc.constant(NaN)), {
          minLength: ticks * names.length,
          maxLength: ticks * names.length,
        })
        .map((values) => {
          const keys = names.map((name) => seriesKey('custom', { name }))
          return {
            keys,
            block: {
              revision: tableRevision(keys),
              startMs: 1_795_400_041_000,
              stepMs: 1000,
              present: new Uint8Array(ticks).fill(1),
              values: Float64Array.from(values),
            },
          }
        }),
    ),
  ),
  { maxLength: 6 },
)

describe('history body', () => {
  it('decodes to what was encoded', () => {
    fc.assert(
      fc.property(runs, (given) => {
        const read = decodeHistoryBody(encodeHistoryBody(given))
        expect(read.map((run) => run.keys)).toEqual(given.map((run) => run.keys))
        expect(read.map((run) => run.block.startMs)).toEqual(given.map((run) => run.block.startMs))
        // -0 is not kept apart from 0: both are no steps.
        expect(read.map((run) => [...run.block.values])).toEqual(
          given.map((run) => [...run.block.values].map((value) => value + 0)),
        )
      }),
      { numRuns: 300 },
    )
  })

  it('refuses bytes that are none by a typed error, and nothing else', () => {
    const garbage = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc.tuple(runs, fc.nat(), fc.nat({ max: 255 })).map(([given, at, byte]) => {
        const bytes = encodeHistoryBody(given)
        if (bytes.length > 0) bytes[at % bytes.length] = byte
        return bytes
      }),
      fc.tuple(runs, fc.nat()).map(([given, cut]) => {
        const bytes = encodeHistoryBody(given)
        return bytes.subarray(0, cut % (bytes.length + 1))
      }),
    )
    fc.assert(
      fc.property(garbage, (bytes) => {
        try {
          decodeHistoryBody(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(CodecError)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it('refuses a block before its table, a foreign table, an unknown frame and a cut one', () => {
    const keys = ['system.uptime']
    const block = {
      revision: tableRevision(keys),
      startMs: 0,
      stepMs: 1000,
      present: Uint8Array.of(1),
      values: Float64Array.of(5),
    }
    const bytes = encodeBlock(block)
    const json = new TextEncoder().encode('{"revision":1,"keys":["a"]}')
    expect(codeOf(Uint8Array.of(bytes.length + 1, 2, ...bytes))).toBe('out-of-range')
    expect(codeOf(Uint8Array.of(json.length + 1, 1, ...json))).toBe('not-canonical')
    expect(codeOf(Uint8Array.of(1, 9))).toBe('unknown-version')
    expect(codeOf(Uint8Array.of(0))).toBe('truncated')
    expect(codeOf(Uint8Array.of(0, 2))).toBe('not-canonical')
    expect(codeOf(encodeHistoryBody([{ keys, block }]).subarray(0, -1))).toBe('truncated')
  })
})

function codeOf(bytes: Uint8Array): string {
  try {
    decodeHistoryBody(bytes)
  } catch (error) {
    return error instanceof CodecError ? error.code : String(error)
  }
  return 'accepted'
}
