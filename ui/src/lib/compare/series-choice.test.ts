import { seriesKey } from '@vigie/shared/metrics/series'
import { describe, expect, it } from 'vitest'
import { chosenSeries, KnownSeries, withAttribute } from './series-choice.ts'

const io = (device: string, direction: string) =>
  seriesKey('system.disk.io', { 'system.device': device, 'disk.io.direction': direction })
const known = new KnownSeries([
  'system.cpu.utilization',
  'system.cpu.utilization{cpu.logical_number="0"}',
  'system.cpu.utilization{cpu.logical_number="10"}',
  'system.cpu.utilization{cpu.logical_number="2"}',
  'system.uptime',
  'app.queue{shard="a"}',
  io('sda', 'read'),
  io('sda', 'write'),
  io('nvme0n1', 'read'),
  io('nvme0n1', 'write'),
])

describe('the choice of a series', () => {
  it('offers the metrics that are there as the catalogue orders them, then custom ones', () => {
    expect(known.metrics('system.users').map(({ name }) => name)).toEqual([
      'system.cpu.utilization',
      'system.disk.io',
      'system.uptime',
      'system.users',
      'app.queue',
    ])
  })

  it('starts with the whole of a host, or with the usual kind of a metric that has kinds', () => {
    expect(known.first('system.cpu.utilization')).toBe('system.cpu.utilization')
    expect(known.first('system.disk.io')).toBe('system.disk.io{disk.io.direction="read"}')
    expect(known.first('system.users')).toBe('system.users')
  })

  it('offers the values of each attribute, and says whether leaving it open is one series', () => {
    expect(known.choices('system.cpu.utilization')).toEqual([
      {
        attribute: 'cpu.logical_number',
        values: ['0', '2', '10'],
        chosen: null,
        hasWhole: true,
      },
    ])
    const [direction, device] = known.choices('system.disk.io{disk.io.direction="read"}')
    expect(direction).toMatchObject({ values: ['read', 'write'], chosen: 'read', hasWhole: false })
    expect(device).toMatchObject({ values: ['nvme0n1', 'sda'], chosen: null, hasWhole: false })
    expect(known.choices('system.uptime')).toEqual([])
  })

  it('changes one attribute and leaves the others', () => {
    const read = 'system.disk.io{disk.io.direction="read"}'
    expect(withAttribute(read, 'system.device', 'sda')).toBe(io('sda', 'read'))
    expect(withAttribute(io('sda', 'read'), 'disk.io.direction', null)).toBe(
      'system.disk.io{system.device="sda"}',
    )
  })

  it('asks for one series where nothing is open', () => {
    expect(known.asked(io('sda', 'read'))).toBe(io('sda', 'read'))
    expect(known.asked('system.disk.io{disk.io.direction="read"}')).toBe('system.disk.io')
    expect(known.asked('system.cpu.utilization{cpu.logical_number="2"}')).toBe(
      'system.cpu.utilization{cpu.logical_number="2"}',
    )
    expect(known.asked('system.uptime')).toBe('system.uptime')
  })

  it('takes the series itself before those that it would be the extreme of', () => {
    const all = ['m', 'm{a="1"}', 'm{a="2",b="1"}'].map((series) => ({ series }))
    expect(chosenSeries('m', all)).toEqual([{ series: 'm' }])
    expect(chosenSeries('m', all.slice(1))).toEqual(all.slice(1))
    expect(chosenSeries('m{b="1"}', all)).toEqual([{ series: 'm{a="2",b="1"}' }])
  })
})
