import { expect, it } from 'vitest'
import { SEAL_TIMING, SealSchedule } from './seal-schedule.ts'
import { HOUR_MS } from './sealed-hours.ts'

const HOUR = 500_000 * HOUR_MS
const MINUTE_MS = 60_000

it('a fleet is sealed evenly over the hour after, each host once it is its turn', () => {
  const schedule = new SealSchedule(SEAL_TIMING)
  let open = Array.from({ length: 1000 }, (_, index) => ({
    hostId: index + 1,
    hourMs: HOUR,
    newestMs: HOUR + HOUR_MS - 1000,
  }))
  const sealed: number[] = []
  for (let minute = 0; minute < 60; minute++) {
    const due = new Set(schedule.due(open, HOUR + HOUR_MS + minute * MINUTE_MS))
    sealed.push(due.size)
    open = open.filter((hour) => !due.has(hour))
  }
  expect(open).toEqual([])
  expect(sealed.slice(0, 5)).toEqual([0, 0, 0, 0, 0])
  // A thousand hosts over 45 minutes.
  expect(Math.max(...sealed)).toBeLessThan(30)
  expect(sealed.slice(6, 50).every((hosts) => hosts > 15)).toBe(true)
})

it('an hour that is being backfilled waits until nothing newer has come for a minute', () => {
  const schedule = new SealSchedule(SEAL_TIMING)
  const nowMs = HOUR + 24 * HOUR_MS
  const hourAt = (newestMs: number) => [{ hostId: 1, hourMs: HOUR, newestMs }]
  for (let minute = 0; minute < 5; minute++) {
    expect(schedule.due(hourAt(HOUR + minute * 1000), nowMs + minute * MINUTE_MS)).toEqual([])
  }
  expect(schedule.due(hourAt(HOUR + 4000), nowMs + 5 * MINUTE_MS)).toHaveLength(1)
})

it('an hour that cannot be sealed rests, and the others go on', () => {
  const schedule = new SealSchedule({ ...SEAL_TIMING, calmMs: 0 })
  const nowMs = HOUR + 24 * HOUR_MS
  const [bad, good] = [1, 2].map((hostId) => ({ hostId, hourMs: HOUR, newestMs: HOUR }))
  if (!bad || !good) throw new Error('two hours')
  expect(schedule.due([bad, good], nowMs)).toEqual([bad, good])
  schedule.failed(bad, nowMs)
  expect(schedule.due([bad, good], nowMs + 29 * MINUTE_MS)).toEqual([good])
  expect(schedule.due([bad, good], nowMs + 30 * MINUTE_MS)).toEqual([bad, good])
})
