// Owns what goes out on one welcomed connection and in which order (docs/protocol.md, T3, T4, T6): the newest tick,
// then live ticks as they are taken, with the unacknowledged ones in between, oldest first.
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { encodeBlock } from '@vigie/shared/codec/block'
import {
  AGENT_BLOCK_LIMITS,
  MAX_AGENT_FRAME_BYTES,
  MAX_AHEAD_MS,
  MAX_TABLES_PER_CONNECTION,
} from '@vigie/shared/protocol/limits'
import type { Clock } from '../clock/clock.ts'
import type { Backlog, Batch } from '../spool/backlog.ts'
import type { Run, RunLimits } from '../spool/run.ts'
import type { Spool, SpooledAs } from '../spool/spool.ts'
import type { Gap } from '../spool/spooled-tick.ts'
import type { SeriesTable } from '../tick.ts'
import type { Caution } from './caution.ts'
import type { Connection } from './connection.ts'

// The rate of a backlog: few blocks unacknowledged at a time, so a hub that is busy slows it by itself, with a pause
// between them, so that live ticks never wait behind it.
const BACKLOG_BLOCKS_OWED = 2
const BACKLOG_PAUSE_MS = 50
// Longer after a block that told gaps: so many texts, and those that tell packages (docs/protocol.md, P7), stay under the
// hub's 20 a second.
const GAP_PAUSE_MS = 200
const MAX_WAITING_BYTES = 262_144

/** A frame that is under way. */
interface SentFrame {
  readonly frame: number
  readonly isBacklog: boolean
  readonly ticks: number
  readonly startMs: number
  readonly gaps: readonly Gap[]
  readonly acknowledge: () => void
}

export interface DeliveryOptions {
  readonly connection: Pick<Connection, 'close' | 'send' | 'sendBlock' | 'sendGap' | 'waitingBytes'>
  readonly spool: Spool
  readonly clock: Clock
  readonly caution: Caution
  /** The hub's time as it is known. */
  readonly hubMs: () => number
  /** The backlog could not be read: the connection is to end, and the next one tries again. */
  readonly onFailed: (error: unknown) => void
}

export class Delivery {
  readonly #options: DeliveryOptions
  readonly #backlog: Backlog
  readonly #writer = new ByteWriter(4096)
  readonly #announced = new Set<number>()
  #sent: SentFrame[] = []
  #isReading = false
  #isClosed = false
  #cancelPause: (() => void) | undefined

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#backlog = options.spool.backlog()
  }

  /** The frames under way. */
  get sent(): readonly SentFrame[] {
    return this.#sent
  }

  /** Starts with what the spool holds (T6). */
  start(): void {
    const { spool } = this.#options
    const newest = spool.newest(this.#limits(1))
    if (newest) this.#sendRun(newest.run, false, () => spool.acknowledge(newest.sequence))
    this.#sendBacklog()
  }

  /** A tick was taken, just now. */
  live({ sequence, tick }: SpooledAs): void {
    const { connection, spool, caution } = this.#options
    const isHeldBack = caution.isCareful && this.#sent.length > 0
    if (isHeldBack || connection.waitingBytes > MAX_WAITING_BYTES) {
      this.#backlog.add(sequence)
      return
    }
    const { table, payload, timeMs, gaps } = tick
    if (!this.#announce(table)) return
    this.#tell(gaps)
    this.#sent.push({
      frame: connection.sendBlock(payload),
      isBacklog: false,
      ticks: 1,
      startMs: timeMs,
      gaps,
      acknowledge: () => spool.acknowledge(sequence),
    })
  }

  /** Frames up to `frames` are committed: their ticks may go. */
  acknowledged(frames: number): void {
    const done = this.#sent.filter(({ frame }) => frame <= frames)
    if (done.length === 0) return
    this.#sent = this.#sent.slice(done.length)
    for (const { acknowledge } of done) {
      this.#options.caution.accepted()
      acknowledge()
    }
    this.#sendBacklog()
  }

  /** Sends no more of the backlog. */
  close(): void {
    this.#isClosed = true
    this.#cancelPause?.()
  }

  #sendBacklog(): void {
    const { clock, caution, onFailed } = this.#options
    if (this.#isClosed || this.#isReading || this.#cancelPause) return
    if (!this.#backlog.hasMore) return
    const owed = caution.isCareful ? this.#sent : this.#sent.filter(({ isBacklog }) => isBacklog)
    if (owed.length >= (caution.isCareful ? 1 : BACKLOG_BLOCKS_OWED)) return
    this.#isReading = true
    this.#backlog
      .next(this.#limits(caution.maxTicks))
      .then((batch) => {
        this.#isReading = false
        if (!batch || this.#isClosed || !this.#sendBatch(batch)) return
        const pauseMs = Math.max(BACKLOG_PAUSE_MS, batch.run.gaps.length * GAP_PAUSE_MS)
        this.#cancelPause = clock.setTimeout(() => {
          this.#cancelPause = undefined
          this.#sendBacklog()
        }, pauseMs)
      })
      .catch(onFailed)
  }

  #sendBatch({ run, acknowledge }: Batch): boolean {
    return this.#sendRun(run, true, acknowledge)
  }

  #sendRun(run: Run, isBacklog: boolean, acknowledge: () => void): boolean {
    const { table, block, gaps } = run
    if (!this.#announce(table)) return false
    this.#tell(gaps)
    const frame = this.#options.connection.sendBlock(encodeBlock(block, this.#writer))
    const { startMs, present } = block
    this.#sent.push({ frame, isBacklog, ticks: present.length, startMs, gaps, acknowledge })
    return true
  }

  #tell(gaps: readonly Gap[]): void {
    for (const gap of gaps) this.#options.connection.sendGap(gap)
  }

  // T3. A connection may announce so many tables; a new connection may announce them again.
  #announce(table: SeriesTable): boolean {
    if (this.#announced.has(table.revision)) return true
    const { connection } = this.#options
    if (this.#announced.size >= MAX_TABLES_PER_CONNECTION) {
      connection.close('normal')
      return false
    }
    this.#announced.add(table.revision)
    const { revision, keys } = table
    connection.send({ type: 'series', revision, keys: [...keys] })
    return true
  }

  // A value takes at most 8 bytes, so that no block is ever over the limit of a frame.
  #limits(maxTicks: number): RunLimits {
    const maxValues = Math.min(AGENT_BLOCK_LIMITS.maxValues, MAX_AGENT_FRAME_BYTES / 16)
    return { maxTicks, maxValues, latestMs: this.#options.hubMs() + MAX_AHEAD_MS }
  }
}
