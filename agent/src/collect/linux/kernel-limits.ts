// Owns what the kernel counts apart: open files, entropy, and how long it has been up.
import { seriesKey } from '@vigie/shared/metrics/series'
import { NO_READINGS, readingsOf, type Readings, type Source } from '../readings.ts'
import { ByteScanner } from './byte-scanner.ts'
import { ProcFile } from './proc-file.ts'

const files = (state: string) =>
  seriesKey('system.linux.file_descriptors', { 'system.linux.file_descriptors.state': state })

/** Open files, and how many there may be where that is less than endless. */
export class FileDescriptorsSource implements Source {
  readonly name = 'file descriptors'
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  #readings = NO_READINGS

  constructor(root: string) {
    this.#file = new ProcFile(`${root}proc/sys/fs/file-nr`)
  }

  // Fields: allocated, free (always 0 since 2.6), limit.
  read(): Readings {
    const scanner = this.#scanner.over(this.#file.bytes, this.#file.read())
    const allocated = scanner.number()
    const unused = scanner.number()
    const limit = scanner.number()
    const count = Number.isSafeInteger(limit) ? 2 : 1
    if (this.#readings.keys.length !== count) {
      this.#readings = readingsOf([files('used'), files('limit')].slice(0, count))
    }
    this.#readings.values[0] = allocated - unused
    if (count === 2) this.#readings.values[1] = limit
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }
}

/** A file that holds one number first. */
export class NumberSource implements Source {
  readonly name: string
  readonly #file: ProcFile
  readonly #scanner = new ByteScanner()
  readonly #readings: Readings

  constructor(path: string, metric: string) {
    this.name = metric
    this.#file = new ProcFile(path)
    this.#readings = readingsOf([seriesKey(metric)])
  }

  read(): Readings {
    const length = this.#file.read()
    this.#readings.values[0] = this.#scanner.over(this.#file.bytes, length).number()
    return this.#readings
  }

  close(): void {
    this.#file.close()
  }
}
