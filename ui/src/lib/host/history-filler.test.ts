import { afterEach, describe, expect, it, vi } from 'vitest'
import { HistoryFiller } from './history-filler.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Answers as it is told to: the first calls fail. */
function hub(failures: number) {
  const asked: [number, number][] = []
  const states: (string | null)[] = []
  const filler = new HistoryFiller({
    fetch: (fromMs, toMs) => {
      asked.push([fromMs, toMs])
      return asked.length <= failures ? Promise.reject(new Error('away')) : Promise.resolve()
    },
    onState: (failure) => states.push(failure),
  })
  return { filler, asked, states }
}

describe('the filler of a history', () => {
  it('asks until it is answered, and says meanwhile why not', async () => {
    vi.useFakeTimers()
    const { filler, asked, states } = hub(2)
    const filled = filler.fill(10, 20)
    await vi.runAllTimersAsync()
    await filled
    expect(asked).toEqual([
      [10, 20],
      [10, 20],
      [10, 20],
    ])
    expect(states).toEqual(['away', 'away', null])
  })

  it('asks for one range after the other', async () => {
    const { filler, asked } = hub(0)
    await Promise.all([filler.fill(10, 20), filler.fill(0, 10)])
    expect(asked).toEqual([
      [10, 20],
      [0, 10],
    ])
  })

  it('asks for a hole once', async () => {
    vi.useFakeTimers()
    const { filler, asked } = hub(0)
    const gap = { fromMs: 5, toMs: 9 }
    filler.heal([gap])
    filler.heal([gap])
    await vi.runAllTimersAsync()
    expect(asked).toEqual([[5, 9]])
  })

  it('asks for nothing once it is closed', async () => {
    vi.useFakeTimers()
    const { filler, asked } = hub(Infinity)
    const filled = filler.fill(10, 20)
    await vi.advanceTimersByTimeAsync(0)
    filler.close()
    await vi.runAllTimersAsync()
    await filled
    expect(asked).toHaveLength(1)
  })
})
