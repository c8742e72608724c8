import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HostHoles } from './host-holes.svelte.ts'

const NOW_MS = 1_795_400_000_000
const HOUR = 3_600_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

interface Question {
  readonly fromMs: number
  readonly answer: (reboots: readonly number[]) => void
  readonly refuse: () => void
}

/** The holes of a host whose hub answers when the test says so. */
function asking() {
  const questions: Question[] = []
  const holes = new HostHoles({
    hubNowMs: () => NOW_MS,
    gaps: () => Promise.resolve([]),
    incidents: () => Promise.resolve([]),
    reboots: (fromMs) => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly number[]>()
      questions.push({ fromMs, answer: resolve, refuse: () => reject(new Error('away')) })
      return promise
    },
  })
  const show = async (agoMs: number) => {
    holes.show({ fromMs: NOW_MS - agoMs - HOUR, toMs: NOW_MS - agoMs }, '')
    await vi.advanceTimersByTimeAsync(1000)
    const question = questions.at(-1)
    if (!question) throw new Error('nothing was asked')
    return question
  }
  return { holes, questions, show }
}

it('a slow answer about an earlier stretch does not replace that of the newest', async () => {
  const { holes, questions, show } = asking()
  const earlier = await show(0)
  const newest = await show(24 * HOUR)
  expect(questions).toHaveLength(2)
  newest.answer([2])
  earlier.answer([1])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(holes.known.reboots).toEqual([2])
  expect(questions).toHaveLength(2)
  holes.close()
})

it('a failure is asked about again, but not that of an earlier question', async () => {
  const { holes, questions, show } = asking()
  const earlier = await show(0)
  const newest = await show(24 * HOUR)
  earlier.refuse()
  newest.answer([2])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(questions).toHaveLength(2)
  const failed = await show(48 * HOUR)
  failed.refuse()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(questions).toHaveLength(4)
  expect(holes.known.reboots).toEqual([2])
  holes.close()
})
