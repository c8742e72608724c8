import { describe, expect, it } from 'vitest'
import { isWeekly, readWeekly, WEEK, writeWeekly } from './weekly-times.ts'

describe('days of the week and a time', () => {
  it('are read from cron and written as it', () => {
    for (const cron of ['30 2 * * 0', '0 0 * * *', '5 23 * * 1,2,3,4,5']) {
      const read = readWeekly(cron)
      expect(read && writeWeekly(read)).toBe(cron)
    }
  })

  it('are the same however they are written', () => {
    expect(readWeekly('30 2 * * 7')).toEqual({ weekdays: [0], time: '02:30' })
    expect(readWeekly('30 2 * * 1-5')?.weekdays).toEqual([1, 2, 3, 4, 5])
    expect(readWeekly('30 2 * * 0-6')?.weekdays.toSorted()).toEqual([...WEEK].toSorted())
    expect(writeWeekly({ weekdays: [...WEEK], time: '09:05' })).toBe('5 9 * * *')
  })

  it('are none where a cron says more', () => {
    for (const cron of [
      '*/5 2 * * 0',
      '0 2 1 * *',
      '0 2 * 6 *',
      '0 2 * * MON',
      '0 2 * * 5-1',
      '',
    ]) {
      expect([cron, readWeekly(cron)]).toEqual([cron, null])
    }
  })

  it('come true with a day and a time', () => {
    expect(isWeekly({ weekdays: [0], time: '02:30' })).toBe(true)
    expect(isWeekly({ weekdays: [], time: '02:30' })).toBe(false)
    expect(isWeekly({ weekdays: [0], time: '' })).toBe(false)
  })
})
