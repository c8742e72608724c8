// Owns the re-reading of one kernel file: opened once, read again from its start, into a buffer that is kept.
import { closeSync, openSync, readSync } from 'node:fs'

const FIRST_SIZE_BYTES = 8192
// A read that leaves this much of a page unused has reached the end, where no record is longer. It saves the second read, which
// would only say so.
const SURELY_AT_END_BYTES = 2048

/** A file of procfs or sysfs whose content is made anew by each read from offset 0. */
export class ProcFile {
  readonly path: string
  readonly #hasLongRecords: boolean
  bytes = Buffer.alloc(FIRST_SIZE_BYTES)
  /** How much of `bytes` the last reading filled. */
  length = 0
  #descriptor: number | undefined

  /** `hasLongRecords`: the kernel gives whole records, so that a short read may not be the last. */
  constructor(path: string, { hasLongRecords = false } = {}) {
    this.path = path
    this.#hasLongRecords = hasLongRecords
  }

  /** Reads the whole file into `bytes` and returns its length. Throws what the kernel answers, and opens anew the next time. */
  read(): number {
    try {
      this.#descriptor ??= openSync(this.path, 'r')
      return (this.length = this.#readAll(this.#descriptor))
    } catch (cause) {
      this.length = 0
      this.close()
      throw cause
    }
  }

  close(): void {
    if (this.#descriptor === undefined) return
    closeSync(this.#descriptor)
    this.#descriptor = undefined
  }

  #readAll(descriptor: number): number {
    let length = 0
    for (;;) {
      const got = readSync(descriptor, this.bytes, length, this.bytes.length - length, length)
      length += got
      const isSurelyAtEnd = length === got && got < SURELY_AT_END_BYTES && !this.#hasLongRecords
      if (got === 0 || isSurelyAtEnd) return length
      if (length === this.bytes.length) this.bytes = Buffer.concat([this.bytes], length * 2)
    }
  }
}
