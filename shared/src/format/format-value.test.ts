import { findMetric, METRICS, type Unit } from '../metrics/catalogue.ts'
import { describe, expect, it } from 'vitest'
import { formatAge, formatDuration, formatSeconds } from './duration.ts'
import { formatMetric, formatText, formatValue } from './format-value.ts'
import { joined } from './quantity.ts'

const en = (value: number, unit: Unit) =>
  joined(formatValue(value, unit, 'en')).replace('\u00a0', ' ')

describe('a value in its unit', () => {
  it.each([
    [0.0132, '1', '1.3 %'],
    [0, '1', '0 %'],
    [0.5, '1', '50 %'],
    [1, '1', '100 %'],
    [0.0996, '1', '10 %'],
    [6_100_000, 'By/s', '6.1 MB/s'],
    [999, 'By/s', '999 B/s'],
    [999.6, 'By/s', '1.0 kB/s'],
    [999_999, 'By/s', '1.0 MB/s'],
    [920_400, 'By/s', '920 kB/s'],
    [1e9, 'bit/s', '1.0 Gbit/s'],
    [54.26, 'Cel', '54.3 °C'],
    [-3, 'Cel', '-3.0 °C'],
    [0.0012, 's', '1.2 ms'],
    [0.000_04, 's', '40 µs'],
    [4.25, 's', '4.3 s'],
    [1200, 's', '20 min'],
    [1234.5, '{switch}/s', '1,235 /s'],
    [12_345, '{switch}/s', '12.3 k/s'],
    [5, '{process}', '5'],
  ] as const)('%s in %s is %s', (value, unit, expected) => {
    expect(en(value, unit)).toBe(expected)
  })

  it('is a dash without a unit when it is not known, and never 0', () => {
    for (const value of [null, undefined, NaN]) {
      expect(formatValue(value, 'By', 'en')).toEqual({ number: '–', unit: '' })
    }
  })

  it('counts memory in powers of 1024 and disks in powers of 1000', () => {
    const bytes = 24.3 * 1024 ** 3
    expect(formatMetric(bytes, findMetric('system.memory.usage'), 'en')).toEqual({
      number: '24.3',
      unit: 'GiB',
    })
    expect(formatMetric(bytes, findMetric('system.filesystem.usage'), 'en')).toEqual({
      number: '26.1',
      unit: 'GB',
    })
    expect(formatMetric(2 ** 20, findMetric('vigie.agent.memory.usage'), 'en').unit).toBe('MiB')
  })

  it('speaks French: octets and a decimal comma', () => {
    expect(formatValue(6_100_000, 'By/s', 'fr')).toEqual({ number: '6,1', unit: 'Mo/s' })
    expect(formatText(1536, findMetric('system.memory.usage'), 'fr')).toBe('1,5\u00a0Kio')
  })

  it('has words for every unit of the catalogue', () => {
    for (const metric of METRICS) {
      for (const value of [0, 0.004, 1, 12_345, 9e15]) {
        expect(formatMetric(value, metric, 'fr').number).not.toMatch(/NaN|undefined/)
      }
    }
  })
})

describe('a span of time', () => {
  it.each([
    [0, '0 s'],
    [59_999, '59 s'],
    [24 * 60_000, '24 min'],
    [5.2 * 3600_000, '5 h 12 min'],
    [76 * 3600_000, '3 d 4 h'],
    [48 * 3600_000, '2 d'],
  ])('%s ms is %s', (ms, expected) => {
    expect(formatDuration(ms, 'en').replaceAll('\u00a0', ' ')).toBe(expected)
  })

  it('never claims more age than has passed', () => {
    expect(formatAge(119_999, 'en')).toEqual({ number: '1', unit: 'min' })
    expect(formatAge(-5000, 'en')).toEqual({ number: '0', unit: 's' })
  })

  it('keeps the sign of a measured time', () => {
    expect(formatSeconds(-0.0124, 'en')).toEqual({ number: '-12', unit: 'ms' })
  })
})
