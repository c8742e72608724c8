import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpan, parseTime, rangeOf } from './times.ts'

// Whatever the zone of the machine: what is typed is its wall clock.
const NOW = new Date(2026, 10, 23, 15, 30, 12, 345)
const NOW_MS = NOW.getTime()
const local = (...parts: [number, number, number, number?, number?, number?]): number =>
  new Date(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0, parts[5] ?? 0).getTime()

describe('a time', () => {
  it.each([
    ['now', NOW_MS],
    ['1795400041000', 1_795_400_041_000],
    ['2026-11-23T14:00:00Z', Date.UTC(2026, 10, 23, 14)],
    ['2026-11-23T14:00+01:00', Date.UTC(2026, 10, 23, 13)],
    ['2026-11-22 14:00', local(2026, 11, 22, 14)],
    ['2026-11-22T14:00:05', local(2026, 11, 22, 14, 0, 5)],
    ['2026-11-22', local(2026, 11, 22)],
    ['2026-01-31', local(2026, 1, 31)],
    ['today', local(2026, 11, 23)],
    ['yesterday', local(2026, 11, 22)],
    ['yesterday 9:05', local(2026, 11, 22, 9, 5)],
    ['14:00', local(2026, 11, 23, 14)],
  ])('%s', (written, expected) => {
    expect(parseTime(written, NOW_MS)).toBe(expected)
  })

  it.each([
    '',
    'soon',
    '2026-02-30',
    '2026-01-00',
    '2026-13-05',
    '2026-00-10',
    '25:00',
    '14:60',
    '2026-11-23 14',
    '14',
    'tomorrow',
    '-5',
    '2026-11-23T14:00:00X',
  ])(
    // prettier-ignore
    '"%s" is none',
    (written) => {
      expect(parseTime(written, NOW_MS)).toBeUndefined()
    },
  )

  it('reads what it would write itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e9, max: 4e12 }), (timeMs) => {
        expect(parseTime(new Date(timeMs).toISOString(), NOW_MS)).toBe(timeMs)
        expect(parseTime(String(timeMs), NOW_MS)).toBe(timeMs)
      }),
    )
  })
})

describe('a span', () => {
  it.each([
    ['90s', 90_000],
    ['15min', 900_000],
    ['15 m', 900_000],
    ['1.5h', 5_400_000],
    ['10d', 864_000_000],
    ['1w', 604_800_000],
    ['0h', undefined],
    ['h', undefined],
    ['6', undefined],
    ['-6h', undefined],
    ['6y', undefined],
  ])('%s', (written, expected) => {
    expect(parseSpan(written)).toBe(expected)
  })
})

describe('a range', () => {
  it('ends now, or at --to, and begins a span before', () => {
    expect(rangeOf({ last: '1h' }, NOW_MS)).toEqual({ fromMs: NOW_MS - 3_600_000, toMs: NOW_MS })
    expect(rangeOf({ last: '1h', to: '2000000000000' }, NOW_MS)).toEqual({
      fromMs: 2e12 - 3_600_000,
      toMs: 2e12,
    })
    expect(rangeOf({}, NOW_MS, 1000)).toEqual({ fromMs: NOW_MS - 1000, toMs: NOW_MS })
  })

  it.each([
    [{}, /say how much/],
    [{ last: '1h', from: 'today' }, /twice/],
    [{ last: 'long' }, /--last is "long"/],
    [{ from: 'when' }, /--from is "when"/],
    [{ from: 'now', to: 'yesterday' }, /must be before/],
  ])('%j says what is wrong', (options, words) => {
    expect(() => rangeOf(options, NOW_MS)).toThrow(words)
  })
})
