// Owns the lines of hosts as charts read them: one series a host.
import type { Samples } from '../chart/samples.ts'
import { valueAt, type HostLine } from './host-line.ts'

/** The series of a host's line in a chart. */
export function lineKey(id: number): string {
  return `host-${id}`
}

export class FleetSamples implements Samples {
  readonly stepMs: number
  readonly middleMs: number
  readonly #lines: ReadonlyMap<string, HostLine>

  /** Steps longer than a host's interval are buckets, whose value is drawn in their middle. */
  constructor(lines: readonly HostLine[], stepMs: number, intervalMs: number) {
    this.stepMs = stepMs
    this.middleMs = stepMs > intervalMs ? stepMs / 2 : 0
    this.#lines = new Map(lines.map((line) => [lineKey(line.id), line]))
  }

  slotOf(timeMs: number): number {
    return Math.floor(timeMs / this.stepMs)
  }

  copy(key: string, firstSlot: number, out: Float64Array): boolean {
    return this.#copyPart(key, 'mean', firstSlot, out)
  }

  copyBand(key: string, firstSlot: number, low: Float64Array, high: Float64Array): void {
    this.#copyPart(key, 'min', firstSlot, low)
    this.#copyPart(key, 'max', firstSlot, high)
  }

  valueAt(key: string, timeMs: number): number {
    const line = this.#lines.get(key)
    return line ? valueAt(line, 'mean', timeMs) : NaN
  }

  /** The newest moment at which most hosts that have values have one; the last bucket may not have come from all yet. */
  newestMs(): number | null {
    const ends = [...this.#lines.values()].flatMap(({ mean, fromMs, stepMs }) => {
      const last = mean.findLastIndex((value) => !Number.isNaN(value))
      return last < 0 ? [] : [fromMs + last * stepMs]
    })
    return ends.sort((a, b) => a - b)[Math.floor((ends.length - 1) / 2)] ?? null
  }

  #copyPart(
    key: string,
    part: 'min' | 'mean' | 'max',
    firstSlot: number,
    out: Float64Array,
  ): boolean {
    const line = this.#lines.get(key)
    let isSome = false
    for (let index = 0; index < out.length; index++) {
      const value = line ? valueAt(line, part, (firstSlot + index) * this.stepMs) : NaN
      out[index] = value
      isSome ||= !Number.isNaN(value)
    }
    return isSome
  }
}
