import { describe, expect, it } from 'vitest'
import { advisoryOf, english, handled, NOW_MS } from './advisory.test-support.ts'
import { formatAdvisoryDate, spokenDate } from './advisory-dates.ts'
import { byUrgency, eachOnce, isToDo } from './advisory-order.ts'
import { concernWords, factsOf, stateWords } from './advisory-words.ts'

const DAY_MS = 86_400_000
const midnight = (day: number, year = 2099) => Date.UTC(year, 8, day)

describe('the dates of advisories', () => {
  it('are the day that the source wrote, whatever the zone of the reader', () => {
    expect(formatAdvisoryDate(midnight(26), NOW_MS, 'en')).toBe('26 September')
    expect(formatAdvisoryDate(midnight(26, 2098), NOW_MS, 'en')).toBe('26 September 2098')
    expect(formatAdvisoryDate(midnight(28), NOW_MS, 'en')).toBe('today')
    expect(formatAdvisoryDate(midnight(27), NOW_MS, 'fr')).toBe('hier')
  })

  it('have the time where one is known', () => {
    expect(formatAdvisoryDate(midnight(20) + 1, NOW_MS, 'en')).toMatch(/^\d+ September \d\d:\d\d$/)
  })

  it('are said in French as French says them', () => {
    expect(spokenDate(midnight(26), NOW_MS, 'fr')).toBe('le 26 septembre')
    expect(spokenDate(midnight(27), NOW_MS, 'fr')).toBe('hier')
    expect(spokenDate(midnight(26), NOW_MS, 'en')).toBe('26 September')
  })
})

describe('advisories', () => {
  it('come open alerts first, then what concerns, then what may, then the newest', () => {
    const notice = { kind: 'notice', concerned: 5 } as const
    const list = [
      advisoryOf(9, notice),
      advisoryOf(8, { closedMs: NOW_MS, concerned: 5 }),
      advisoryOf(7),
      advisoryOf(6, { toCheck: 1 }),
      advisoryOf(5, { concerned: 1 }),
      advisoryOf(4, { concerned: 3, handled }),
    ]
    const order = list.toSorted(byUrgency).map(({ title }) => Number(title.split(' ').at(-1)))
    expect(order).toEqual([5, 6, 7, 4, 9, 8])
  })

  it('ask for something while they are open, concern a host, and nobody dealt with them', () => {
    expect(isToDo(advisoryOf(1, { toCheck: 1 }))).toBe(true)
    expect(isToDo(advisoryOf(1))).toBe(false)
    expect(isToDo(advisoryOf(1, { concerned: 1, handled }))).toBe(false)
    expect(isToDo(advisoryOf(1, { concerned: 1, closedMs: NOW_MS }))).toBe(false)
    expect(isToDo(advisoryOf(1, { concerned: 1, isRemoved: true }))).toBe(false)
  })

  it('are listed once, as they were read last', () => {
    const newer = advisoryOf(1, { changedMs: NOW_MS + 1, title: 'newer' })
    expect(eachOnce([newer], [advisoryOf(1), advisoryOf(2)]).map(({ title }) => title)).toEqual([
      'newer',
      'Brinote Mail 2',
    ])
  })

  it('say their versions, their closing, and how many vulnerabilities', () => {
    const revisions = [1, 2, 3].map((day) => ({ dateMs: midnight(day), text: '' }))
    const part = {
      revisedMs: midnight(3),
      revisions,
      cves: Array.from({ length: 60 }, (_, n) => `${n}`),
    }
    expect(factsOf(advisoryOf(1, part), english)).toEqual([
      'published 1 September',
      'revised 3 September, version 3',
      '60 vulnerabilities',
    ])
    expect(factsOf(advisoryOf(1, { closedMs: NOW_MS - 2 * DAY_MS }), english)[1]).toMatch(
      /^closed 26/,
    )
  })

  it('say whom they concern, the certain apart from the uncertain', () => {
    expect(concernWords({ concerned: 0, toCheck: 0 }, english)).toBeNull()
    expect(concernWords({ concerned: 1, toCheck: 0 }, english)).toBe('1 host concerned')
    expect(concernWords({ concerned: 0, toCheck: 2 }, english)).toBe('2 hosts to check')
    expect(concernWords({ concerned: 3, toCheck: 2 }, english)).toBe(
      '3 hosts concerned, 2 to check',
    )
    expect(stateWords(advisoryOf(1, { handled }), english)).toBe('patched')
  })
})
