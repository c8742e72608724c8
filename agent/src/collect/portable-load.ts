// Owns the naming of what systeminformation measures, in the catalogue's words and units.
import os from 'node:os'
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import type { LoadProbe } from '../inventory/systeminformation-probe.ts'
import { Counters } from './counters.ts'
import type { Found } from './slow-source.ts'

export interface PortableExcludes {
  readonly isExcludedInterface: (name: string) => boolean
  readonly isExcludedType: (type: string) => boolean
  readonly isExcludedMountpoint: (mountpoint: string) => boolean
}

type Pair = readonly [key: SeriesKey, value: number | null | undefined]

/** Gives a reading of probes that remembers counters from one to the next. */
export function portableLoad(
  excludes: PortableExcludes,
): (probe: LoadProbe, nowMs: number) => Found {
  const interfaces = new Map<string, Counters>()
  const disks = new Counters(4)
  return (probe, nowMs) => {
    const pairs = [
      ...cpuPairs(probe),
      ...memoryPairs(probe),
      ...diskPairs(probe, disks, nowMs),
      ...filesystemPairs(probe, excludes),
      ...networkPairs(probe, { interfaces, nowMs, isExcluded: excludes.isExcludedInterface }),
      [seriesKey('system.uptime'), os.uptime()] as const,
    ]
    return {
      keys: pairs.map(([key]) => key),
      values: pairs.map(([, value]) => value ?? NaN),
    }
  }
}

function cpuPairs({ load }: LoadProbe): Pair[] {
  const name = 'system.cpu.utilization'
  const mode = (mode: string, percent: number): Pair => [
    seriesKey(name, { 'cpu.mode': mode }),
    percent / 100,
  ]
  const [one, five, fifteen] = os.loadavg()
  // Windows has no load average, and Node says 0 there.
  const loads: Pair[] =
    process.platform === 'win32'
      ? []
      : [
          [seriesKey('system.cpu.load_average.1m'), one],
          [seriesKey('system.cpu.load_average.5m'), five],
          [seriesKey('system.cpu.load_average.15m'), fifteen],
        ]
  return [
    [seriesKey(name), load.currentLoad / 100],
    mode('user', load.currentLoadUser),
    mode('nice', load.currentLoadNice),
    mode('system', load.currentLoadSystem),
    ...load.cpus.map((core, index): Pair => [
      seriesKey(name, { 'cpu.logical_number': String(index) }),
      core.load / 100,
    ]),
    ...loads,
  ]
}

function memoryPairs({ memory }: LoadProbe): Pair[] {
  const state = (state: string, bytes: number): Pair => [
    seriesKey('system.memory.usage', { 'system.memory.state': state }),
    bytes,
  ]
  const swap = (state: string, bytes: number): Pair => [
    seriesKey('system.paging.usage', { 'system.paging.state': state }),
    bytes,
  ]
  const cached = memory.cached + memory.reclaimable
  return [
    [seriesKey('system.memory.limit'), memory.total],
    state('used', memory.total - memory.free - cached - memory.buffers),
    state('free', memory.free),
    state('cached', cached),
    state('buffers', memory.buffers),
    [seriesKey('system.linux.memory.available'), memory.available],
    swap('used', memory.swapused),
    swap('free', memory.swapfree),
  ]
}

// systeminformation counts all disks as one, and is silent (null) where it cannot count.
function diskPairs({ disks, operations }: LoadProbe, counters: Counters, nowMs: number): Pair[] {
  const counts = [
    ['system.disk.io', 'read', amount(disks, 'rx')],
    ['system.disk.io', 'write', amount(disks, 'wx')],
    ['system.disk.operations', 'read', amount(operations, 'rIO')],
    ['system.disk.operations', 'write', amount(operations, 'wIO')],
  ] as const
  counters.begin(nowMs)
  return counts.map(([metric, direction, count], index) => [
    seriesKey(metric, { 'disk.io.direction': direction, 'system.device': 'all' }),
    counters.rate(index, count),
  ])
}

function amount<Key extends string>(
  counted: Record<Key, number | null> | null | undefined,
  key: Key,
): number {
  return counted?.[key] ?? NaN
}

function filesystemPairs({ filesystems }: LoadProbe, excludes: PortableExcludes): Pair[] {
  return filesystems
    .filter(
      ({ type, mount }) =>
        mount === '/' || !(excludes.isExcludedType(type) || excludes.isExcludedMountpoint(mount)),
    )
    .sort((a, b) => (a.mount < b.mount ? -1 : 1))
    .flatMap(({ mount, size, used, available, rw }): Pair[] => {
      const at = { 'system.filesystem.mountpoint': mount }
      const state = (state: string, bytes: number): Pair => [
        seriesKey('system.filesystem.usage', { ...at, 'system.filesystem.state': state }),
        bytes,
      ]
      return [
        state('used', used),
        state('free', size - used),
        state('available', available),
        [seriesKey('system.filesystem.read_only', at), rw === null ? NaN : rw ? 0 : 1],
      ]
    })
}

interface NetworkMemory {
  readonly interfaces: Map<string, Counters>
  readonly nowMs: number
  readonly isExcluded: (name: string) => boolean
}

function networkPairs({ networks }: LoadProbe, memory: NetworkMemory): Pair[] {
  const shown = networks.filter(({ iface }) => !memory.isExcluded(iface))
  return shown
    .sort((a, b) => (a.iface < b.iface ? -1 : 1))
    .flatMap((network): Pair[] => {
      const counters = memory.interfaces.get(network.iface) ?? new Counters(6)
      memory.interfaces.set(network.iface, counters)
      counters.begin(memory.nowMs)
      const nic = { 'network.interface.name': network.iface }
      const counts = [
        ['system.network.io', 'receive', network.rx_bytes],
        ['system.network.errors', 'receive', network.rx_errors],
        ['system.network.packet.dropped', 'receive', network.rx_dropped],
        ['system.network.io', 'transmit', network.tx_bytes],
        ['system.network.errors', 'transmit', network.tx_errors],
        ['system.network.packet.dropped', 'transmit', network.tx_dropped],
      ] as const
      return [
        ...counts.map(([metric, direction, count], index): Pair => [
          seriesKey(metric, { ...nic, 'network.io.direction': direction }),
          counters.rate(index, count),
        ]),
        [seriesKey('system.network.up', nic), network.operstate === 'down' ? 0 : 1],
      ]
    })
}
