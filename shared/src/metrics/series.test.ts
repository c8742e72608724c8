import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_SERIES_KEY_LENGTH, metricOf, parseSeries, seriesKey, tableRevision } from './series.ts'

const name = fc.stringMatching(/^[a-z_][a-z0-9_.]{0,20}$/)
const attributes = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 30 }), { maxKeys: 4 })

describe('series key', () => {
  it('sorts attributes and writes no braces where there are none', () => {
    expect(seriesKey('system.uptime')).toBe('system.uptime')
    expect(
      seriesKey('system.disk.io', { 'system.device': 'sda', 'disk.io.direction': 'read' }),
    ).toBe('system.disk.io{disk.io.direction="read",system.device="sda"}')
  })

  it('reads back what it wrote, whatever the values are', () => {
    fc.assert(
      fc.property(name, attributes, (metric, given) => {
        const key = seriesKey(metric, given)
        fc.pre(key.length <= MAX_SERIES_KEY_LENGTH)
        expect(parseSeries(key)).toEqual({ metric, attributes: { ...given } })
      }),
    )
  })

  it('refuses what is not in the one form, and never fails on it', () => {
    for (const written of [
      '',
      '{}',
      'a{}',
      'a{b}',
      'a{b="c"',
      'a{b="c",}',
      'a{c="1",b="2"}',
      'a b',
      '1a',
    ]) {
      expect(parseSeries(written), written).toBeUndefined()
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        const series = parseSeries(written)
        if (series) expect(seriesKey(series.metric, series.attributes)).toBe(written)
      }),
    )
  })

  it('reads a hostile key in time that grows with its length', () => {
    expect(parseSeries(`a{${'b="c",'.repeat(80)}`)).toBeUndefined()
    expect(parseSeries(`a{b="${'\\'.repeat(400)}`)).toBeUndefined()
    expect(parseSeries('a'.repeat(MAX_SERIES_KEY_LENGTH + 1))).toBeUndefined()
  })

  it('finds the metric, and treats an unknown one as custom', () => {
    expect(metricOf('system.cpu.utilization{cpu.mode="user"}').unit).toBe('1')
    expect(metricOf('my.queue{name="mail"}')).toMatchObject({ name: 'my.queue', unit: '{value}' })
  })
})

describe('table revision', () => {
  it('follows the content and the order of the keys', () => {
    expect(tableRevision(['a', 'b'])).toBe(tableRevision(['a', 'b']))
    expect(tableRevision(['a', 'b'])).not.toBe(tableRevision(['b', 'a']))
    expect(tableRevision(['a', 'b'])).not.toBe(tableRevision(['a', 'b', 'c']))
    expect(tableRevision([])).not.toBe(tableRevision(['a']))
  })

  it('stays what it was: stored tables are named by it', () => {
    expect(tableRevision(['system.uptime'])).toMatchInlineSnapshot(`898675715599161`)
    expect(Number.isSafeInteger(tableRevision(['system.uptime']))).toBe(true)
  })
})
