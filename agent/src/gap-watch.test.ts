import { expect, it } from 'vitest'
import { DrivenClock } from '../test/test-clocks.ts'
import { HubClock } from './clock/hub-clock.ts'
import { Ticker } from './clock/ticker.ts'
import { GapWatch } from './gap-watch.ts'
import type { Gap } from './spool/spooled-tick.ts'

function setUp() {
  const clock = new DrivenClock()
  const hubClock = new HubClock(clock)
  const watch = new GapWatch(1000)
  const startMs = clock.wallMs()
  const gaps: Gap[] = []
  const ticker = new Ticker({
    clock,
    hubClock,
    intervalMs: 1000,
    onTick: (timeMs) => {
      for (const gap of watch.before(timeMs, hubClock.asleepMs)) {
        gaps.push({ ...gap, fromMs: gap.fromMs - startMs, toMs: gap.toMs - startMs })
      }
    },
  })
  return { clock, hubClock, watch, ticker, gaps }
}

it('T12: a machine that slept says from when to when', () => {
  const { clock, gaps } = setUp()
  clock.advance(2_500)
  clock.suspend(60_000)
  clock.advance(3_000)
  expect(gaps).toEqual([{ fromMs: 2000, toMs: 63_000, reason: 'suspended', ticks: 60 }])
})

it('T12: an agent that did not get to sample says so, and each hole by itself', () => {
  const { clock, gaps } = setUp()
  let turn = 0
  clock.advance(10_000, () => ([3, 5].includes(++turn) ? 2_200 : 0))
  expect(gaps).toEqual([
    { fromMs: 2000, toMs: 5000, reason: 'stalled', ticks: 2 },
    { fromMs: 6000, toMs: 9000, reason: 'stalled', ticks: 2 },
  ])
})

it('T12: a time that is set, on this machine or as the clock is first known, is no hole', () => {
  const { clock, hubClock, watch, ticker, gaps } = setUp()
  clock.advance(3_000)
  clock.wallShiftMs += 3_600_000
  clock.advance(3_000)
  clock.wallShiftMs -= 7_200_000
  clock.advance(3_000)
  const nowMs = clock.monotonicMs()
  const hubMs = clock.wallMs() + 90_000
  const movedMs = hubClock.observe({ sentMs: nowMs, receivedMs: nowMs, hubMs })
  watch.shift(movedMs)
  ticker.restamp(movedMs)
  clock.advance(3_000)
  expect(gaps).toEqual([])
})
