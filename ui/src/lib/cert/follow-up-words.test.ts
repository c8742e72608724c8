// What is said of the follow-up of an advisory: no more than is known.
import type { AdvisoryTold, PastVerdict } from '@vigie/shared/api/advisory'
import { describe, expect, it } from 'vitest'
import { english, NOW_MS } from './advisory.test-support.ts'
import { entryWords, isUpdated, pastWords, toldSays, whyNotWords } from './follow-up-words.ts'

const MAILED: AdvisoryTold = {
  what: 'added',
  isDigest: false,
  learntMs: NOW_MS - 70_000,
  writtenMs: NOW_MS - 68_000,
  mails: 3,
  delivered: 3,
  failed: 0,
  firstMs: NOW_MS - 65_000,
  lastMs: NOW_MS - 64_000,
}
const says = (part: Partial<AdvisoryTold> = {}) => toldSays({ ...MAILED, ...part }, english)

describe('A6: what was told', () => {
  it('says when the first was mailed, to how many, and how long after it was read', () => {
    expect(says()).toMatchObject({ mark: 'ok' })
    expect(says().text).toMatch(/^mailed .* to 3, 5\u00a0s after it was read$/)
    expect(says({ lastMs: NOW_MS }).text).toContain(', the last ')
  })

  it('hides neither what waits nor what failed, nor that it is still to be told', () => {
    const some = { delivered: 1, failed: 1, lastMs: MAILED.firstMs }
    expect(says(some)).toMatchObject({ mark: 'bad' })
    expect(says(some).text).toMatch(/, 1 still waits, 1 failed$/)
    const waiting = { mails: 0, delivered: 0, writtenMs: null, firstMs: null, lastMs: null }
    expect(says({ ...waiting, isDigest: true }).text).toBe('will be in the next digest')
    expect(says(waiting)).toEqual({ mark: 'waits', text: 'its mail is being written' })
    expect(says({ ...waiting, writtenMs: NOW_MS }).text).toContain('told nobody')
  })

  it('tells a digest, a change and the first mail of the watch apart', () => {
    const words = [{ isDigest: true }, { what: 'revised' }, { what: 'begun' }] as const
    const texts = words.map((part) => says(part).text)
    expect(texts[0]).toMatch(/^in the digest of .*, to 3$/)
    expect(texts[1]).toMatch(/^change mailed/)
    expect(texts[2]).toContain('in the first mail of the watch')
  })
})

describe('A7: a host that is concerned no more', () => {
  const past = (part: PastVerdict['package']): PastVerdict => ({
    hostId: 1,
    hostName: 'db-1',
    verdict: 'concerned',
    goneMs: NOW_MS,
    package: part,
  })
  const one = { manager: 'dpkg', name: 'tarnel', was: '1' } as const

  it('was updated where its package is another, and not where the advisory is', () => {
    expect(pastWords(past({ ...one, now: '2' }), english)).toMatch(/^tarnel 1 became 2; no longer/)
    expect(pastWords(past({ ...one, now: null }), english)).toContain('is not there any more')
    for (const other of [null, { ...one, now: '1' }]) {
      expect(isUpdated(past(other))).toBe(false)
      expect(pastWords(past(other), english)).toMatch(/^no longer concerned since/)
    }
  })
})

describe('A8, A9: why not, and who did what', () => {
  it('says what is there, or that nothing was found', () => {
    const found = { name: 'ostrea', lowest: '2.9', highest: '3.0', hosts: 2 }
    const why = (part: typeof found) =>
      whyNotWords({ reason: 'other-version', package: part }, english)
    expect(why(found)).toBe('ostrea is at 2.9 or later on 2 hosts')
    expect(why({ ...found, highest: '2.9', hosts: 1 })).toBe('ostrea is at 2.9 on 1 host')
    expect(whyNotWords({ reason: 'not-installed', package: null }, english)).toBe(
      'not found on any host',
    )
    expect(whyNotWords({ reason: 'nothing-found', package: null }, english)).toBe(
      'nothing of it found',
    )
  })

  it('names who gave it to whom', () => {
    const entry = { timeMs: NOW_MS, who: 'Ada', to: null, text: null, state: null }
    expect(entryWords({ ...entry, kind: 'handed-over', to: 'platform' }, english)).toBe(
      'Ada handed it over to platform',
    )
    expect(entryWords({ ...entry, kind: 'handled', state: 'patched' }, english)).toBe(
      'Ada said: patched',
    )
  })
})
