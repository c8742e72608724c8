// Owns the reading of what waits for the hub, for one connection: the disk first, which holds the oldest, then memory.
import type { DiskQueue, LoadedSegment } from './disk-queue.ts'
import type { MemoryTicks, Sequence } from './memory-ticks.ts'
import { cutRun, type Run, type RunLimits } from './run.ts'
import type { SpooledTick } from './spooled-tick.ts'

/** Some of the backlog, ready to be sent. */
export interface Batch {
  readonly run: Run
  /** The hub has it: the spool may forget it. Batches are acknowledged in the order in which they were read. */
  readonly acknowledge: () => void
}

export interface BacklogOptions {
  readonly memory: MemoryTicks
  readonly disk: DiskQueue | undefined
  /** Ticks that no hub would take: they are passed over. */
  readonly onUseless: (ticks: readonly SpooledTick[]) => void
  /** The last tick in memory that belongs to it. */
  readonly last: Sequence
}

export class Backlog {
  readonly #options: BacklogOptions
  #loaded: LoadedSegment | undefined
  #index = 0
  #afterSegment = 0
  // What is of no use behind a batch is forgotten with the next one.
  #skipped: (() => void)[] = []
  // What is still to be read of memory: from the first to the last of these.
  #first: Sequence = 1
  #last: Sequence

  constructor(options: BacklogOptions) {
    this.#options = options
    this.#last = options.last
  }

  /** A live tick that could not be sent now comes with the backlog. */
  add(sequence: Sequence): void {
    if (this.#first > this.#last) this.#first = sequence
    this.#last = sequence
  }

  /** Whether there may be something to read. */
  get hasMore(): boolean {
    return (
      this.#first <= this.#last ||
      this.#index < (this.#loaded?.ticks.length ?? 0) ||
      this.#options.disk?.hasMore(this.#afterSegment) === true
    )
  }

  /** The next batch, or undefined when all was read. One call at a time. */
  async next(limits: RunLimits): Promise<Batch | undefined> {
    for (;;) {
      const segment = await this.#segment()
      if (!segment) return this.#fromMemory(limits)
      const isFirst = this.#index === segment.acknowledged
      const { taken, run, useless } = cutRun(from(segment.ticks, this.#index), limits)
      const upTo = (this.#index += taken)
      const forget = () => {
        this.#options.disk?.acknowledge(segment.number, upTo)
        this.#options.onUseless(useless)
      }
      if (run) {
        const all = [...this.#skipped, forget]
        this.#skipped = []
        return { run, acknowledge: () => all.forEach((one) => one()) }
      }
      if (isFirst) forget()
      else this.#skipped.push(forget)
    }
  }

  async #segment(): Promise<LoadedSegment | undefined> {
    if (this.#loaded && this.#index < this.#loaded.ticks.length) return this.#loaded
    const { disk } = this.#options
    // Not asked without need: a disk that hangs holds up only what is on it.
    const after = this.#afterSegment
    this.#loaded = disk?.hasMore(after) ? await disk.load(after) : undefined
    this.#index = this.#loaded?.acknowledged ?? 0
    this.#afterSegment = this.#loaded?.number ?? this.#afterSegment
    return this.#loaded
  }

  #fromMemory(limits: RunLimits): Batch | undefined {
    const { memory, onUseless } = this.#options
    while (this.#first <= this.#last) {
      const held = [...memory.between(this.#first, this.#last)]
      const first = this.#first
      const { taken, run, useless } = cutRun(
        held.map(([, tick]) => tick),
        limits,
      )
      const last = held[taken - 1]?.[0] ?? this.#last
      this.#first = last + 1
      const acknowledge = () => {
        memory.forget(first, last)
        onUseless(useless)
      }
      if (run) return { run, acknowledge }
      acknowledge()
    }
    return undefined
  }
}

function* from<T>(items: readonly T[], first: number): Generator<T> {
  for (let index = first; index < items.length; index++) yield items[index] as T
}
