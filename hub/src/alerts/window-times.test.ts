import { expect, it } from 'vitest'
import { faultOfWindow, WindowTimes } from './window-times.ts'

const HOUR_MS = 3_600_000
const nightly = (zone = 'Europe/Paris', cron = '30 2 * * *') =>
  new WindowTimes({ cron, zone, durationMs: HOUR_MS })
const at = (iso: string): number => Date.parse(iso)
const text = (span: { startsMs: number; endsMs: number } | null): string | null =>
  span && `${new Date(span.startsMs).toISOString()} ${(span.endsMs - span.startsMs) / HOUR_MS} h`

it('is open from its start until it is over, in real time', () => {
  const times = nightly()
  expect(text(times.openAt(at('2026-06-02T00:29:59.999Z')))).toBeNull()
  expect(text(times.openAt(at('2026-06-02T00:30:00.000Z')))).toBe('2026-06-02T00:30:00.000Z 1 h')
  expect(text(times.openAt(at('2026-06-02T01:29:59.999Z')))).toBe('2026-06-02T00:30:00.000Z 1 h')
  expect(text(times.openAt(at('2026-06-02T01:30:00.000Z')))).toBeNull()
  expect(text(times.next(at('2026-06-02T01:30:00.000Z')))).toBe('2026-06-03T00:30:00.000Z 1 h')
  expect(text(times.lastBefore(at('2026-06-02T12:00:00.000Z')))).toBe(
    '2026-06-02T00:30:00.000Z 1 h',
  )
})

it('is there on the night whose hour is skipped: as soon as the clocks have passed it', () => {
  const times = nightly()
  expect(text(times.next(at('2026-03-28T12:00:00Z')))).toBe('2026-03-29T01:00:00.000Z 1 h')
  expect(text(times.openAt(at('2026-03-29T01:59:59Z')))).toBe('2026-03-29T01:00:00.000Z 1 h')
  expect(text(times.next(at('2026-03-29T02:00:00Z')))).toBe('2026-03-30T00:30:00.000Z 1 h')
})

it('is there once on the night whose hour comes twice: the first time', () => {
  const times = nightly()
  expect(text(times.next(at('2026-10-24T12:00:00Z')))).toBe('2026-10-25T00:30:00.000Z 1 h')
  expect(text(times.openAt(at('2026-10-25T01:30:00Z')))).toBeNull()
  expect(text(times.openAt(at('2026-10-25T01:45:00Z')))).toBeNull()
  expect(text(times.next(at('2026-10-25T01:45:00Z')))).toBe('2026-10-26T01:30:00.000Z 1 h')
})

it.each(['2026-03-29', '2026-10-25'])('has as many starts as the day %s has fixed times', (day) => {
  const times = nightly('Europe/Paris', '30 2,14 * * *')
  const starts = new Set<number>()
  const fromMs = at(`${day}T00:00:00+01:00`) - HOUR_MS
  for (let timeMs = fromMs; timeMs < fromMs + 24 * HOUR_MS; timeMs += HOUR_MS / 4) {
    const open = times.openAt(timeMs)
    if (open) starts.add(open.startsMs)
  }
  expect(starts.size).toBe(2)
})

it('asked about any times in any order says the same as one that was never asked', () => {
  const known = nightly('America/New_York', '15 1 * * 0')
  let timeMs = at('2026-02-01T00:00:00Z')
  for (let step = 1; step < 300; step++) {
    timeMs += ((step * 7919) % 200) * HOUR_MS - 90 * HOUR_MS
    const fresh = nightly('America/New_York', '15 1 * * 0')
    expect(known.next(timeMs)).toEqual(fresh.next(timeMs))
    expect(known.lastBefore(timeMs)).toEqual(fresh.lastBefore(timeMs))
  }
})

it('a date that never comes is no window, and never was', () => {
  const times = nightly('UTC', '0 0 31 2 *')
  expect(times.next(at('2026-02-01T00:00:00Z'))).toBeNull()
  expect(times.lastBefore(at('2026-02-01T00:00:00Z'))).toBeNull()
})

it('says what is wrong', () => {
  expect(faultOfWindow({ cron: '30 2 * * *', zone: 'Europe/Paris' })).toBeUndefined()
  expect(faultOfWindow({ cron: '30 2 * * *', zone: 'Europe/Lutece' })).toBe('zone')
  for (const cron of ['30 25 * * *', '0 30 2 * * *', 'at night', '@daily x', '0 0 31 2 *']) {
    expect(faultOfWindow({ cron, zone: 'Europe/Paris' }), cron).toBe('cron')
  }
})
