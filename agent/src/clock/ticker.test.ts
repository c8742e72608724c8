import { describe, expect, it } from 'vitest'
import { DrivenClock } from '../../test/test-clocks.ts'
import { HubClock } from './hub-clock.ts'
import { Ticker } from './ticker.ts'

function setUp(intervalMs = 1_000) {
  const clock = new DrivenClock()
  const hubClock = new HubClock(clock)
  const ticks: number[] = []
  const jumps: number[] = []
  const ticker = new Ticker({
    clock,
    hubClock,
    intervalMs,
    onTick: (timeMs) => ticks.push(timeMs),
    onJump: () => jumps.push(clock.monotonicMs()),
  })
  const sample = (aheadMs: number) => {
    const nowMs = clock.monotonicMs()
    const hubMs = nowMs + clock.wallShiftMs + aheadMs
    return hubClock.observe({ sentMs: nowMs, receivedMs: nowMs, hubMs })
  }
  return { clock, hubClock, ticks, jumps, ticker, sample }
}

describe('T1: whole intervals of the hub’s clock, never twice', () => {
  it('does not drift over 1000 ticks, however late each timer rings', () => {
    const { clock, ticks } = setUp()
    const startMs = clock.wallMs()
    let turn = 0
    clock.advance(1_000_500, () => (turn++ * 37) % 300)
    expect(ticks).toEqual(Array.from({ length: 1000 }, (_, index) => startMs + (index + 1) * 1000))
  })

  it('keeps to the grid of a longer interval', () => {
    const { clock, ticks } = setUp(60_000)
    clock.advance(200_000)
    expect(ticks).toHaveLength(4)
    expect(ticks.every((timeMs) => timeMs % 60_000 === 0)).toBe(true)
  })

  it('skips what it slept through instead of bunching', () => {
    const { clock, ticks } = setUp()
    const startMs = clock.wallMs()
    let stalls = 0
    clock.advance(10_000, () => (++stalls === 3 ? 4_200 : 0))
    expect(ticks.map((timeMs) => (timeMs - startMs) / 1000)).toEqual([1, 2, 7, 8, 9, 10])
  })

  it('ignores a wall clock that jumps in either direction', () => {
    const { clock, ticks } = setUp()
    const startMs = clock.wallMs()
    clock.advance(3_000)
    clock.wallShiftMs += 3_600_000
    clock.advance(3_000)
    clock.wallShiftMs -= 7_200_000
    clock.advance(3_000)
    expect(ticks).toEqual(Array.from({ length: 9 }, (_, index) => startMs + (index + 1) * 1000))
  })

  it('never ticks twice for one time while the first setting of the clock moves it backwards', () => {
    const { clock, ticks, ticker, sample } = setUp()
    clock.advance(3_000)
    const moved = sample(-1_700)
    const wholeMs = Math.round(moved / 1000) * 1000
    ticker.restamp(wholeMs)
    const restamped = ticks.map((timeMs) => timeMs + wholeMs)
    clock.advance(5_000)
    const all = [...restamped, ...ticks.slice(3)]
    expect(new Set(all).size).toBe(all.length)
    expect(all).toEqual([...all].sort((a, b) => a - b))
  })
})

describe('T8: slews by at most 5 ms a tick, steps forwards', () => {
  it('sets the clock at once the first time', () => {
    const { clock, hubClock, sample } = setUp()
    expect(sample(-12_345)).toBe(-12_345)
    expect(hubClock.nowMs()).toBe(clock.wallMs() - 12_345)
  })

  it('approaches a later measurement by 5 ms a tick, in both directions', () => {
    for (const direction of [1, -1]) {
      const { clock, hubClock, sample } = setUp()
      sample(0)
      hubClock.forgetSamples()
      sample(direction * 100)
      clock.advance(4_500)
      expect(Math.abs(hubClock.nowMs() - clock.wallMs())).toBeLessThanOrEqual(25)
      clock.advance(30_000)
      expect(hubClock.nowMs() - clock.wallMs()).toBeCloseTo(direction * 100)
    }
  })

  it('steps forwards when more than 2 s behind, and backwards not even for 20 s', () => {
    const { clock, hubClock, ticks, sample } = setUp()
    sample(0)
    hubClock.forgetSamples()
    sample(20_000)
    clock.advance(1_500)
    expect(hubClock.nowMs() - clock.wallMs()).toBeCloseTo(20_000)
    hubClock.forgetSamples()
    sample(0)
    clock.advance(10_000)
    expect(hubClock.nowMs() - clock.wallMs()).toBeGreaterThan(19_900)
    expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b))
  })

  it('believes the shortest round trip', () => {
    const { clock, hubClock } = setUp()
    clock.advance(1_000)
    const nowMs = clock.monotonicMs()
    const trueHubMs = nowMs + 500
    hubClock.observe({ sentMs: nowMs - 4, receivedMs: nowMs, hubMs: trueHubMs - 2 })
    hubClock.observe({ sentMs: nowMs - 400, receivedMs: nowMs, hubMs: trueHubMs - 390 })
    expect(hubClock.localAheadMs()).toBeCloseTo(clock.wallMs() - trueHubMs)
  })
})

describe('T8: a suspended machine', () => {
  it('goes on by the time asleep with the first tick, and asks at once', () => {
    const { clock, ticks, jumps, sample } = setUp()
    const startMs = clock.wallMs()
    sample(0)
    clock.advance(2_500)
    clock.suspend(3_600_000)
    clock.advance(3_000)
    expect(ticks.map((timeMs) => (timeMs - startMs) / 1000)).toEqual([1, 2, 3603, 3604, 3605])
    expect(jumps).toEqual([3_000])
  })

  it('is not pulled back by what was measured before', () => {
    const { clock, hubClock, sample } = setUp()
    sample(0)
    clock.suspend(600_000)
    clock.advance(60_000)
    expect(hubClock.nowMs()).toBe(clock.wallMs())
    expect(hubClock.localAheadMs()).toBeUndefined()
    sample(40)
    clock.advance(10_000)
    expect(hubClock.nowMs() - clock.wallMs()).toBeCloseTo(40)
  })

  it('asks, and does not move, when only the time of this machine was set', () => {
    const { clock, ticks, jumps, sample } = setUp()
    const startMs = clock.wallMs()
    sample(0)
    clock.advance(1_000)
    clock.wallShiftMs += 7_200_000
    clock.advance(2_000)
    expect(jumps).toEqual([2_000])
    expect(ticks).toEqual([1, 2, 3].map((second) => startMs + second * 1000))
  })
})

describe('T8: a hub whose clock was set back', () => {
  it('is followed at once when this clock is surely more than 30 s ahead', () => {
    const { clock, hubClock, ticks, ticker, sample } = setUp()
    const startMs = clock.wallMs()
    sample(0)
    clock.advance(5_000)
    expect(sample(-29_000)).toBe(0)
    const moved = sample(-600_000)
    expect(moved).toBe(-600_000)
    ticker.restamp(moved)
    clock.advance(3_000)
    expect(hubClock.nowMs()).toBe(clock.wallMs() - 600_000)
    expect(ticks.slice(5).map((timeMs) => (timeMs - startMs) / 1000)).toEqual([-594, -593, -592])
  })

  it('is not believed on an answer that took so long that it says nothing', () => {
    const { clock, hubClock, sample } = setUp()
    sample(0)
    clock.advance(40_000)
    const receivedMs = clock.monotonicMs()
    const hubMs = clock.wallMs() - 40_000
    expect(hubClock.observe({ sentMs: receivedMs - 40_000, receivedMs, hubMs })).toBe(0)
  })
})
