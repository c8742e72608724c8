import { expect, it } from 'vitest'
import { TrustedClock } from './trusted-clock.ts'

const HOUR_MS = 3_600_000
const START_MS = 1_800_000_000_000

function driven({ lastAliveMs }: { lastAliveMs: number | null } = { lastAliveMs: START_MS }) {
  const time = { nowMs: START_MS, elapsedMs: 5 }
  const said: string[] = []
  const clock = new TrustedClock({
    clock: { nowMs: () => time.nowMs, elapsedMs: () => time.elapsedMs },
    lastAliveMs,
    events: {
      doubted: (byMs) => said.push(`doubted ${byMs / HOUR_MS} h`),
      believed: () => said.push('believed'),
    },
  })
  /** Lets time pass, looking each minute as the keeper does more often. */
  const pass = (durationMs: number): void => {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 60_000) {
      time.nowMs += 60_000
      time.elapsedMs += 60_000
      clock.nowMs()
    }
  }
  return { clock, time, said, pass }
}

it('goes with a clock that goes as time does, and with its small and backward steps', () => {
  const { clock, time, said, pass } = driven()
  pass(3 * HOUR_MS)
  time.nowMs += 1800_000
  expect(clock.nowMs()).toBe(time.nowMs)
  time.nowMs -= 30 * HOUR_MS
  expect(clock.nowMs()).toBe(time.nowMs)
  expect(said).toEqual([])
})

it('a jump of a year is doubted, and forgotten when it is undone', () => {
  const { clock, time, said, pass } = driven()
  time.nowMs += 8760 * HOUR_MS
  expect(clock.nowMs()).toBe(START_MS)
  pass(HOUR_MS / 2)
  expect(clock.nowMs()).toBe(START_MS + HOUR_MS / 2)
  time.nowMs -= 8760 * HOUR_MS
  expect(clock.nowMs()).toBe(time.nowMs)
  pass(2 * HOUR_MS)
  expect(clock.nowMs()).toBe(time.nowMs)
  expect(said).toEqual(['doubted 8760 h', 'believed'])
})

it('a clock that stays for an hour where it jumped to is believed', () => {
  const { clock, time, said, pass } = driven()
  time.nowMs += 48 * HOUR_MS
  clock.nowMs()
  pass(HOUR_MS - 60_000)
  expect(clock.nowMs()).toBe(time.nowMs - 48 * HOUR_MS)
  pass(60_000)
  expect(clock.nowMs()).toBe(time.nowMs)
  expect(said).toEqual(['doubted 48 h', 'believed'])
})

it('a hub that starts long after it was last alive waits as well; its first start does not', () => {
  const { clock, time, said, pass } = driven({ lastAliveMs: START_MS - 72 * HOUR_MS })
  expect(clock.nowMs()).toBe(START_MS - 72 * HOUR_MS)
  pass(HOUR_MS)
  expect(clock.nowMs()).toBe(time.nowMs)
  expect(said).toEqual(['doubted 72 h', 'believed'])
  expect(driven({ lastAliveMs: null }).clock.nowMs()).toBe(START_MS)
})
