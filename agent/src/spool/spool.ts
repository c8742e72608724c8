// Owns the ticks that the hub has not acknowledged. In memory and bounded: when full, the oldest make room.
import { decodeBlock } from '@vigie/shared/codec/block'
import type { Block } from '@vigie/shared/codec/block'
import type { SeriesTable } from '../tick.ts'

/** Numbers ticks in the order they were taken, from 1, for the life of the process. */
export type Sequence = number

/** Consecutive ticks of one series table, as one block. */
export interface Run {
  readonly first: Sequence
  readonly last: Sequence
  readonly table: SeriesTable
  readonly block: Block
}

export interface SpoolLimits {
  readonly maxTicks: number
  readonly maxBytes: number
}

export const SPOOL_LIMITS: SpoolLimits = { maxTicks: 3600, maxBytes: 16 * 1024 * 1024 }

/** How much of the spool one run may take. */
export interface RunLimits {
  /** Counted on the grid, so that a gap counts as the ticks that it lacks. */
  readonly maxTicks: number
  /** Ticks times series. */
  readonly maxValues: number
}

export interface NewTick {
  readonly timeMs: number
  readonly table: SeriesTable
  /** The tick encoded as a block of one; kept as it is. */
  readonly payload: Uint8Array
}

interface Entry extends NewTick {
  readonly sequence: Sequence
}

export class Spool {
  readonly #stepMs: number
  readonly #limits: SpoolLimits
  // In insertion order, which is that of time: acknowledgements take ticks out of the middle.
  readonly #entries = new Map<Sequence, Entry>()
  #newest: Sequence = 0
  #sizeBytes = 0
  #droppedTicks = 0

  constructor(stepMs: number, limits: SpoolLimits = SPOOL_LIMITS) {
    this.#stepMs = stepMs
    this.#limits = limits
  }

  get length(): number {
    return this.#entries.size
  }

  /** Ticks that had to make room since the process started: lost for good. */
  get droppedTicks(): number {
    return this.#droppedTicks
  }

  /** The newest tick ever appended, 0 before the first. */
  get newest(): Sequence {
    return this.#newest
  }

  append(tick: NewTick): Sequence {
    this.#newest++
    this.#entries.set(this.#newest, { ...tick, sequence: this.#newest })
    this.#sizeBytes += tick.payload.length
    while (this.#isOver()) this.#dropOldest()
    return this.#newest
  }

  /** The oldest ticks from `first` to `last` that fit in one block, or undefined when there are none. */
  run(first: Sequence, last: Sequence, limits: RunLimits): Run | undefined {
    const taken: Entry[] = []
    for (const entry of this.#entries.values()) {
      if (entry.sequence < first) continue
      if (entry.sequence > last || !this.#continues(taken, entry, limits)) break
      taken.push(entry)
    }
    const [start] = taken
    if (!start) return undefined
    const end = taken.at(-1) ?? start
    return {
      first: start.sequence,
      last: end.sequence,
      table: start.table,
      block: blockOf(taken, start, this.#stepMs),
    }
  }

  /** Forgets the ticks from `first` to `last`: the hub has them. */
  acknowledge(first: Sequence, last: Sequence): void {
    for (let sequence = first; sequence <= last; sequence++) this.#forget(sequence)
  }

  /** Moves every tick in time: they were stamped before the hub's clock was known. */
  shift(shiftMs: number): void {
    for (const [sequence, entry] of this.#entries) {
      this.#entries.set(sequence, { ...entry, timeMs: entry.timeMs + shiftMs })
    }
  }

  #continues(taken: readonly Entry[], entry: Entry, limits: RunLimits): boolean {
    const [start] = taken
    if (!start) return true
    const steps = (entry.timeMs - start.timeMs) / this.#stepMs
    const ticks = steps + 1
    return (
      entry.table.revision === start.table.revision &&
      Number.isInteger(steps) &&
      entry.timeMs > (taken.at(-1)?.timeMs ?? 0) &&
      ticks <= limits.maxTicks &&
      ticks * start.table.keys.length <= limits.maxValues
    )
  }

  #isOver(): boolean {
    const { maxTicks, maxBytes } = this.#limits
    return this.#entries.size > maxTicks || (this.#sizeBytes > maxBytes && this.#entries.size > 1)
  }

  #dropOldest(): void {
    for (const sequence of this.#entries.keys()) {
      this.#forget(sequence)
      this.#droppedTicks++
      return
    }
  }

  #forget(sequence: Sequence): void {
    const entry = this.#entries.get(sequence)
    if (!entry) return
    this.#sizeBytes -= entry.payload.length
    this.#entries.delete(sequence)
  }
}

// The times of the entries count, not those in their payloads, which a shift does not touch.
function blockOf(entries: readonly Entry[], start: Entry, stepMs: number): Block {
  const end = entries.at(-1) ?? start
  const ticks = (end.timeMs - start.timeMs) / stepMs + 1
  const seriesCount = start.table.keys.length
  const present = new Uint8Array(ticks)
  const values = new Float64Array(ticks * seriesCount).fill(NaN)
  for (const entry of entries) {
    const tick = (entry.timeMs - start.timeMs) / stepMs
    const one = decodeBlock(entry.payload)
    present[tick] = 1
    for (let series = 0; series < seriesCount; series++) {
      values[series * ticks + tick] = one.values[series] ?? NaN
    }
  }
  return { revision: start.table.revision, startMs: start.timeMs, stepMs, present, values }
}
