import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HistoryLoader, requestsOf, type HistoryRequest } from './history-loader.ts'
import type { Columns } from './tier.ts'
import { Tiers, type Wish } from './tiers.ts'
import { Timeline } from './timeline.ts'

const NOW_MS = 1_795_400_040_000
const MINUTE = 60_000
const DAY = 86_400_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const wishOf = (key: string, agoMs: number): Wish => ({
  keys: [key],
  stepMs: MINUTE,
  fromMs: NOW_MS - agoMs - 6 * 3_600_000,
  toMs: NOW_MS - agoMs,
})

/** A hub that answers after a second, or refuses while `isAway`. */
function hub() {
  const asked: HistoryRequest[] = []
  const aborted: HistoryRequest[] = []
  const answers: (string | null)[] = []
  const state = { isAway: false }
  const tiers = new Tiers(new Timeline(1000, 60_000))
  const loader = new HistoryLoader({
    tiers,
    edgesOf: ({ stepMs }) => ({
      knownFromMs: Infinity,
      completeMs: Math.floor(NOW_MS / stepMs) * stepMs,
      settledMs: NOW_MS,
    }),
    fetch: (request, signal) => {
      asked.push(request)
      return new Promise<ReadonlyMap<string, Columns>>((resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(request)
          reject(new Error('aborted'))
        })
        setTimeout(() => (state.isAway ? reject(new Error('away')) : resolve(new Map())), 1000)
      })
    },
    onAnswer: (failure) => answers.push(failure),
  })
  return { loader, asked, aborted, answers, state }
}

describe('the loader of a history', () => {
  it('asks for the charts that come into sight together in one request, and once', async () => {
    const { loader, asked, answers } = hub()
    loader.wish('one', wishOf('a', 0))
    loader.wish('other', wishOf('b', 0))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.keys).toEqual(['a', 'b'])
    expect(answers).toEqual([null])
  })

  it('asks a few times a second at most while a view moves on and on, and gives up what is out of sight', async () => {
    const { loader, asked, aborted } = hub()
    for (let step = 0; step < 100; step++) {
      loader.wish('one', wishOf('a', step * DAY))
      await vi.advanceTimersByTimeAsync(20)
    }
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked.length).toBeLessThanOrEqual(7)
    expect(aborted).toHaveLength(asked.length - 1)
    expect(asked.at(-1)?.toMs).toBeGreaterThanOrEqual(NOW_MS - 99 * DAY)
  })

  it('says what failed, asks again by itself and on request, and then is well', async () => {
    const { loader, asked, answers, state } = hub()
    state.isAway = true
    loader.wish('one', wishOf('a', 0))
    await vi.advanceTimersByTimeAsync(2000)
    expect(answers).toEqual(['away'])
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(60_000)
    state.isAway = false
    const before = asked.length
    loader.retry()
    await vi.advanceTimersByTimeAsync(100)
    expect(asked.length).toBeLessThanOrEqual(before + 1)
    await vi.advanceTimersByTimeAsync(5000)
    expect(answers.at(-1)).toBeNull()
  })

  it('asks for nothing once it is closed', async () => {
    const { loader, asked } = hub()
    loader.wish('one', wishOf('a', 0))
    loader.close()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked).toEqual([])
  })
})

describe('the requests for what is lacked', () => {
  const part = (fromMs: number, toMs: number, keys: readonly string[]) => ({
    stepMs: 1000,
    fromMs,
    toMs,
    keys,
  })

  it('join neighbours of the same series', () => {
    const parts = [part(10, 20, ['a']), part(0, 10, ['a']), part(20, 30, ['b'])]
    expect(requestsOf(parts, () => true)).toEqual([part(0, 20, ['a']), part(20, 30, ['b'])])
  })

  it('name no more series than the hub takes, in an address that is not too long', () => {
    const keys = Array.from(
      { length: 300 },
      (_, index) => `custom{name="${'x'.repeat(100)}${index}"}`,
    )
    const requests = requestsOf([part(0, 10, keys)], () => true)
    expect(requests.flatMap((request) => request.keys)).toEqual(keys)
    for (const request of requests) {
      expect(request.keys.length).toBeLessThanOrEqual(64)
      expect(encodeURIComponent(request.keys.join('')).length).toBeLessThan(7000)
    }
  })

  it('ask for a day of single samples at most', () => {
    const days = Array.from({ length: 50 }, (_, at) => part(at * 8e6, (at + 1) * 8e6, ['a']))
    for (const { fromMs, toMs } of requestsOf(days, () => true)) {
      expect(toMs - fromMs).toBeLessThanOrEqual(86_400_000)
    }
  })
})
