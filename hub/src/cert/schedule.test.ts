import { describe, expect, it } from 'vitest'
import { createSchedule, lastTime } from './schedule.ts'

const QUARTER_MS = 15 * 60_000
const NOON_MS = Date.UTC(2026, 10, 28, 12)

describe('S1: the times of a source', () => {
  it('are those of its cron, later by an offset that stays', () => {
    const first = createSchedule({ cron: '*/15 * * * *', seed: 'a' }).after(NOON_MS) ?? NaN
    expect(createSchedule({ cron: '*/15 * * * *', seed: 'a' }).after(NOON_MS)).toBe(first)
    expect(first).toBeGreaterThan(NOON_MS)
    expect(first).toBeLessThanOrEqual(NOON_MS + QUARTER_MS)
    expect(createSchedule({ cron: '*/15 * * * *', seed: 'a' }).after(first)).toBe(
      first + QUARTER_MS,
    )
  })

  it('are others for another hub', () => {
    const times = Array.from({ length: 50 }, (_, hub) =>
      createSchedule({ cron: '*/15 * * * *', seed: String(hub) }).after(NOON_MS),
    )
    expect(new Set(times).size).toBeGreaterThan(45)
  })

  it('are not later than the next time', () => {
    for (let hub = 0; hub < 50; hub++) {
      const after = createSchedule({ cron: '* * * * *', seed: String(hub) }).after(NOON_MS) ?? NaN
      expect(after).toBeLessThanOrEqual(NOON_MS + 60_000)
    }
  })
})

it('M3: the last time of a digest is by the clocks of its zone', () => {
  expect(lastTime('30 7 * * *', 'Europe/Paris', NOON_MS)).toBe(Date.UTC(2026, 10, 28, 6, 30))
  expect(lastTime('30 7 * * *', 'Europe/Paris', Date.UTC(2026, 10, 28, 6, 29))).toBe(
    Date.UTC(2026, 10, 27, 6, 30),
  )
  const due = Date.UTC(2026, 10, 28, 6, 30)
  expect(lastTime('30 7 * * *', 'Europe/Paris', due)).toBe(due)
})
