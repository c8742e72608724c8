// Owns the reading of all sources on a tick: one that fails leaves its values missing and the others alone.
import { NO_READINGS, type Readings, type Source } from './readings.ts'
import type { Troubles } from './troubles.ts'

export class SourceSet {
  readonly #sources: readonly Source[]
  readonly #troubles: Troubles
  readonly #readings: Readings[]

  /** Series stand in the order of the sources. */
  constructor(sources: readonly Source[], troubles: Troubles) {
    this.#sources = sources
    this.#troubles = troubles
    this.#readings = sources.map(() => NO_READINGS)
  }

  read(monotonicMs: () => number): readonly Readings[] {
    for (const [index, source] of this.#sources.entries()) {
      try {
        this.#readings[index] = source.read(monotonicMs())
        this.#troubles.worked(source.name)
      } catch (cause) {
        this.#readings[index]?.values.fill(NaN)
        this.#troubles.failed(source.name, cause)
      }
    }
    return this.#readings
  }

  close(): void {
    for (const source of this.#sources) source.close()
  }
}
