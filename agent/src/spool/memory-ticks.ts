// Owns the unacknowledged ticks that are in memory. Bounded: when full, the oldest make room.
import { movedTick, type SpooledTick } from './spooled-tick.ts'

/** Numbers ticks in the order they were taken, from 1, for the life of the process. */
export type Sequence = number

export interface MemoryLimits {
  readonly maxTicks: number
  readonly maxBytes: number
}

export const MEMORY_LIMITS: MemoryLimits = { maxTicks: 3600, maxBytes: 16 * 1024 * 1024 }

interface Held {
  readonly tick: SpooledTick
  readonly sinceMs: number
}

export class MemoryTicks {
  readonly #limits: MemoryLimits
  // In insertion order, which is that of time: acknowledgements take ticks out of the middle.
  readonly #held = new Map<Sequence, Held>()
  #newest: Sequence = 0
  #sizeBytes = 0

  constructor(limits: MemoryLimits = MEMORY_LIMITS) {
    this.#limits = limits
  }

  get count(): number {
    return this.#held.size
  }

  /** The last number that was given, 0 before the first. */
  get newest(): Sequence {
    return this.#newest
  }

  /** Since when the oldest is here; undefined when none is. */
  get oldestSinceMs(): number | undefined {
    for (const { sinceMs } of this.#held.values()) return sinceMs
    return undefined
  }

  /** Takes a tick and returns those that made room for it, oldest first. */
  append(tick: SpooledTick, nowMs: number): readonly SpooledTick[] {
    this.#newest++
    this.#held.set(this.#newest, { tick, sinceMs: nowMs })
    this.#sizeBytes += tick.payload.length
    const dropped: SpooledTick[] = []
    for (const [sequence, { tick: oldest }] of this.#held) {
      if (!this.#isOver()) break
      dropped.push(oldest)
      this.forget(sequence, sequence)
    }
    return dropped
  }

  /** From one number to another, oldest first. */
  *between(first: Sequence, last: Sequence): Generator<[Sequence, SpooledTick]> {
    for (const [sequence, { tick }] of this.#held) {
      if (sequence > last) return
      if (sequence >= first) yield [sequence, tick]
    }
  }

  forget(first: Sequence, last: Sequence): void {
    for (let sequence = first; sequence <= last; sequence++) {
      const held = this.#held.get(sequence)
      if (!held) continue
      this.#sizeBytes -= held.tick.payload.length
      this.#held.delete(sequence)
    }
  }

  /** Moves every tick in time: they were stamped before the hub's clock was known. */
  shift(shiftMs: number): void {
    for (const [sequence, { tick, sinceMs }] of this.#held) {
      this.#held.set(sequence, { tick: movedTick(tick, shiftMs), sinceMs })
    }
  }

  #isOver(): boolean {
    const { maxTicks, maxBytes } = this.#limits
    return this.#held.size > maxTicks || (this.#sizeBytes > maxBytes && this.#held.size > 1)
  }
}
