// Owns memory and swap, from /proc/meminfo, and the ZFS cache, which the kernel counts as used.
import { existsSync } from 'node:fs'
import { seriesKey } from '@vigie/shared/metrics/series'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner, numberAfter } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

const LABELS = {
  total: '\nMemTotal:',
  free: '\nMemFree:',
  available: '\nMemAvailable:',
  buffers: '\nBuffers:',
  cached: '\nCached:',
  reclaimable: '\nSReclaimable:',
  slab: '\nSlab:',
  dirty: '\nDirty:',
  swapTotal: '\nSwapTotal:',
  swapFree: '\nSwapFree:',
} as const
type Field = keyof typeof LABELS
// MemTotal is the first line: nothing stands before it.
const NEEDLES = Object.entries(LABELS).map(
  ([field, label]) =>
    [field as Field, Buffer.from(field === 'total' ? label.slice(1) : label)] as const,
)
// Columns: name type data.
const ARC_SIZE = Buffer.from('\nsize ')

const usage = (state: string) => seriesKey('system.memory.usage', { 'system.memory.state': state })
const swap = (state: string) => seriesKey('system.paging.usage', { 'system.paging.state': state })

/** Used, free, cached, buffers and ZFS ARC add up to what is installed. */
export class MemorySource implements Source {
  readonly name = 'memory'
  readonly #file: ProcFile
  readonly #arc: ProcFile | undefined
  readonly #scanner = new ByteScanner()
  readonly #kib: Record<Field, number> = Object.fromEntries(
    Object.keys(LABELS).map((field) => [field, NaN]),
  ) as Record<Field, number>
  readonly #readings: Readings

  constructor(root: string) {
    this.#file = new ProcFile(`${root}proc/meminfo`)
    const arcPath = `${root}proc/spl/kstat/zfs/arcstats`
    this.#arc = existsSync(arcPath) ? new ProcFile(arcPath) : undefined
    this.#readings = readingsOf([
      seriesKey('system.memory.limit'),
      ...['used', 'free', 'cached', 'buffers'].map(usage),
      seriesKey('system.linux.memory.available'),
      seriesKey('system.linux.memory.slab.usage'),
      seriesKey('system.linux.memory.dirty'),
      ...['used', 'free'].map(swap),
      ...(this.#arc ? [seriesKey('system.linux.memory.zfs_arc')] : []),
    ])
  }

  read(): Readings {
    this.#file.read()
    const kib = this.#kib
    for (const [field, label] of NEEDLES) kib[field] = numberAfter(this.#scanner, this.#file, label)
    const arcKib = this.#arc ? this.#readArcBytes(this.#arc) / 1024 : 0
    const cached = kib.cached + kib.reclaimable
    this.#fill([
      kib.total,
      kib.total - kib.free - cached - kib.buffers - arcKib,
      kib.free,
      cached,
      kib.buffers,
      kib.available,
      kib.slab,
      kib.dirty,
      kib.swapTotal - kib.swapFree,
      kib.swapFree,
      arcKib,
    ])
    return this.#readings
  }

  close(): void {
    this.#file.close()
    this.#arc?.close()
  }

  #fill(kib: readonly number[]): void {
    const { values } = this.#readings
    for (let index = 0; index < values.length; index++) values[index] = (kib[index] ?? NaN) * 1024
  }

  #readArcBytes(arc: ProcFile): number {
    const scanner = this.#scanner.over(arc.bytes, arc.read())
    const at = arc.bytes.indexOf(ARC_SIZE)
    if (at < 0 || at >= arc.length) return NaN
    scanner.position = at + ARC_SIZE.length
    scanner.skipField()
    return scanner.number()
  }
}
