import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lastRange, RANGE_NAMES, readRange, writeRange } from './time-address.ts'
import {
  between,
  MAX_SPAN_MS,
  MIN_SPAN_MS,
  moved,
  scaled,
  spanOf,
  stretchOf,
  type TimeRange,
} from './time-range.ts'

const NOW_MS = 1_795_400_000_000
const moment = fc.integer({ min: NOW_MS - 2 * MAX_SPAN_MS, max: NOW_MS + MAX_SPAN_MS })
const range: fc.Arbitrary<TimeRange> = fc.oneof(
  fc.constantFrom(...RANGE_NAMES).map(lastRange),
  fc.tuple(moment, moment).map(([one, other]) => between(one, other, NOW_MS)),
)

function expectSane(shown: TimeRange): void {
  const { fromMs, toMs } = stretchOf(shown, NOW_MS)
  expect(Number.isInteger(fromMs) && Number.isInteger(toMs)).toBe(true)
  expect(toMs - fromMs).toBeGreaterThanOrEqual(MIN_SPAN_MS)
  expect(toMs - fromMs).toBeLessThanOrEqual(MAX_SPAN_MS)
  expect(toMs).toBeLessThanOrEqual(NOW_MS)
}

describe('a range of time', () => {
  it('stays sane however it is zoomed and moved', () => {
    const factor = fc.double({ min: 1e-4, max: 1e4, noNaN: true })
    const byMs = fc.integer({ min: -2 * MAX_SPAN_MS, max: 2 * MAX_SPAN_MS })
    fc.assert(
      fc.property(range, factor, fc.option(moment), byMs, (shown, times, aroundMs, shiftMs) => {
        const zoomed = scaled(shown, times, { nowMs: NOW_MS, aroundMs })
        expectSane(zoomed)
        expectSane(moved(zoomed, shiftMs, NOW_MS))
      }),
    )
  })

  it('is the same for a drag in either direction', () => {
    fc.assert(
      fc.property(moment, moment, (one, other) => {
        expect(between(one, other, NOW_MS)).toEqual(between(other, one, NOW_MS))
      }),
    )
  })

  it('keeps its span when it is moved', () => {
    fc.assert(
      fc.property(range, fc.integer({ min: -MAX_SPAN_MS, max: MAX_SPAN_MS }), (shown, byMs) => {
        expect(spanOf(moved(shown, byMs, NOW_MS))).toBe(spanOf(shown))
      }),
    )
  })

  it('keeps in its place what it is zoomed around', () => {
    const shown = {
      kind: 'between',
      fromMs: NOW_MS - 100_000_000,
      toMs: NOW_MS - 90_000_000,
    } as const
    const aroundMs = NOW_MS - 97_500_000
    const { fromMs, toMs } = stretchOf(scaled(shown, 0.5, { nowMs: NOW_MS, aroundMs }), NOW_MS)
    expect((aroundMs - fromMs) / (toMs - fromMs)).toBeCloseTo(0.25, 6)
  })
})

describe('a range in an address', () => {
  it('is read as it was written, and leaves other parameters alone', () => {
    fc.assert(
      fc.property(range, fc.constantFrom(...RANGE_NAMES), (shown, otherwise) => {
        const query = writeRange(new URLSearchParams('range=6h&from=1&hosts=1'), shown, otherwise)
        const read = new URLSearchParams(query)
        expect(readRange(read, otherwise)).toEqual(shown)
        expect(read.get('hosts')).toBe('1')
      }),
    )
  })

  it('is the usual one where the address makes no sense', () => {
    const usual = lastRange('5m')
    for (const query of [
      '',
      'range=7h',
      'from=5',
      'from=9&to=5',
      'from=a&to=b',
      'from=0&to=9000000000000',
      'from=-99999&to=5',
    ]) {
      expect(readRange(new URLSearchParams(query), '5m')).toEqual(usual)
    }
  })

  it('needs no words when it is the usual one', () => {
    expect(writeRange(new URLSearchParams('range=6h'), lastRange('5m'), '5m')).toBe('')
  })
})
