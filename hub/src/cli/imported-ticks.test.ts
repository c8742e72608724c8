import { describe, expect, it } from 'vitest'
import { TickImport, type ImportedHour } from './imported-ticks.ts'

const NOW_MS = Date.UTC(2026, 10, 23, 12)
const WINDOW = { keptFromMs: NOW_MS - 86_400_000, nowMs: NOW_MS, intervalMs: 1000 }

function take(lines: readonly (string | Buffer)[]) {
  const ticks = new TickImport(WINDOW)
  const hours: ImportedHour[] = []
  lines.forEach((line, index) => {
    const hour = ticks.take({ number: index + 1, bytes: Buffer.from(line) })
    if (hour) hours.push(hour)
  })
  const last = ticks.finish()
  return { ticks, hours: last ? [...hours, last] : hours }
}

const line = (timeMs: number, v: unknown = { 'system.uptime': 1 }): string =>
  JSON.stringify({ t: timeMs, v })
const T = NOW_MS - 60_000

describe('a line that is good', () => {
  it('becomes steps of its metrics; what the catalogue does not know is kept to a thousandth', () => {
    const { hours } = take([
      line(T, { 'system.cpu.utilization{cpu.mode="user"}': 0.013_24, 'my.metric': 1.2345 }),
      line(T + 1000, { 'my.metric': -2 }),
    ])
    const { keys, block } = hours[0]?.runs[0] ?? { keys: [], block: undefined }
    expect(keys).toEqual(['system.cpu.utilization{cpu.mode="user"}', 'my.metric'])
    expect([...(block?.values ?? [])]).toEqual([132, NaN, 1235, -2000])
  })

  it('may be at any millisecond, and hours are those of the clock', () => {
    const { hours, ticks } = take([line(NOW_MS - 3_600_001), line(NOW_MS - 3_599_877), line(T + 7)])
    expect(hours.map(({ hourMs, ticks: count }) => [hourMs, count])).toEqual([
      [NOW_MS - 7_200_000, 1],
      [NOW_MS - 3_600_000, 2],
    ])
    expect(ticks.ticks).toBe(3)
  })

  it.each([
    ['its nearer neighbour’s', [0, 5000, 10_000, 20_000, 25_000], [5000, 5000, 5000, 5000, 5000]],
    ['of what agents have', [0, 1004, 2003, 60_000, 120_500], [1000, 1000, 1000, 60_000, 60_000]],
    ['the host’s where it stands alone', [0, 100_000, 110_000], [1000, 10_000, 10_000]],
  ])('has the interval of its agent: %s', (_, offsets, steps) => {
    const { hours } = take(offsets.map((offsetMs) => line(NOW_MS - 3_600_000 + offsetMs)))
    const found = (hours[0]?.runs ?? []).flatMap(({ block }) =>
      [...block.present].filter((there) => there === 1).map(() => block.stepMs),
    )
    expect(found).toEqual(steps)
  })

  it('is left out and counted when it is older than what is kept', () => {
    const { ticks, hours } = take([line(1), line(2), line(T)])
    expect([ticks.tooOld, ticks.ticks, hours.length]).toEqual([2, 1, 1])
  })

  it('may end with a carriage return, and the file with blank lines', () => {
    expect(take([`${line(T)}\r`, '', '\r']).ticks.ticks).toBe(1)
  })
})

describe('a line that is bad is named with what is wrong', () => {
  const good = line(T - 1000)
  const many = Object.fromEntries(Array.from({ length: 4097 }, (_, index) => [`m${index}`, 1]))
  it.each<[string, string | Buffer, RegExp]>([
    ['no JSON', '{"t":1', /^line 2 is not JSON; nothing was imported$/],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), /line 2 is not JSON/],
    ['no object', '[]', /line 2 is not an object/],
    ['more than it should have', '{"t":1,"v":{},"x":1}', /line 2 has "x" beside/],
    ['no time', '{"v":{"a":1}}', /line 2 "t" must be/],
    ['a time with a fraction', line(T + 0.5), /line 2 "t" must be/],
    ['no values', line(T, null), /line 2 "v" must be an object/],
    ['not one value', line(T, {}), /line 2 has no value/],
    ['a value that is text', line(T, { a: '1' }), /line 2 the value of a is not a number/],
    ['a value that is null', line(T, { a: null }), /line 2 the value of a is not a number/],
    ['a value out of range', line(T, { a: 1e300 }), /line 2 the value of a is too large/],
    ['a series in another form', line(T, { 'a{y="1",x="2"}': 1 }), /line 2 a\{y="1",x="2"\} is not a series in its one form/], // prettier-ignore
    ['braces with nothing in them', line(T, { 'a{}': 1 }), /line 2 a\{\} is not a series/],
    ['a series that is too long', line(T, { [`a${'b'.repeat(600)}`]: 1 }), /line 2 a series is longer than 512/], // prettier-ignore
    ['too many series', line(T, many), /line 2 has more than 4096 series/],
    ['the time of the line before', good, /line 2 is not later than the line before/],
    ['an earlier time', line(T - 2000), /line 2 is not later/],
    ['a time to come', line(NOW_MS + 61_000), /line 2 is of the future/],
  ])('%s', (_, bad, words) => {
    expect(() => take([good, bad])).toThrow(words)
  })

  it('a blank line between others', () => {
    expect(() => take([good, '', line(T)])).toThrow('line 2 is blank')
  })

  it('more ticks than an hour holds', () => {
    const hourMs = NOW_MS - 3_600_000
    const lines = Array.from({ length: 36_001 }, (_, index) => line(hourMs + index))
    expect(() => take(lines)).toThrow(/line 36001 is too much for one hour/)
  })
})
