// Owns swapping, page faults and kills for want of memory, from /proc/vmstat.
import { seriesKey, type SeriesKey } from '@vigie/shared/metrics/series'
import { Counters } from '../counters.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner, numberAfter } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

const operations = (direction: string) =>
  seriesKey('system.paging.operations', { 'system.paging.direction': direction })
const faults = (type: string) =>
  seriesKey('system.paging.faults', { 'system.paging.fault.type': type })

const FIELDS: readonly (readonly [label: string, key: SeriesKey])[] = [
  ['pswpin', operations('in')],
  ['pswpout', operations('out')],
  ['pgmajfault', faults('major')],
  ['pgfault', faults('minor')],
  ['oom_kill', seriesKey('system.linux.oom_kills')],
]
const MAJOR = 2
const MINOR = 3

export class PagingSource implements Source {
  readonly name = 'paging'
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #counters = new Counters(FIELDS.length)
  readonly #needles = FIELDS.map(([label]) => Buffer.from(`\n${label} `))
  readonly #readings = readingsOf(FIELDS.map(([, key]) => key))

  constructor(root: string) {
    this.#file = new ProcFile(`${root}proc/vmstat`)
  }

  read(nowMs: number): Readings {
    this.#file.read()
    this.#counters.begin(nowMs)
    const { values } = this.#readings
    for (let index = 0; index < FIELDS.length; index++) {
      const needle = this.#needles[index]
      if (!needle) continue
      const count = numberAfter(this.#scanner, this.#file, needle)
      values[index] = this.#counters.rate(index, count)
    }
    // The kernel's pgfault counts the major ones too.
    values[MINOR] = (values[MINOR] ?? NaN) - (values[MAJOR] ?? NaN)
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }
}
