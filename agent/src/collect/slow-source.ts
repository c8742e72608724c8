// Owns series whose values are found beside the tick and shown on it while they are fresh.
import type { SeriesKey } from '@vigie/shared/metrics/series'
import { Periodic } from './periodic.ts'
import { NO_READINGS, readingsOf, type Readings, type Source } from './readings.ts'

/** What a slow job found: series, and values in their units. */
export interface Found {
  readonly keys: readonly SeriesKey[]
  readonly values: ArrayLike<number>
}

export interface SlowSourceOptions {
  readonly name: string
  readonly periodMs: number
  readonly freshMs?: number
  readonly factor?: (() => number) | undefined
  readonly find: () => Promise<Found>
  readonly monotonicMs: () => number
  readonly onError: (cause: unknown) => void
}

/** A source whose series are those last found. Values that are no longer fresh are missing. */
export class SlowSource implements Source {
  readonly name: string
  readonly #periodic: Periodic<Found>
  #shown: Found | undefined
  #readings: Readings = NO_READINGS

  constructor({ name, find, ...options }: SlowSourceOptions) {
    this.name = name
    this.#periodic = new Periodic({ ...options, job: find })
  }

  read(): Readings {
    const found = this.#periodic.latest()
    if (found === this.#shown) return this.#readings
    this.#shown = found
    if (!found) this.#readings.values.fill(NaN)
    else this.#show(found)
    return this.#readings
  }

  /** Looks now. Never rejects. */
  refresh(): Promise<void> {
    return this.#periodic.run()
  }

  close(): void {
    this.#periodic.close()
  }

  #show({ keys, values }: Found): void {
    if (!isSame(keys, this.#readings.keys)) this.#readings = readingsOf(keys)
    this.#readings.values.set(values)
  }
}

function isSame(keys: readonly SeriesKey[], others: readonly SeriesKey[]): boolean {
  return keys.length === others.length && keys.every((key, index) => key === others[index])
}
