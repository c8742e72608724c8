import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ZoneClock } from './zone-clock.ts'

const at = (written: string): number => Date.parse(written)
const iso = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 16)

describe('round times of a wall clock', () => {
  it('are those of the zone, not of UTC', () => {
    const india = new ZoneClock('Asia/Kolkata')
    const range = { fromMs: at('2026-11-22T12:00Z'), toMs: at('2026-11-23T12:00Z'), most: 4 }
    expect(india.roundTimes(range).map(({ timeMs }) => iso(timeMs))).toEqual([
      '2026-11-22T12:30',
      '2026-11-22T18:30',
      '2026-11-23T00:30',
      '2026-11-23T06:30',
    ])
    expect(india.roundTimes(range).map(({ isMidnight }) => isMidnight)).toEqual([
      false,
      true,
      false,
      false,
    ])
  })

  it('stay round when the clocks are changed', () => {
    const paris = new ZoneClock('Europe/Paris')
    const day = { fromMs: at('2026-10-24T22:00Z'), toMs: at('2026-10-25T23:00Z'), most: 6 }
    expect(paris.roundTimes(day).map(({ timeMs }) => iso(timeMs))).toEqual([
      '2026-10-24T22:00',
      '2026-10-25T05:00',
      '2026-10-25T11:00',
      '2026-10-25T17:00',
      '2026-10-25T23:00',
    ])
    // At two o'clock the clock jumps to three: there is no half past two.
    const night = { fromMs: at('2026-03-29T00:00Z'), toMs: at('2026-03-29T02:00Z'), most: 5 }
    expect(paris.roundTimes(night).map(({ timeMs }) => iso(timeMs))).toEqual([
      '2026-03-29T00:00',
      '2026-03-29T00:30',
      '2026-03-29T01:00',
      '2026-03-29T01:30',
      '2026-03-29T02:00',
    ])
  })

  it('are in order, within the range and no more than asked for', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe')
    const start = fc.integer({ min: 1.7e12, max: 1.9e12 })
    const length = fc.integer({ min: 1000, max: 40 * 86_400_000 })
    fc.assert(
      fc.property(
        zones,
        start,
        length,
        fc.integer({ min: 2, max: 12 }),
        (zone, fromMs, ms, most) => {
          const toMs = fromMs + ms
          const times = new ZoneClock(zone).roundTimes({ fromMs, toMs, most })
          const found = times.map(({ timeMs }) => timeMs)
          expect(found).toEqual([...new Set(found)].sort((a, b) => a - b))
          expect(found.every((timeMs) => timeMs >= fromMs && timeMs <= toMs)).toBe(true)
          // One more at each end, and two where an hour happens twice.
          expect(found.length).toBeLessThanOrEqual(most + 2)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('the name of a zone', () => {
  it('says how far it is from UTC at that time', () => {
    const name = (zone: string, written: string) => {
      const fromMs = at(written)
      return new ZoneClock(zone).name({ fromMs, toMs: fromMs + 86_400_000 })
    }
    expect(name('Europe/Paris', '2026-11-23T12:00Z')).toBe('Europe/Paris (UTC+1)')
    expect(name('Europe/Paris', '2026-07-23T12:00Z')).toBe('Europe/Paris (UTC+2)')
    expect(name('Europe/Paris', '2026-10-24T22:00Z')).toBe('Europe/Paris (UTC+2, UTC+1)')
    expect(name('America/St_Johns', '2026-11-23T12:00Z')).toBe('America/St Johns (UTC−3:30)')
    expect(name('UTC', '2026-11-23T12:00Z')).toBe('UTC')
  })
})
