// Owns the share of time in which tasks waited for CPU, memory or I/O, from /proc/pressure (kernel: accounting/psi).
import { seriesKey } from '@vigie/shared/metrics/series'
import { Counters } from '../counters.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

const TYPES = ['some', 'full'] as const
const NEEDLES = TYPES.map((type) => Buffer.from(`${type} `))
const TOTAL = Buffer.from('total=')
const MICROSECONDS = 1e6

/** One resource. A kernel that does not count pressure gives no such series: see {@link pressureSources}. */
class PressureSource implements Source {
  readonly name: string
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #counters = new Counters(TYPES.length)
  readonly #readings: Readings

  constructor(root: string, resource: string) {
    this.name = `pressure.${resource}`
    this.#file = new ProcFile(`${root}proc/pressure/${resource}`)
    this.#readings = readingsOf(
      TYPES.map((type) =>
        seriesKey('system.linux.pressure.stall', {
          'system.linux.pressure.resource': resource,
          'system.linux.pressure.type': type,
        }),
      ),
    )
  }

  // The counter of stalled time is exact over our own second, where the kernel's averages lag by ten.
  read(nowMs: number): Readings {
    this.#file.read()
    this.#counters.begin(nowMs)
    for (let type = 0; type < TYPES.length; type++) {
      const share = this.#counters.rate(type, this.#totalOf(type)) / MICROSECONDS
      this.#readings.values[type] = Math.min(1, share)
    }
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }

  #totalOf(type: number): number {
    const { bytes, length } = this.#file
    const line = bytes.indexOf(NEEDLES[type] ?? TOTAL)
    const at = line < 0 ? -1 : bytes.indexOf(TOTAL, line)
    if (at < 0 || at >= length) return NaN
    return this.#scanner.over(bytes, length, at + TOTAL.length).number()
  }
}

/** The resources whose pressure this kernel counts: it may be built without, or have it switched off. */
export function pressureSources(root: string): Source[] {
  return ['cpu', 'memory', 'io']
    .map((resource) => new PressureSource(root, resource))
    .filter((source) => {
      try {
        source.read(NaN)
        return true
      } catch {
        source.close()
        return false
      }
    })
}
