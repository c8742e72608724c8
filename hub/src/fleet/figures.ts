// Owns the few figures of a host that lists show, taken from its last tick.
import type { HostFigures } from '@vigie/shared/api/host'
import type { Block } from '@vigie/shared/codec/block'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf, parseSeries, type Series } from '@vigie/shared/metrics/series'

/** Reads the figures off one tick of a block. `logicalCount` is of the inventory, for tables without cores. */
export type FigureReader = (block: Block, tick: number, logicalCount?: number) => HostFigures

interface Column {
  readonly index: number
  readonly series: Series
}

/** Finds the columns of a series table once, so that reading a tick touches no string. */
export function compileFigures(keys: readonly string[]): FigureReader {
  const columns = keys.flatMap((key, index) => {
    const series = parseSeries(key)
    return series ? [{ index, series }] : []
  })
  const metrics = keys.map(metricOf)
  const valueAt = (block: Block, tick: number, index: number | undefined): number | null => {
    const metric = metrics[index ?? -1]
    if (index === undefined || !metric) return null
    const steps = block.values[index * block.present.length + tick] ?? NaN
    return Number.isNaN(steps) ? null : fromSteps(metric, steps)
  }

  const cpu = plain(columns, 'system.cpu.utilization')
  const available = plain(columns, 'system.linux.memory.available')
  const limit = plain(columns, 'system.memory.limit')
  const load = plain(columns, 'system.cpu.load_average.1m')
  const cores = columns.filter(
    ({ series }) =>
      series.metric === 'system.cpu.utilization' && 'cpu.logical_number' in series.attributes,
  ).length
  const memoryUsed = indicesOf(columns, 'system.memory.usage', 'system.memory.state', 'used')[0]
  const filesystems = filesystemsOf(columns)
  const received = network(columns, 'receive')
  const sent = network(columns, 'transmit')
  const temperatures = columns
    .filter(({ series }) => series.metric === 'hw.temperature')
    .map(({ index }) => index)

  return (block, tick, logicalCount) => {
    const at = (index: number | undefined): number | null => valueAt(block, tick, index)
    const present = (indices: readonly number[]): number[] =>
      indices.map(at).filter((value) => value !== null)
    const loadPerCore = ratio(at(load), cores > 0 ? cores : (logicalCount ?? null))
    const used = available === undefined ? at(memoryUsed) : difference(at(limit), at(available))
    return {
      timeMs: block.startMs + tick * block.stepMs,
      cpuRatio: at(cpu),
      memoryRatio: ratio(used, at(limit)),
      fullestFilesystem: fullest(filesystems, at),
      receiveBytesPerS: sum(present(received)),
      transmitBytesPerS: sum(present(sent)),
      loadPerCore,
      temperatureCel: present(temperatures).reduce<number | null>(
        (hottest, value) => Math.max(hottest ?? value, value),
        null,
      ),
    }
  }
}

interface FilesystemColumns {
  readonly mountpoint: string
  readonly used: number | undefined
  readonly available: number | undefined
}

const MOUNTPOINT = 'system.filesystem.mountpoint'

function filesystemsOf(columns: readonly Column[]): FilesystemColumns[] {
  const usage = columns.filter(({ series }) => series.metric === 'system.filesystem.usage')
  const mountpoints = new Set(usage.map(({ series }) => series.attributes[MOUNTPOINT] ?? ''))
  return [...mountpoints].map((mountpoint) => {
    const own = usage.filter(({ series }) => series.attributes[MOUNTPOINT] === mountpoint)
    const state = (name: string) =>
      indicesOf(own, 'system.filesystem.usage', 'system.filesystem.state', name)[0]
    return { mountpoint, used: state('used'), available: state('available') }
  })
}

// As df counts: of what users can have, the blocks kept for root left out.
function fullest(
  filesystems: readonly FilesystemColumns[],
  at: (index: number | undefined) => number | null,
): HostFigures['fullestFilesystem'] {
  let found: HostFigures['fullestFilesystem'] = null
  for (const { mountpoint, used, available } of filesystems) {
    const usedBytes = at(used)
    const availableBytes = at(available)
    if (usedBytes === null || availableBytes === null) continue
    const usedRatio = ratio(usedBytes, usedBytes + availableBytes)
    if (usedRatio === null || (found && found.usedRatio >= usedRatio)) continue
    found = { mountpoint, usedRatio }
  }
  return found
}

function network(columns: readonly Column[], direction: string): number[] {
  const outside = columns.filter(
    ({ series }) => series.attributes['network.interface.name'] !== 'lo',
  )
  return indicesOf(outside, 'system.network.io', 'network.io.direction', direction)
}

function plain(columns: readonly Column[], metric: string): number | undefined {
  return columns.find(
    ({ series }) => series.metric === metric && Object.keys(series.attributes).length === 0,
  )?.index
}

function indicesOf(
  columns: readonly Column[],
  metric: string,
  ...[attribute, value]: [string, string]
): number[] {
  return columns
    .filter(({ series }) => series.metric === metric && series.attributes[attribute] === value)
    .map(({ index }) => index)
}

function ratio(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : Math.max(0, part / whole)
}

function difference(whole: number | null, part: number | null): number | null {
  return whole === null || part === null ? null : whole - part
}

function sum(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((total, value) => total + value, 0)
}
