// Owns what goes out on one welcomed connection and in which order (docs/protocol.md, T3, T4, T6): the newest tick,
// then live ticks as they are taken, with the unacknowledged ones in between, oldest first.
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { encodeBlock } from '@vigie/shared/codec/block'
import {
  AGENT_BLOCK_LIMITS,
  MAX_AGENT_FRAME_BYTES,
  MAX_TABLES_PER_CONNECTION,
} from '@vigie/shared/protocol/limits'
import type { Clock } from '../clock/clock.ts'
import type { Run, Sequence, Spool } from '../spool/spool.ts'
import type { SeriesTable } from '../tick.ts'
import type { Connection } from './connection.ts'

const BACKLOG_BLOCK_TICKS = 300
// The rate of a backlog: few blocks unacknowledged at a time, so a hub that is busy slows it by itself, with a pause
// between them, so that live ticks never wait behind it.
const BACKLOG_BLOCKS_OWED = 2
const BACKLOG_PAUSE_MS = 50
const MAX_WAITING_BYTES = 262_144

interface SentFrame {
  readonly frame: number
  readonly first: Sequence
  readonly last: Sequence
  readonly isBacklog: boolean
}

/** An encoded tick as the spool holds it. */
export interface LiveTick {
  readonly sequence: Sequence
  readonly table: SeriesTable
  readonly payload: Uint8Array
}

export interface DeliveryOptions {
  readonly connection: Connection
  readonly spool: Spool
  readonly clock: Clock
}

export class Delivery {
  readonly #connection: Connection
  readonly #spool: Spool
  readonly #clock: Clock
  readonly #writer = new ByteWriter(4096)
  readonly #announced = new Set<number>()
  #sent: SentFrame[] = []
  // The backlog still to send: from the first to the last of these. Live ticks extend it when the network is full.
  #backlogFirst: Sequence = 1
  #backlogLast: Sequence = 0
  #cancelPause: (() => void) | undefined

  constructor({ connection, spool, clock }: DeliveryOptions) {
    this.#connection = connection
    this.#spool = spool
    this.#clock = clock
  }

  /** Starts with what the spool holds (T6). */
  start(): void {
    const newest = this.#spool.newest
    const run = this.#spool.run(newest, newest, this.#runLimits(1))
    if (run) this.#sendRun(run, false)
    this.#backlogLast = newest - 1
    this.#sendBacklog()
  }

  /** A tick was taken, just now. */
  live(tick: LiveTick): void {
    if (this.#connection.waitingBytes > MAX_WAITING_BYTES) {
      if (this.#backlogFirst > this.#backlogLast) this.#backlogFirst = tick.sequence
      this.#backlogLast = tick.sequence
      return
    }
    if (!this.#announce(tick.table)) return
    const frame = this.#connection.sendBlock(tick.payload)
    const { sequence } = tick
    this.#sent.push({ frame, first: sequence, last: sequence, isBacklog: false })
  }

  /** Frames up to `frames` are committed: their ticks may go. */
  acknowledged(frames: number): void {
    const done = this.#sent.filter(({ frame }) => frame <= frames)
    if (done.length === 0) return
    this.#sent = this.#sent.slice(done.length)
    for (const { first, last } of done) this.#spool.acknowledge(first, last)
    this.#sendBacklog()
  }

  /** Sends no more of the backlog. */
  close(): void {
    this.#cancelPause?.()
  }

  #sendBacklog(): void {
    if (this.#cancelPause || this.#backlogFirst > this.#backlogLast) return
    if (this.#sent.filter((sent) => sent.isBacklog).length >= BACKLOG_BLOCKS_OWED) return
    const limits = this.#runLimits(BACKLOG_BLOCK_TICKS)
    const run = this.#spool.run(this.#backlogFirst, this.#backlogLast, limits)
    if (!run) {
      this.#backlogFirst = this.#backlogLast + 1
      return
    }
    if (!this.#sendRun(run, true)) return
    this.#backlogFirst = run.last + 1
    this.#cancelPause = this.#clock.setTimeout(() => {
      this.#cancelPause = undefined
      this.#sendBacklog()
    }, BACKLOG_PAUSE_MS)
  }

  #sendRun(run: Run, isBacklog: boolean): boolean {
    if (!this.#announce(run.table)) return false
    const bytes = encodeBlock(run.block, this.#writer)
    const frame = this.#connection.sendBlock(bytes)
    this.#sent.push({ frame, first: run.first, last: run.last, isBacklog })
    return true
  }

  // T3. A connection may announce so many tables; a new connection may announce them again.
  #announce(table: SeriesTable): boolean {
    if (this.#announced.has(table.revision)) return true
    if (this.#announced.size >= MAX_TABLES_PER_CONNECTION) {
      this.#connection.close('normal')
      return false
    }
    this.#announced.add(table.revision)
    const { revision, keys } = table
    this.#connection.send({ type: 'series', revision, keys: [...keys] })
    return true
  }

  // A value takes at most 8 bytes, so that no block is ever over the limit of a frame.
  #runLimits(maxTicks: number) {
    const maxValues = Math.min(AGENT_BLOCK_LIMITS.maxValues, MAX_AGENT_FRAME_BYTES / 16)
    return { maxTicks, maxValues }
  }
}
