import { describe, expect, it } from 'vitest'
import { planCharts, seriesToAsk, usualMetrics } from './chart-plan.ts'

const space = (mount: string, state: string) =>
  `system.filesystem.usage{system.filesystem.mountpoint="${mount}",system.filesystem.state="${state}"}`
const net = (nic: string, direction: string) =>
  `system.network.io{network.interface.name="${nic}",network.io.direction="${direction}"}`
const VALUES = {
  'system.cpu.utilization': 0.5,
  'system.cpu.utilization{cpu.mode="user"}': 0.4,
  'system.cpu.utilization{cpu.mode="idle"}': 0.5,
  'system.cpu.utilization{cpu.mode="system"}': 0.1,
  'system.cpu.utilization{cpu.logical_number="0"}': 0.5,
  'system.memory.limit': 8 * 1024 ** 3,
  'system.memory.usage{system.memory.state="free"}': 4 * 1024 ** 3,
  'system.memory.usage{system.memory.state="used"}': 4 * 1024 ** 3,
  [space('/', 'used')]: 20e9,
  [space('/', 'available')]: 80e9,
  [space('/var', 'used')]: 9e9,
  [space('/var', 'available')]: 1e9,
  [net('eth0', 'receive')]: 1,
  [net('eth0', 'transmit')]: 1,
  [net('lo', 'receive')]: 1,
}
const KEYS = Object.keys(VALUES)

function plan(metrics: readonly string[], locale: 'en' | 'fr' = 'en') {
  return planCharts(metrics, KEYS, { values: VALUES, locale })
}

describe('a picture of nothing in particular', () => {
  it('shows CPU, memory, the fullest filesystem and the network without loopback', () => {
    const metrics = usualMetrics(VALUES)
    expect(plan(metrics).map(({ title, note }) => `${title}: ${note}`)).toEqual([
      'CPU: ',
      'Memory: of 8.0\u00a0GiB',
      'Filesystem: of 10.0\u00a0GB',
      'Network throughput: eth0, in above, out below',
    ])
    expect(seriesToAsk(metrics, KEYS)).toEqual([
      'system.cpu.utilization{cpu.mode="user"}',
      'system.cpu.utilization{cpu.mode="system"}',
      'system.memory.usage{system.memory.state="used"}',
      space('/var', 'used'),
      net('eth0', 'receive'),
      net('eth0', 'transmit'),
    ])
  })
})

describe('a chart', () => {
  it('has the states of its metric in the colours and the order of the page', () => {
    const [cpu] = plan(['system.cpu.utilization'], 'fr')
    expect(cpu).toMatchObject({ title: 'Processeur', isStacked: true })
    expect(cpu?.series.map(({ label, colour }) => [label, colour])).toEqual([
      ['utilisateur', 1],
      ['système', 2],
    ])
  })

  it('tells like things apart by what differs, and says once what does not', () => {
    const [network] = plan(['system.network.io'])
    expect(network?.series.map(({ label, isBelow }) => [label, isBelow])).toEqual([
      ['eth0 received', false],
      ['lo received', false],
      ['eth0 sent', true],
    ])
    expect(new Set(network?.series.map(({ colour }) => colour)).size).toBe(3)
    const [one] = plan([net('eth0', 'transmit')])
    expect(one?.series).toMatchObject([{ label: 'eth0 sent', isBelow: false }])
  })

  it('gathers the series of one metric that are named one by one', () => {
    const keys = ['system.cpu.utilization{cpu.logical_number="0"}', 'system.cpu.utilization']
    const charts = plan(['custom.metric', ...keys.slice(0, 1)])
    expect(charts.map(({ title, series }) => [title, series.length])).toEqual([
      ['custom.metric', 0],
      ['CPU', 1],
    ])
    expect(seriesToAsk(['custom.metric', ...keys.slice(0, 1)], KEYS)).toEqual([
      'custom.metric',
      keys[0],
    ])
  })
})
