import { METRICS } from '@vigie/shared/metrics/catalogue'
import { seriesKey } from '@vigie/shared/metrics/series'
import { describe, expect, it } from 'vitest'
import { sayIn } from '../say-in.test-support.ts'
import { SeriesIndex } from '../series-index.ts'
import { MAX_LINES } from './chart-lines.ts'
import { planHost, type ChartGroup, type GroupId, type Machine } from './host-plan.ts'

function machineOf(
  values: Record<string, number>,
  chosen: Partial<Record<GroupId, string>> = {},
): Machine {
  return {
    series: new SeriesIndex(Object.keys(values)),
    values: new Map(Object.entries(values)),
    chosen,
  }
}

function groupOf(groups: readonly ChartGroup[], id: GroupId): ChartGroup {
  const group = groups.find((each) => each.id === id)
  if (!group) throw new Error(`no group ${id}`)
  return group
}

const io = (device: string, direction: string) =>
  seriesKey('system.disk.io', { 'disk.io.direction': direction, 'system.device': device })

describe('the plan of a host', () => {
  it.each(['en', 'fr'] as const)('has a word for everything, in %s', (locale) => {
    const values = Object.fromEntries(METRICS.map(({ name }) => [name, 1]))
    expect(() => planHost(machineOf(values), sayIn(locale))).not.toThrow()
    const disks = machineOf({ [io('sda', 'read')]: 1, [io('sdb', 'write')]: 2 })
    expect(() => planHost(disks, sayIn(locale))).not.toThrow()
  })

  it('leaves out what the machine does not have', () => {
    const groups = planHost(machineOf({ 'system.cpu.load_average.1m': 1 }), sayIn('en'))
    expect(groupOf(groups, 'pressure').charts.map(({ id }) => id)).toEqual(['load'])
    expect(groupOf(groups, 'sensors').charts).toEqual([])
    expect(groupOf(groups, 'disk').charts).toEqual([])
  })

  it('shows the busiest disk first, and the one that is chosen for good', () => {
    const values = { [io('sda', 'read')]: 10, [io('sdb', 'read')]: 400, [io('sdb', 'write')]: 5 }
    const choiceOf = (machine: Machine) => groupOf(planHost(machine, sayIn('en')), 'disk').choice
    expect(choiceOf(machineOf(values))).toMatchObject({ options: ['sda', 'sdb'], chosen: 'sdb' })
    expect(choiceOf(machineOf(values, { disk: 'sda' }))).toMatchObject({ chosen: 'sda' })
    expect(choiceOf(machineOf(values, { disk: 'gone' }))).toMatchObject({ chosen: 'sdb' })
  })

  it('draws no more sensors than can be told apart, the hottest, in colours of their own', () => {
    const sensors = Array.from({ length: 30 }, (_, index) => [
      seriesKey('hw.temperature', { 'hw.name': 'chip', 'hw.sensor_location': `core ${index}` }),
      30 + index,
    ])
    const machine = machineOf(Object.fromEntries(sensors) as Record<string, number>)
    const [chart] = groupOf(planHost(machine, sayIn('en')), 'sensors').charts
    expect(chart?.series.length).toBeLessThan(MAX_LINES)
    expect(chart?.series.at(-1)?.label).toBe('chip core 29')
    expect(new Set(chart?.series.map(({ colour }) => colour)).size).toBe(chart?.series.length)
  })

  it('has no swap chart where there is no swap', () => {
    const swap = (state: string) =>
      seriesKey('system.paging.usage', { 'system.paging.state': state })
    const charts = (used: number, free: number) =>
      groupOf(
        planHost(machineOf({ [swap('used')]: used, [swap('free')]: free }), sayIn('en')),
        'memory',
      ).charts.map(({ id }) => id)
    expect(charts(0, 0)).toEqual([])
    expect(charts(0, 4096)).toEqual(['memory-swap'])
  })
})
