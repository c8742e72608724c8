import { describe, expect, it } from 'vitest'
import { matchesGlob, meansSeries, measureHistory, operandsOf, planMeasure } from './measure.ts'

const usage = (mountpoint: string, state: string): string =>
  `system.filesystem.usage{system.filesystem.mountpoint="${mountpoint}",system.filesystem.state="${state}"}`
const utilization = (mountpoint: string): string =>
  `system.filesystem.utilization{system.filesystem.mountpoint="${mountpoint}"}`
const everyFilesystem = {
  metric: 'system.filesystem.utilization',
  attributes: { 'system.filesystem.mountpoint': '*' },
}

const seriesOf = (metric: string, attributes: Record<string, string>, keys: readonly string[]) =>
  planMeasure({ metric, attributes }, keys).map(({ series }) => series)

describe('what a rule watches in a table', () => {
  const keys = [
    'system.cpu.utilization',
    'system.cpu.utilization{cpu.mode="user"}',
    'system.cpu.utilization{cpu.logical_number="0",cpu.mode="user"}',
    'system.cpu.utilization{cpu.logical_number="11",cpu.mode="user"}',
    'queue_depth{name="a"}',
    'queue{name="a"}',
    'not a series',
  ]

  it('is the series with just the attributes that are named', () => {
    expect(seriesOf('system.cpu.utilization', {}, keys)).toEqual([keys[0]])
    expect(seriesOf('system.cpu.utilization', { 'cpu.mode': '*' }, keys)).toEqual([keys[1]])
    const perCore = { 'cpu.mode': 'user', 'cpu.logical_number': '?' }
    expect(seriesOf('system.cpu.utilization', perCore, keys)).toEqual([keys[2]])
    expect(seriesOf('system.cpu.utilization', { 'cpu.core': '*' }, keys)).toEqual([])
  })

  it('is a custom metric as well, by its whole name', () => {
    expect(seriesOf('queue', { name: '*' }, keys)).toEqual(['queue{name="a"}'])
  })

  it('knows what it means without a table', () => {
    expect(meansSeries(everyFilesystem, utilization('/srv'))).toBe(true)
    expect(meansSeries(everyFilesystem, usage('/srv', 'used'))).toBe(false)
  })
})

describe('a derived metric', () => {
  const keys = [
    usage('/', 'used'),
    usage('/srv', 'available'),
    usage('/', 'available'),
    usage('/srv', 'used'),
    usage('/boot', 'used'),
    usage('/', 'free'),
  ]

  it('has a series for each group that has all of its operands', () => {
    const planned = planMeasure(everyFilesystem, keys)
    expect(planned.map(({ series }) => series)).toEqual([utilization('/'), utilization('/srv')])
    expect(planned.map(({ columns }) => columns)).toEqual([
      [0, 2],
      [3, 1],
    ])
    const values = [30, 1, 70, 9, 5, 99]
    expect(planned.map(({ read }) => read((column) => values[column] ?? NaN))).toEqual([0.3, 0.9])
  })

  it('is missing where an operand is, or where the whole is nothing', () => {
    const [root] = planMeasure(everyFilesystem, keys)
    expect(root?.read((column) => (column === 0 ? NaN : 1))).toBeNaN()
    expect(root?.read(() => 0)).toBeNaN()
  })

  it('is of the groups that the filter means', () => {
    const attributes = { 'system.filesystem.mountpoint': '/s*' }
    expect(seriesOf(everyFilesystem.metric, attributes, keys)).toEqual([utilization('/srv')])
    expect(seriesOf(everyFilesystem.metric, {}, keys)).toEqual([])
  })

  it('has bounds that a part of a whole cannot leave', () => {
    const [root] = planMeasure(everyFilesystem, keys)
    const low = [30, 0, 60]
    const high = [40, 0, 70]
    expect(
      root?.bounds(
        (column) => low[column] ?? NaN,
        (column) => high[column] ?? NaN,
      ),
    ).toEqual({ least: 0.3, greatest: 0.4 })
  })

  it('is how far a value is from 0', () => {
    const [error] = planMeasure({ metric: 'vigie.clock.error', attributes: {} }, [
      'vigie.clock.offset',
    ])
    expect(error?.read(() => -2)).toBe(2)
    expect(error?.bounds(() => -2, () => 1)).toEqual({ least: 0, greatest: 2 }) // prettier-ignore
    expect(error?.bounds(() => -2, () => -1)).toEqual({ least: 1, greatest: 2 }) // prettier-ignore
  })
})

describe('the history of what a rule watches', () => {
  it('is made of that of its operands', () => {
    expect(operandsOf(everyFilesystem)).toEqual(['system.filesystem.usage'])
    expect(operandsOf({ metric: 'system.linux.memory.available.utilization' })).toEqual([
      'system.linux.memory.available',
      'system.memory.limit',
    ])
    expect(operandsOf({ metric: 'queue' })).toEqual(['queue'])
    expect(
      measureHistory(everyFilesystem, [
        { series: usage('/', 'available'), mean: [70, null, 50] },
        { series: usage('/', 'used'), mean: [30, 40, 50] },
      ]),
    ).toEqual([{ series: utilization('/'), values: [0.3, null, 0.5] }])
  })
})

describe('a glob', () => {
  it.each([
    ['*', '', true],
    ['*', '/srv', true],
    ['/srv', '/srv', true],
    ['/s?v', '/srv', true],
    ['/s?v', '/sv', false],
    ['*/docker/*', '/var/lib/docker/overlay2', true],
    ['/mnt*a', '/mnt/ab', false],
    ['/mnt*a', '/mnt/aba', true],
    ['.*', '/', false],
    ['', '', true],
    ['', 'a', false],
  ])('%s for %s: %s', (glob, text, isMatch) => expect(matchesGlob(glob, text)).toBe(isMatch))

  it('is no way to keep the hub busy', () => {
    expect(matchesGlob('*a'.repeat(100) + 'b', 'a'.repeat(256))).toBe(false)
  })
})
