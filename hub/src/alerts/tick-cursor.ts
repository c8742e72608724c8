// Owns reading the columns of one tick of a block in the units of their metrics, without touching a string.
import type { Block } from '@vigie/shared/codec/block'
import type { ColumnReader } from '@vigie/shared/metrics/measure'
import { metricOf } from '@vigie/shared/metrics/series'

/** A place that moves from tick to tick, so that readers are made once for a table of series. */
export class TickCursor {
  /** NaN where there is no value. */
  readonly at: ColumnReader
  #block: Block | undefined
  #tick = 0

  constructor(keys: readonly string[]) {
    // As `fromSteps` does: steps below 1 are a division by a whole number, for the noise of binary fractions.
    const steps = keys.map((key) => metricOf(key).step)
    const factors = Float64Array.from(steps, (step) => (step < 1 ? 1 : step))
    const divisors = Float64Array.from(steps, (step) => (step < 1 ? Math.round(1 / step) : 1))
    this.at = (column) => {
      const block = this.#block
      if (!block) return NaN
      const value = block.values[column * block.present.length + this.#tick] ?? NaN
      return (value * (factors[column] ?? NaN)) / (divisors[column] ?? NaN)
    }
  }

  /** False where no tick was taken. */
  move(block: Block, tick: number): boolean {
    this.#block = block
    this.#tick = tick
    return block.present[tick] === 1
  }
}
