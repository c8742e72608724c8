import { describe, expect, it } from 'vitest'
import { ProblemError } from '../http/problem.ts'
import { parseTime, readHistoryQuery } from './history-query.ts'

const NOW = 1_795_400_041_000

describe('history query', () => {
  it.each([
    ['1795400041000', NOW],
    ['2026-11-23T07:00:00Z', Date.UTC(2026, 10, 23, 7)],
    ['2026-11-23T08:00:00+01:00', Date.UTC(2026, 10, 23, 7)],
    // A plus sign that nobody escaped.
    ['2026-11-23T08:00:00 01:00', Date.UTC(2026, 10, 23, 7)],
    ['2026-11-23T07:00:00.25Z', Date.UTC(2026, 10, 23, 7) + 250],
    ['2026-11-23', Date.UTC(2026, 10, 23)],
    ['0', 0],
    ['2026-11-23T07:00:00', undefined],
    ['2026-13-01', undefined],
    ['yesterday', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['99999999999999999', undefined],
  ])('reads the time %s', (written, timeMs) => {
    expect(parseTime(written)).toBe(timeMs)
  })

  it('asks for the last hour when nothing is said', () => {
    expect(readHistoryQuery({}, NOW)).toMatchObject({ fromMs: NOW - 3_600_000, toMs: NOW })
  })

  it('names every field at fault', () => {
    const read = () => readHistoryQuery({ from: 'then', to: 'now', metric: ['a{b='] }, NOW)
    expect(read).toThrow(ProblemError)
    try {
      read()
    } catch (error) {
      expect((error as ProblemError).errors?.map((fault) => fault.field)).toEqual([
        'query/to',
        'query/from',
        'query/metric',
      ])
    }
    expect(() => readHistoryQuery({ from: '5', to: '5' }, NOW)).toThrow('must be before `to`')
  })
})
