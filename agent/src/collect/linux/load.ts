// Owns the load averages, from /proc/loadavg.
import { seriesKey } from '@vigie/shared/metrics/series'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

export class LoadSource implements Source {
  readonly name = 'load'
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #readings = readingsOf(
    ['1m', '5m', '15m'].map((span) => seriesKey(`system.cpu.load_average.${span}`)),
  )

  constructor(root: string) {
    this.#file = new ProcFile(`${root}proc/loadavg`)
  }

  read(): Readings {
    const scanner = this.#scanner.over(this.#file.bytes, this.#file.read())
    for (let index = 0; index < 3; index++) this.#readings.values[index] = scanner.number()
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }
}
