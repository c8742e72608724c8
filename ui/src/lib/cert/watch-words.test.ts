import { describe, expect, it } from 'vitest'
import { english, failedRun, NOW_MS, runOf, sourceOf, watchOf } from './advisory.test-support.ts'
import { MAX_BARS, runBars } from './run-strip.ts'
import {
  checkedWords,
  linesOf,
  nextRunMs,
  nextWords,
  runWords,
  sourceSays,
  watchSays,
} from './watch-words.ts'

describe('the watch', () => {
  it('is off, has not run, is well, sees with trouble, or cannot see', () => {
    const standing = (part: Parameters<typeof watchOf>[0]) =>
      watchSays(watchOf(part), english).standing
    expect(standing({ sources: [sourceOf({ isOn: false })] })).toBe('unknown')
    expect(standing({ runs: [] })).toBe('unknown')
    expect(standing({})).toBe('well')
    expect(standing({ runs: [runOf(1, { outcome: 'partly' })] })).toBe('warning')
    expect(standing({ sources: [sourceOf({ failedInARow: 1 })] })).toBe('warning')
    expect(standing({ sources: [sourceOf(), sourceOf({ failedInARow: 3 })] })).toBe('crisis')
  })

  it('names a source that fails, and how often it has', () => {
    const failing = sourceOf({ failedInARow: 3 })
    expect(watchSays(watchOf({ sources: [failing] }), english).text).toBe(
      'cannot read CERT-FR alerts',
    )
    expect(sourceSays(failing, english).text).toBe('could not be read 3 times in a row')
    expect(sourceSays(sourceOf({ isOn: false, failedInARow: 3 }), english).text).toBe('off')
  })

  it('looks again at the soonest of what is on', () => {
    const sources = [sourceOf({ isOn: false, nextRunMs: 1 }), sourceOf()]
    expect(nextRunMs(watchOf({ sources }))).toBe(NOW_MS + 31_000)
    expect(nextRunMs(watchOf({ sources: [sourceOf({ nextRunMs: null })] }))).toBeNull()
    expect(nextWords(NOW_MS + 31_000, english)).toMatch(/, in 31\u00a0s$/)
    expect(nextWords(NOW_MS - 1, english)).toMatch(/any moment$/)
  })
})

describe('a run', () => {
  it('that failed is never told as nothing new', () => {
    expect(runWords(failedRun(1), english)).toMatch(/error; what is new was not seen$/)
    expect(runWords(runOf(1, { outcome: 'failed' }), english)).not.toContain('nothing new')
    expect(checkedWords([runOf(2), failedRun(1)], english).text).toContain('not all could be read')
  })

  it('says what it found, and from where when not from the page', () => {
    expect(runWords(runOf(1), english)).toBe('nothing new')
    const names = ['A-1', 'A-2', 'A-3', 'A-4']
    expect(runWords(runOf(1, { added: names, changed: ['B'] }), english)).toBe(
      '4 new: A-1, A-2 and 2 others; changed: B',
    )
    const failures = [
      { kind: 'no-browser', detail: '', hasScreenshot: false, hasPage: false },
    ] as const
    const partly = runOf(1, { outcome: 'partly', by: 'feed', failures: [...failures] })
    expect(runWords(partly, english)).toMatch(
      /^nothing new; read from the feed; there is no Chromium/,
    )
    expect(checkedWords([runOf(1, { added: ['A'] })], english).text).toBe(
      'Checked: 1 new, 0 changed.',
    )
  })

  it('is a bar, the longest the highest, oldest first; no more than can be told apart', () => {
    const runs = Array.from({ length: 200 }, (_, n) =>
      runOf(200 - n, { tookMs: n === 0 ? 8000 : 10 }),
    )
    const bars = runBars(runs)
    expect(bars).toHaveLength(MAX_BARS)
    expect(bars.at(-1)).toMatchObject({ run: { id: 200 }, heightRatio: 1 })
    expect(bars[0]?.run.id).toBe(200 - MAX_BARS + 1)
    expect(bars[0]?.heightRatio).toBeGreaterThan(0.1)
    expect(runBars([])).toEqual([])
  })

  it('has a line when it found or failed; of the quiet ones the newest of each source has', () => {
    const other = { source: 'debian' } as const
    const runs = [
      runOf(9),
      runOf(8, other),
      runOf(7),
      failedRun(6),
      runOf(5, { added: ['A'] }),
      runOf(4),
    ]
    expect(linesOf(runs).map(({ id }) => id)).toEqual([9, 8, 6, 5])
  })
})
