// Owns the last hour of every series of one host: typed arrays on the grid of the host's interval, merged by time.
import { columnOf, type Block } from '@vigie/shared/codec/block'
import { fromSteps, type Metric } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import type { Gap, Samples } from '../chart/samples.ts'

interface Column {
  readonly metric: Metric
  readonly values: Float64Array
  newestSlot: number
}

const NOTHING = Number.NEGATIVE_INFINITY

/**
 * A ring over the newest `spanMs`. Time is counted in slots (whole intervals since the epoch), a slot's place in every
 * array is its number modulo the capacity. Blocks may come in any order and more than once; what is older than the
 * window is left out. Values are in the units of the catalogue, NaN where there is none.
 */
export class Timeline implements Samples {
  readonly stepMs: number
  readonly capacity: number
  readonly #columns = new Map<string, Column>()
  readonly #taken: Uint8Array
  #newestSlot = NOTHING

  constructor(stepMs: number, spanMs: number) {
    this.stepMs = stepMs
    this.capacity = Math.ceil(spanMs / stepMs) + 1
    this.#taken = new Uint8Array(this.capacity)
  }

  /** The time of the newest tick, or null before the first. */
  get newestMs(): number | null {
    return this.#newestSlot === NOTHING ? null : this.#newestSlot * this.stepMs
  }

  /** Series with at least one value in the window, in no order of meaning. */
  get keys(): string[] {
    return [...this.#columns.keys()]
  }

  slotOf(timeMs: number): number {
    return Math.round(timeMs / this.stepMs)
  }

  /** Takes in a block whose columns are `keys`. Returns whether a series appeared or went. */
  merge(keys: readonly string[], block: Block): boolean {
    const slots = this.#takenSlots(block)
    if (slots.length === 0) return false
    let changed = this.#advance(Math.max(...slots.map(({ slot }) => slot)))
    const held = slots.filter(({ slot }) => this.#holds(slot))
    for (const { slot } of held) this.#taken[slot % this.capacity] = 1
    for (const [index, key] of keys.entries()) {
      const values = columnOf(block, index)
      let column = this.#columns.get(key)
      for (const { slot, tick } of held) {
        const steps = values[tick] ?? NaN
        if (Number.isNaN(steps)) continue
        if (!column) {
          column = this.#newColumn(key)
          changed = true
        }
        column.values[slot % this.capacity] = fromSteps(column.metric, steps)
        if (slot > column.newestSlot) column.newestSlot = slot
      }
    }
    return changed
  }

  /** Copies the values from `firstSlot` on into `out`, NaN where nothing is held. Returns whether there was any. */
  copy(key: string, firstSlot: number, out: Float64Array): boolean {
    const column = this.#columns.get(key)
    if (!column || column.newestSlot < firstSlot) {
      out.fill(NaN)
      return false
    }
    for (let index = 0; index < out.length; index++) {
      const slot = firstSlot + index
      out[index] = this.#holds(slot) ? (column.values[slot % this.capacity] ?? NaN) : NaN
    }
    return true
  }

  /** The value at one time, NaN where there is none. */
  valueAt(key: string, timeMs: number): number {
    const slot = this.slotOf(timeMs)
    const column = this.#columns.get(key)
    return column && this.#holds(slot) ? (column.values[slot % this.capacity] ?? NaN) : NaN
  }

  /** Every value of the newest tick. */
  newest(): Map<string, number> {
    const values = new Map<string, number>()
    for (const [key, column] of this.#columns) {
      const value = column.values[this.#newestSlot % this.capacity] ?? NaN
      if (column.newestSlot === this.#newestSlot && !Number.isNaN(value)) values.set(key, value)
    }
    return values
  }

  /** The holes between the first tick held and the newest: each from the tick before it to the tick after it. */
  gaps(): Gap[] {
    if (this.#newestSlot === NOTHING) return []
    const gaps: Gap[] = []
    let before: number | undefined
    for (let slot = this.#newestSlot - this.capacity + 1; slot <= this.#newestSlot; slot++) {
      if (this.#taken[slot % this.capacity] !== 1) continue
      if (before !== undefined && slot - before > 1) {
        gaps.push({ fromMs: before * this.stepMs, toMs: slot * this.stepMs })
      }
      before = slot
    }
    return gaps
  }

  #takenSlots(block: Block): { slot: number; tick: number }[] {
    const slots: { slot: number; tick: number }[] = []
    for (let tick = 0; tick < block.present.length; tick++) {
      if (block.present[tick] !== 1) continue
      slots.push({ slot: this.slotOf(block.startMs + tick * block.stepMs), tick })
    }
    return slots
  }

  #holds(slot: number): boolean {
    return slot <= this.#newestSlot && slot > this.#newestSlot - this.capacity
  }

  #newColumn(key: string): Column {
    const values = new Float64Array(this.capacity).fill(NaN)
    const column = { metric: metricOf(key), values, newestSlot: NOTHING }
    this.#columns.set(key, column)
    return column
  }

  // The places of the slots that the window moves onto still hold what it moves off.
  #advance(toSlot: number): boolean {
    if (toSlot <= this.#newestSlot) return false
    const first = Math.max(this.#newestSlot + 1, toSlot - this.capacity + 1)
    this.#newestSlot = toSlot
    let forgot = false
    for (const [key, column] of this.#columns) {
      if (this.#holds(column.newestSlot)) clear(column.values, first, toSlot)
      else forgot = this.#columns.delete(key) || forgot
    }
    for (let slot = first; slot <= toSlot; slot++) this.#taken[slot % this.capacity] = 0
    return forgot
  }
}

function clear(values: Float64Array, firstSlot: number, lastSlot: number): void {
  for (let slot = firstSlot; slot <= lastSlot; slot++) values[slot % values.length] = NaN
}
