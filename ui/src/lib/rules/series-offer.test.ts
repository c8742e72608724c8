import { describe, expect, it } from 'vitest'
import { SeriesOffer } from './series-offer.ts'

const mount = (metric: string, state: string, at: string) =>
  `${metric}{system.filesystem.mountpoint="${at}",system.filesystem.state="${state}"}`
const filesystem = (at: string) =>
  ['used', 'free', 'available'].map((state) => mount('system.filesystem.usage', state, at))

describe('what a rule can watch', () => {
  const offer = new SeriesOffer([
    'system.cpu.utilization',
    'system.cpu.utilization{cpu.mode="user"}',
    'system.cpu.utilization{cpu.logical_number="0"}',
    ...filesystem('/'),
    ...filesystem('/var'),
    'queue.length{queue="orders"}',
  ])

  it('is every metric there is, and those that only hosts know', () => {
    const groups = offer.metrics('system.cpu.utilization')
    expect(groups.find(({ group }) => group === 'custom')?.metrics.map(({ name }) => name)).toEqual(
      ['queue.length'],
    )
    const filesystems = groups.find(({ group }) => group === 'filesystem')?.metrics ?? []
    expect(filesystems.map(({ name }) => name)).toContain('system.filesystem.utilization')
  })

  it('is a host as a whole first, where that is measured', () => {
    expect(offer.variants('system.cpu.utilization')).toEqual([
      [],
      ['cpu.mode'],
      ['cpu.logical_number'],
    ])
    expect(offer.first('system.cpu.utilization')).toEqual({})
  })

  it('is any of the things, and the usual kind, where they are told apart', () => {
    expect(offer.first('system.filesystem.usage')).toEqual({
      'system.filesystem.mountpoint': '*',
      'system.filesystem.state': 'used',
    })
    expect(offer.first('queue.length')).toEqual({ queue: '*' })
  })

  it('of a derived metric are the things that hosts have all the parts of', () => {
    const metric = 'system.filesystem.utilization'
    expect(offer.variants(metric)).toEqual([['system.filesystem.mountpoint']])
    expect(offer.values(metric, 'system.filesystem.mountpoint')).toEqual(['/', '/var'])
    expect(offer.first(metric)).toEqual({ 'system.filesystem.mountpoint': '*' })
  })

  it('is what the catalogue says where no host has it', () => {
    const none = new SeriesOffer([])
    expect(none.variants('hw.temperature')).toEqual([['hw.name', 'hw.sensor_location']])
    expect(none.first('hw.temperature')).toEqual({ 'hw.name': '*', 'hw.sensor_location': '*' })
  })
})
