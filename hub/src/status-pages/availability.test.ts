// The availability of a host by day, as docs/status-page.md counts it.
import type { Gap, GapReason } from '@vigie/shared/api/gap'
import { describe, expect, it } from 'vitest'
import { availabilityOf, DAY_MS, ratioOf, type AvailabilityQuery } from './availability.ts'
import { dayWords, figureOf } from './page-sentences.ts'

const MIN_MS = 60_000
const HOUR_MS = 60 * MIN_MS
/** Noon, UTC. */
const NOW_MS = Date.UTC(2026, 10, 29, 12)
const TODAY_MS = NOW_MS - 12 * HOUR_MS
const YESTERDAY_MS = TODAY_MS - DAY_MS
const LONG_AGO_MS = TODAY_MS - 9 * DAY_MS

function gap(fromMs: number, lengthMs: number, reason: GapReason = 'unknown'): Gap {
  return { fromMs, toMs: fromMs + lengthMs, reason, isOpen: false }
}

function days(query: Partial<AvailabilityQuery>) {
  return availabilityOf({
    ...{ gaps: [], maintenance: [], fromMs: LONG_AGO_MS, nowMs: NOW_MS, graceMs: 30_000 },
    ...query,
  })
}

/** As the page says them, the oldest first. */
function figures(query: Partial<AvailabilityQuery>): string[] {
  return days(query).map((day) => {
    const ratio = ratioOf([day])
    return ratio === null ? '–' : figureOf(ratio, 'en')
  })
}

const FULL = Array<string>(10).fill('100')
const yesterday = (figure: string): string[] => FULL.with(8, figure)

describe('the availability of a host', () => {
  it('A1 is of ten days in UTC, of which today is the last one, as far as it has come', () => {
    const all = days({})
    expect(all.map(({ dayMs }) => dayMs)).toEqual(
      Array.from({ length: 10 }, (_, index) => LONG_AGO_MS + index * DAY_MS),
    )
    expect(all.map(({ upMs }) => upMs)).toEqual([...Array<number>(9).fill(DAY_MS), 12 * HOUR_MS])
  })

  it('A2 is less by just as long as a hole is: 864 seconds are a hundredth of a day', () => {
    const gaps = [gap(YESTERDAY_MS + HOUR_MS, 864_000)]
    expect(figures({ gaps })).toEqual(yesterday('99.00'))
    // Over midnight each day has its part: a quarter of an hour of yesterday, 45 minutes of the 12 hours of today.
    const overMidnight = [gap(TODAY_MS - 15 * MIN_MS, HOUR_MS)]
    expect(figures({ gaps: overMidnight }).slice(8)).toEqual(['98.95', '93.75'])
  })

  it.each(['rebooted', 'suspended', 'network', 'unknown'] as const)(
    'A2 counts %s as down',
    (reason) => {
      const gaps = [gap(YESTERDAY_MS, 6 * HOUR_MS, reason)]
      expect(figures({ gaps })).toEqual(yesterday('75.00'))
    },
  )

  it.each(['hub-away', 'stopped', 'stalled'] as const)(
    'A3 counts %s neither for the host nor against it',
    (reason) => {
      const gaps = [
        gap(YESTERDAY_MS, 6 * HOUR_MS, reason),
        gap(YESTERDAY_MS + 12 * HOUR_MS, 9 * HOUR_MS),
      ]
      const day = days({ gaps })[8]
      expect(day).toMatchObject({ upMs: 9 * HOUR_MS, downMs: 9 * HOUR_MS, unknownMs: 6 * HOUR_MS })
      expect(figures({ gaps })).toEqual(yesterday('50.00'))
    },
  )

  it('A3 knows nothing of the time before the first tick', () => {
    const fromMs = YESTERDAY_MS + 18 * HOUR_MS
    const gaps = [gap(YESTERDAY_MS + 18 * HOUR_MS, 3 * HOUR_MS)]
    expect(figures({ fromMs, gaps })).toEqual([...Array<string>(8).fill('–'), '50.00', '100'])
  })

  it('A4 forgives a hole that is no longer than the grace, and counts the whole of a longer one', () => {
    const at = YESTERDAY_MS + HOUR_MS
    expect(figures({ gaps: [gap(at, 30_000)] })).toEqual(FULL)
    expect(days({ gaps: [gap(at, 31_000)] })[8]?.downMs).toBe(31_000)
    // Two reasons of one hole are one hole; two holes with one reason have a tick between them.
    const parts = [gap(at, 20_000, 'network'), gap(at + 20_000, 20_000, 'hub-away')]
    expect(days({ gaps: parts })[8]).toMatchObject({ downMs: 20_000, unknownMs: 20_000 })
    expect(figures({ gaps: [gap(at, 20_000), gap(at + 20_000, 20_000)] })).toEqual(FULL)
    // How long the beginning of one was that is cut by the first day, nobody sees here.
    expect(days({ gaps: [gap(LONG_AGO_MS, 5000)] })[0]?.downMs).toBe(5000)
  })

  it('A5 leaves out what was down in a maintenance window, and keeps what was up in it', () => {
    const gaps = [gap(YESTERDAY_MS + 2 * HOUR_MS, 2 * HOUR_MS)]
    const window = (fromHour: number, toHour: number) => ({
      startsMs: YESTERDAY_MS + fromHour * HOUR_MS,
      endsMs: YESTERDAY_MS + toHour * HOUR_MS,
    })
    expect(figures({ gaps, maintenance: [window(1, 5)] })).toEqual(FULL)
    const half = { gaps, maintenance: [window(3, 6), window(3, 4), window(5, 7)] }
    expect(days(half)[8]).toEqual({
      ...{ dayMs: YESTERDAY_MS, upMs: 22 * HOUR_MS },
      ...{ downMs: HOUR_MS, maintenanceMs: HOUR_MS, unknownMs: 0 },
    })
  })

  it('A6 is rounded down, so that 100 is said of no day with a fault', () => {
    expect(figures({ gaps: [gap(YESTERDAY_MS, 31_000)] })[8]).toBe('99.96')
    expect(figureOf(1 - 1 / 864_000, 'en')).toBe('99.99')
    expect(figureOf(0.9999, 'fr')).toBe('99,99')
    expect(figureOf(0, 'en')).toBe('0.00')
  })

  it('A6 of ten days is that of all their known time together', () => {
    const all = days({ fromMs: TODAY_MS, gaps: [gap(TODAY_MS, 3 * HOUR_MS)] })
    expect(ratioOf(all)).toBe(0.75)
  })

  it('A7 is said in words, with what a day lacks', () => {
    const gaps = [
      gap(YESTERDAY_MS + HOUR_MS, 864_000),
      gap(YESTERDAY_MS + 3 * HOUR_MS, HOUR_MS, 'hub-away'),
    ]
    const day = days({ gaps })[8]
    expect(day && dayWords(day, 'en')).toBe(
      '28 Nov: 98.95\u00a0%, down for 14\u00a0min 24\u00a0s, not known for 1\u00a0h',
    )
    expect(day && dayWords(day, 'fr')).toBe(
      '28 nov.\u202f: 98,95\u202f%, en panne pendant 14\u00a0min 24\u00a0s, état inconnu pendant 1\u00a0h',
    )
    const [first] = days({ fromMs: NOW_MS })
    expect(first && dayWords(first, 'en')).toBe('20 Nov: not known')
    expect(ratioOf(days({ fromMs: NOW_MS }))).toBe(null)
  })
})
