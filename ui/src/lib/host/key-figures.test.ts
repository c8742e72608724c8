import { seriesKey } from '@vigie/shared/metrics/series'
import { describe, expect, it } from 'vitest'
import { filesystemsOf } from './filesystems.ts'
import { keyFigures } from './key-figures.ts'
import { sayIn } from './say-in.test-support.ts'
import { SeriesIndex } from './series-index.ts'

const space = (mount: string, state: string) =>
  seriesKey('system.filesystem.usage', {
    'system.filesystem.mountpoint': mount,
    'system.filesystem.state': state,
  })
const traffic = (nic: string, direction: string) =>
  seriesKey('system.network.io', {
    'network.interface.name': nic,
    'network.io.direction': direction,
  })

function figuresOf(values: Record<string, number>) {
  const machine = {
    series: new SeriesIndex(Object.keys(values)),
    values: new Map(Object.entries(values)),
    chosen: {},
  }
  const figures = keyFigures(machine, sayIn('en'), 'en')
  return Object.fromEntries(figures.map((each) => [each.id, each]))
}

describe('key figures', () => {
  it('are unknown, never zero, where nothing was measured', () => {
    for (const { figures } of Object.values(figuresOf({}))) {
      for (const { quantity, value } of figures) {
        expect(quantity.number).toBe('–')
        expect(value).toBeNull()
      }
    }
  })

  it('name the fullest filesystem by what people can use of it', () => {
    const figures = figuresOf({
      [space('/', 'used')]: 50,
      [space('/', 'free')]: 50,
      [space('/', 'available')]: 0,
      [space('/data', 'used')]: 90,
      [space('/data', 'free')]: 30,
      [space('/data', 'available')]: 30,
    })
    expect(figures['filesystem']).toMatchObject({ suffix: 'of /', isWarning: true })
    expect(figures['filesystem']?.figures[0]?.value).toBe(1)
  })

  it('add up the interfaces without the loopback', () => {
    const figures = figuresOf({
      [traffic('eth0', 'receive')]: 1000,
      [traffic('eth1', 'receive')]: 500,
      [traffic('lo', 'receive')]: 9999,
    })
    expect(figures['network']?.figures.map(({ value }) => value)).toEqual([1500, null])
  })

  it('carry the series that they show', () => {
    const figures = figuresOf({ 'system.cpu.utilization': 0.25 })
    expect(figures['cpu']?.figures[0]).toMatchObject({
      series: 'system.cpu.utilization',
      value: 0.25,
      quantity: { number: '25', unit: '%' },
    })
  })
})

describe('filesystems', () => {
  it('come fullest first, and know when they are read-only', () => {
    const values = new Map([
      [space('/', 'used'), 10],
      [space('/', 'available'), 90],
      [space('/var', 'used'), 60],
      [space('/var', 'available'), 40],
      [seriesKey('system.filesystem.read_only', { 'system.filesystem.mountpoint': '/var' }), 1],
    ])
    const filesystems = filesystemsOf(new SeriesIndex(values.keys()), values)
    expect(filesystems.map(({ mount, isReadOnly }) => [mount, isReadOnly])).toEqual([
      ['/var', true],
      ['/', false],
    ])
  })
})
