import { describe, expect, it } from 'vitest'
import { formatValue } from '../format/format-value.ts'
import type { ChartFrame } from './chart-frame.ts'
import { legendRows } from './legend-rows.ts'

function rowOf(unit: 'By/s' | '{packet}/s', numbers: { now: number; mean: number; max: number }) {
  const plan = {
    id: 'disk-io',
    title: 'Throughput',
    note: '',
    unit,
    shape: 'lines' as const,
    series: [{ key: 'read', label: 'read', colour: 'data-1' as const }],
  }
  const { now, mean, max } = numbers
  const frame = { statistics: [{ last: now, min: 0, mean, max }] } as unknown as ChartFrame
  const format = (value: number | null) => formatValue(value, unit, 'en')
  const [row] = legendRows(plan, frame, { format, valueOf: () => now })
  return [row?.now, row?.min, row?.mean, row?.max].map((each) => `${each?.number} ${each?.unit}`)
}

describe('a row of the legend', () => {
  it('says its unit once, and where the prefix changes the prefix alone', () => {
    expect(rowOf('By/s', { now: 278_000, mean: 231_000, max: 39_300_000 })).toEqual([
      '278 kB/s',
      '0 ',
      '231 ',
      '39.3 M',
    ])
  })

  it('keeps the unit of a number without prefix apart from those with one', () => {
    expect(rowOf('{packet}/s', { now: 19_100, mean: 541, max: 19_100 })).toEqual([
      '19.1 k/s',
      '0 ',
      '541 /s',
      '19.1 ',
    ])
  })
})
