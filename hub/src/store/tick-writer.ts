// Owns the way of every tick to the disk: one queue, one transaction for all agents, acknowledgement after the commit.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AGENT_BLOCK_LIMITS } from '@vigie/shared/protocol/limits'
import { TickRows, type SeriesTableWrite, type StoredTick, type TickBatch } from './tick-batch.ts'

export interface TickWrite {
  readonly hostId: number
  readonly ticks: readonly StoredTick[]
  /** Called once, after the commit that holds the ticks and in the order of the writes; never when it failed. */
  readonly onCommitted: () => void
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
  /** Resolves when the batch is on the disk; when it rejects, nothing of it is. */
  readonly commit: (batch: TickBatch) => Promise<void>
  readonly events: WriterEvents
  /** How long ticks gather before they are committed. */
  readonly commitEveryMs: number
  /** Pending payload above which the writer says that it is congested. */
  readonly maxPendingBytes: number
}

/** What one commit will hold. */
class Gathering {
  readonly tables: SeriesTableWrite[] = []
  readonly rows = new TickRows()
  readonly onCommitted: (() => void)[] = []
  sizeBytes = 0
  /** The time of its oldest tick. */
  oldestMs = Infinity
  isUnderWay = false
}

const ROW_OVERHEAD_BYTES = 64
// Whoever else writes waits for a commit of so many rows for some 30 ms; one frame is never cut.
const ROWS_PER_COMMIT = 5000
// Acknowledging is a write to a socket each: sockets are read between two of so many.
const CALLS_PER_TURN = 250
const FIRST_RETRY_MS = 250
const LAST_RETRY_MS = 10_000

/** Has a timer and a queue; {@link TickWriter.close} writes what is pending, once, and says whether it could. */
export class TickWriter {
  readonly #options: TickWriterOptions
  /** In the order of commits. What is written now goes into the last, unless that is under way. */
  readonly #queue: Gathering[] = []
  /** Commits that have succeeded. */
  #commits = 0
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

  /** Resolves when no tick before `toMs` that was queued before the call is pending, or a commit failed. */
  async flushBefore(toMs: number): Promise<void> {
    if (this.#queue.some(({ oldestMs }) => oldestMs < toMs)) await this.flush()
  }

  /** Queues ticks; storing one for a time that the host already has changes nothing (rule T5). */
  writeTicks({ hostId, ticks, onCommitted }: TickWrite): void {
    const gathering = this.#gathering(ticks.length)
    let sizeBytes = 0
    for (const tick of ticks) {
      gathering.rows.add(hostId, tick)
      sizeBytes += tick.payload.byteLength + ROW_OVERHEAD_BYTES
      if (tick.timeMs < gathering.oldestMs) gathering.oldestMs = tick.timeMs
    }
    gathering.onCommitted.push(onCommitted)
    this.#added(gathering, sizeBytes)
  }

  /** Queues a series table. The ticks queued right after it are in the same commit, so that it is never there unused. */
  writeTable(table: SeriesTableWrite): void {
    const gathering = this.#gathering(1 + AGENT_BLOCK_LIMITS.maxTicks)
    gathering.tables.push(table)
    const sizeBytes = table.keys.reduce((sum, key) => sum + key.length, ROW_OVERHEAD_BYTES)
    this.#added(gathering, sizeBytes)
  }

  /** Resolves when what was queued before the call is committed, or, with false, when a commit failed. */
  async flush(): Promise<boolean> {
    // What gathers meanwhile is not waited for: agents that send all they can must not hold up who reads.
    const wanted = this.#commits + this.#queue.length
    while (this.#commits < wanted) {
      if (!(await this.#write())) return false
    }
    return true
  }

  async close(): Promise<boolean> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    return this.flush()
  }

  #gathering(rows: number): Gathering {
    const last = this.#queue.at(-1)
    if (last && !last.isUnderWay) {
      const count = last.rows.count + last.tables.length
      if (count + rows <= ROWS_PER_COMMIT) return last
    }
    const gathering = new Gathering()
    this.#queue.push(gathering)
    return gathering
  }

  #added(gathering: Gathering, sizeBytes: number): void {
    gathering.sizeBytes += sizeBytes
    this.#pendingBytes += sizeBytes
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
    const startedMs = performance.now()
    this.#writing ??= this.#commitNext().finally(() => {
      this.#writing = undefined
      this.#schedule(this.#delayMs(performance.now() - startedMs))
    })
    return this.#writing
  }

  #delayMs(gatheredMs: number): number {
    if (this.#attempt > 0) return retryDelayMs(this.#attempt)
    // More than one waits when the first had no more room: that one has gathered for long enough.
    return this.#queue.length > 1 ? 0 : Math.max(0, this.#options.commitEveryMs - gatheredMs)
  }

  async #commitNext(): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [gathering] = this.#queue
    if (!gathering) return true
    gathering.isUnderWay = true
    const startedMs = performance.now()
    try {
      await this.#options.commit({ tables: gathering.tables, rows: gathering.rows.packed() })
    } catch (error) {
      this.#attempt++
      const retryInMs = retryDelayMs(this.#attempt)
      const { events } = this.#options
      const pendingBytes = this.#pendingBytes
      events.failed({ error, attempt: this.#attempt, retryInMs, pendingBytes })
      return false
    }
    const durationMs = performance.now() - startedMs
    this.#attempt = 0
    this.#pendingBytes -= gathering.sizeBytes
    await acknowledge(gathering)
    this.#queue.shift()
    this.#commits++
    this.#reportCongestion()
    const { count: ticks } = gathering.rows
    this.#options.events.committed({ ticks, pendingBytes: this.#pendingBytes, durationMs })
    return true
  }
}

async function acknowledge({ onCommitted }: Gathering): Promise<void> {
  for (const [index, call] of onCommitted.entries()) {
    if (index > 0 && index % CALLS_PER_TURN === 0) await nextTurn()
    call()
  }
}

function retryDelayMs(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** (attempt - 1), LAST_RETRY_MS)
}
