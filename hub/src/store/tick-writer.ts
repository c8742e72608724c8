// Owns the way of every tick to the disk: one queue, one transaction for all agents, acknowledgement after the commit.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from './schema.ts'

/** One tick as it is kept: `payload` is a block of one tick. */
export interface StoredTick {
  readonly timeMs: number
  readonly payload: Uint8Array
}

export interface TickWrite {
  readonly hostId: number
  readonly ticks: readonly StoredTick[]
  /** Called once, after the commit that holds the ticks and in the order of the writes; never when it failed. */
  onCommitted(): void
}

export interface SeriesTableWrite {
  readonly hostId: number
  readonly revision: number
  readonly keys: readonly string[]
}

export interface WriterEvents {
  committed(commit: { ticks: number; pendingBytes: number; durationMs: number }): void
  /** A commit failed and will be tried again in `retryInMs`; nothing of it was acknowledged. */
  failed(failure: {
    error: unknown
    attempt: number
    retryInMs: number
    pendingBytes: number
  }): void
  /** The queue is over its limit (true), or has room again (false): readers of sockets stop and go on. */
  congested(isCongested: boolean): void
}

export interface TickWriterOptions {
  readonly db: Database
  readonly events: WriterEvents
  /** How long ticks gather before they are committed. */
  readonly commitEveryMs: number
  /** Pending payload above which the writer says that it is congested. */
  readonly maxPendingBytes: number
}

type Item =
  | { readonly kind: 'ticks'; readonly write: TickWrite; readonly sizeBytes: number }
  | { readonly kind: 'table'; readonly write: SeriesTableWrite; readonly sizeBytes: number }

const ROW_OVERHEAD_BYTES = 64
const ROWS_PER_INSERT = 100
// A commit of so many rows takes some 20 ms, and sockets wait for it; one frame is never cut.
const ROWS_PER_COMMIT = 5000
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 10_000

/** Has a timer and a queue; {@link TickWriter.close} writes what is pending, once, and says whether it could. */
export class TickWriter {
  readonly #options: TickWriterOptions
  #queue: Item[] = []
  /** Items that have left the queue. */
  #committed = 0
  #pendingBytes = 0
  #isCongested = false
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<boolean> | undefined
  #attempt = 0
  #isClosed = false

  constructor(options: TickWriterOptions) {
    this.#options = options
  }

  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /** Queues ticks; storing one for a time that the host already has changes nothing (rule T5). */
  writeTicks(write: TickWrite): void {
    let sizeBytes = 0
    for (const tick of write.ticks) sizeBytes += tick.payload.byteLength + ROW_OVERHEAD_BYTES
    this.#push({ kind: 'ticks', write, sizeBytes })
  }

  /** Queues a series table, which is then on the disk no later than the ticks queued after it. */
  writeTable(write: SeriesTableWrite): void {
    const sizeBytes = write.keys.reduce((sum, key) => sum + key.length, ROW_OVERHEAD_BYTES)
    this.#push({ kind: 'table', write, sizeBytes })
  }

  /** Resolves when what was queued before the call is committed, or, with false, when a commit failed. */
  async flush(): Promise<boolean> {
    // What is queued meanwhile is not waited for: agents that send all they can must not hold up who reads.
    const wanted = this.#committed + this.#queue.length
    while (this.#committed < wanted) {
      if (!(await this.#write())) return false
      await nextTurn()
    }
    return true
  }

  async close(): Promise<boolean> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    return this.flush()
  }

  #push(item: Item): void {
    this.#queue.push(item)
    this.#pendingBytes += item.sizeBytes
    this.#reportCongestion()
    this.#schedule(this.#options.commitEveryMs)
  }

  #schedule(delayMs: number): void {
    if (this.#timer || this.#writing || this.#isClosed || this.#queue.length === 0) return
    this.#timer = setTimeout(() => void this.#write(), delayMs)
  }

  #reportCongestion(): void {
    const { maxPendingBytes, events } = this.#options
    // Half of the limit is the way back, so that sockets are not paused and resumed with every commit.
    const isCongested =
      this.#pendingBytes > (this.#isCongested ? maxPendingBytes / 2 : maxPendingBytes)
    if (isCongested === this.#isCongested) return
    this.#isCongested = isCongested
    events.congested(isCongested)
  }

  #write(): Promise<boolean> {
    this.#writing ??= this.#commitNext().finally(() => {
      this.#writing = undefined
      // What is left had no room in this commit and has gathered for long enough.
      this.#schedule(this.#attempt === 0 ? 0 : retryDelayMs(this.#attempt))
    })
    return this.#writing
  }

  async #commitNext(): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const batch = this.#queue.slice(0, batchLength(this.#queue))
    const startedMs = performance.now()
    try {
      await insert(this.#options.db, batch)
    } catch (error) {
      this.#attempt++
      const retryInMs = retryDelayMs(this.#attempt)
      const { events } = this.#options
      const pendingBytes = this.#pendingBytes
      events.failed({ error, attempt: this.#attempt, retryInMs, pendingBytes })
      return false
    }
    this.#attempt = 0
    this.#queue = this.#queue.slice(batch.length)
    this.#committed += batch.length
    this.#acknowledge(batch, performance.now() - startedMs)
    return true
  }

  #acknowledge(batch: readonly Item[], durationMs: number): void {
    let ticks = 0
    for (const item of batch) {
      this.#pendingBytes -= item.sizeBytes
      if (item.kind === 'table') continue
      ticks += item.write.ticks.length
      item.write.onCommitted()
    }
    this.#reportCongestion()
    this.#options.events.committed({ ticks, pendingBytes: this.#pendingBytes, durationMs })
  }
}

function retryDelayMs(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LAST_RETRY_MS)
}

function batchLength(queue: readonly Item[]): number {
  let rows = 0
  for (const [index, item] of queue.entries()) {
    rows += item.kind === 'ticks' ? item.write.ticks.length : 1
    if (rows > ROWS_PER_COMMIT) return Math.max(index, 1)
  }
  return queue.length
}

async function insert(db: Database, batch: readonly Item[]): Promise<void> {
  const ticks = batch.flatMap((item) =>
    item.kind === 'ticks'
      ? item.write.ticks.map(({ timeMs, payload }) => ({
          host_id: item.write.hostId,
          time_ms: timeMs,
          payload,
        }))
      : [],
  )
  const tables = batch.flatMap((item) => (item.kind === 'table' ? [item.write] : []))
  await db.transaction().execute(async (transaction) => {
    for (const { hostId, revision, keys } of tables) {
      await transaction
        .insertInto('series_table')
        .values({ host_id: hostId, revision, keys_json: JSON.stringify(keys) })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
    for (let first = 0; first < ticks.length; first += ROWS_PER_INSERT) {
      await transaction
        .insertInto('tick')
        .values(ticks.slice(first, first + ROWS_PER_INSERT))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    }
  })
}
