import { toSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import { expect, it } from 'vitest'
import { compileFigures } from './figures.ts'

function figuresOf(values: Readonly<Record<string, number>>, logicalCount?: number) {
  const keys = Object.keys(values)
  const steps = keys.map((key) => toSteps(metricOf(key), values[key] ?? NaN))
  const block = {
    revision: 1,
    startMs: 5000,
    stepMs: 1000,
    present: new Uint8Array([1]),
    values: Float64Array.from(steps),
  }
  return compileFigures(keys)(block, 0, logicalCount)
}

const filesystem = (mountpoint: string, state: string): string =>
  `system.filesystem.usage{system.filesystem.mountpoint="${mountpoint}",system.filesystem.state="${state}"}`
const network = (name: string, direction: string): string =>
  `system.network.io{network.interface.name="${name}",network.io.direction="${direction}"}`

it('reads what lists show off a tick', () => {
  const figures = figuresOf({
    'system.cpu.utilization': 0.25,
    'system.cpu.utilization{cpu.logical_number="0"}': 0.1,
    'system.cpu.utilization{cpu.logical_number="1"}': 0.4,
    'system.cpu.load_average.1m': 3,
    'system.memory.limit': 8 * 2 ** 30,
    'system.linux.memory.available': 6 * 2 ** 30,
    [filesystem('/', 'used')]: 30 * 1024,
    [filesystem('/', 'free')]: 99 * 1024,
    [filesystem('/', 'available')]: 70 * 1024,
    [filesystem('/srv', 'used')]: 90 * 1024,
    [filesystem('/srv', 'available')]: 10 * 1024,
    [network('eth0', 'receive')]: 100,
    [network('eth1', 'receive')]: 20,
    [network('lo', 'receive')]: 5000,
    [network('eth0', 'transmit')]: 7,
    'hw.temperature{hw.name="a"}': 41.5,
    'hw.temperature{hw.name="b"}': 62,
  })
  expect(figures).toEqual({
    timeMs: 5000,
    cpuRatio: 0.25,
    memoryRatio: 0.25,
    fullestFilesystem: { mountpoint: '/srv', usedRatio: 0.9 },
    receiveBytesPerS: 120,
    transmitBytesPerS: 7,
    loadPerCore: 1.5,
    temperatureCel: 62,
  })
})

it('what is missing is null, never zero', () => {
  const figures = figuresOf({ 'system.cpu.utilization': NaN, [network('lo', 'receive')]: 5 })
  const { timeMs, ...rest } = figures
  expect(timeMs).toBe(5000)
  expect(Object.values(rest)).toEqual([null, null, null, null, null, null, null])
})

it('without series of cores the load is divided by the inventory’s count', () => {
  expect(figuresOf({ 'system.cpu.load_average.1m': 3 }, 4).loadPerCore).toBe(0.75)
  expect(figuresOf({ 'system.cpu.load_average.1m': 3 }).loadPerCore).toBeNull()
})
