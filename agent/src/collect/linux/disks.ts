// Owns the traffic of whole disks, from /proc/diskstats (kernel: admin-guide/iostats).
import { existsSync } from 'node:fs'
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { Counters } from '../counters.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner } from './byte-scanner.ts'
import { NamedLines } from './named-lines.ts'
import { ProcFile } from './proc-file.ts'

// The kernel counts sectors of 512 bytes, whatever the disk's own are.
const SECTOR_BYTES = 512
const MILLISECONDS = 1000

// Where each count stands among a disk's fields, and what this file calls it.
const READS = 0
const READ_SECTORS = 2
const READ_MS = 3
const WRITES = 4
const WRITTEN_SECTORS = 6
const WRITE_MS = 7
const BUSY_MS = 9
const WEIGHTED_MS = 10
const FIELD_COUNT = 11

const SERIES_PER_DISK = 8

interface Disk {
  readonly counters: Counters
  /** Where its values start; -1 while it has never been read or written, and so has nothing to show. */
  at: number
}

/** Bytes, operations, wait, busy share and queue of each disk that has been used since the machine started. */
export class DisksSource implements Source {
  readonly name = 'disks'
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #lines: NamedLines<Disk>
  readonly #growth = new Float64Array(FIELD_COUNT)
  #readings = readingsOf([])

  constructor(root: string, isExcluded: (name: string) => boolean) {
    this.#file = new ProcFile(`${root}proc/diskstats`)
    // Partitions have no entry of their own there.
    const isWhole = (name: string) => existsSync(`${root}sys/block/${name.replaceAll('/', '!')}`)
    this.#lines = new NamedLines((name) =>
      isExcluded(name) || !isWhole(name)
        ? undefined
        : { counters: new Counters(FIELD_COUNT), at: -1 },
    )
  }

  read(nowMs: number): Readings {
    const scanner = this.#scanner.over(this.#file.bytes, this.#file.read())
    if (this.#lines.changed(scanner, 0, toName)) this.#rebuild()
    scanner.position = 0
    let isNew = false
    for (const { device } of this.#lines.lines) {
      if (device) isNew = this.#readDisk(scanner, device, nowMs) || isNew
      scanner.skipLine()
    }
    if (isNew) this.#rebuild()
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }

  // Returns true when the disk has been used for the first time.
  #readDisk(scanner: ByteScanner, disk: Disk, nowMs: number): boolean {
    scanner.skipFields(3)
    disk.counters.begin(nowMs)
    let operations = 0
    for (let field = 0; field < FIELD_COUNT; field++) {
      const count = scanner.number()
      if (field === READS || field === WRITES) operations += count
      this.#growth[field] = disk.counters.growth(field, count)
    }
    if (disk.at < 0) {
      if (operations > 0) disk.at = 0
      return operations > 0
    }
    writeDisk(this.#readings.values, disk, this.#growth)
    return false
  }

  #rebuild(): void {
    const shown = this.#lines.devices.filter(([, disk]) => disk.at >= 0)
    shown.forEach(([, disk], index) => (disk.at = index * SERIES_PER_DISK))
    this.#readings = readingsOf(shown.flatMap(([name]) => keysOf(name)))
  }
}

function toName(scanner: ByteScanner): void {
  scanner.skipFields(2)
  scanner.skipSpaces()
}

function keysOf(name: string): SeriesKey[] {
  const key = (metric: string, direction?: string) =>
    seriesKey(metric, {
      'system.device': name,
      ...(direction !== undefined && { 'disk.io.direction': direction }),
    })
  return [
    key('system.disk.io', 'read'),
    key('system.disk.io', 'write'),
    key('system.disk.operations', 'read'),
    key('system.disk.operations', 'write'),
    key('system.disk.await', 'read'),
    key('system.disk.await', 'write'),
    key('system.disk.utilization'),
    key('system.disk.queue'),
  ]
}

// The wait of no operation is not zero: it is missing.
function writeDisk(values: Float64Array, { at, counters }: Disk, growth: Float64Array): void {
  const of = (field: number) => growth[field] ?? NaN
  const { spanS } = counters
  const await_ = (milliseconds: number, operations: number) =>
    operations > 0 ? milliseconds / operations / MILLISECONDS : NaN
  values[at] = (of(READ_SECTORS) * SECTOR_BYTES) / spanS
  values[at + 1] = (of(WRITTEN_SECTORS) * SECTOR_BYTES) / spanS
  values[at + 2] = of(READS) / spanS
  values[at + 3] = of(WRITES) / spanS
  values[at + 4] = await_(of(READ_MS), of(READS))
  values[at + 5] = await_(of(WRITE_MS), of(WRITES))
  values[at + 6] = Math.min(1, of(BUSY_MS) / MILLISECONDS / spanS)
  values[at + 7] = of(WEIGHTED_MS) / MILLISECONDS / spanS
}
