// Owns the ticks that the hub has not acknowledged: in memory as long as the hub takes them, on the disk when it is away.
import type { Clock } from '../clock/clock.ts'
import { Backlog } from './backlog.ts'
import { droppedGap, type DiskQueue } from './disk-queue.ts'
import { MemoryTicks, type MemoryLimits, type Sequence } from './memory-ticks.ts'
import { cutRun, type Run, type RunLimits } from './run.ts'
import type { SegmentClock } from './segment.ts'
import { mergedGap, movedTick, type Gap, type SpooledTick } from './spooled-tick.ts'

/** With so many ticks unacknowledged, or one for so long, the hub is taken to be away. */
const AWAY_TICKS = 16
const AWAY_MS = 10_000
const RETRY_MS = 30_000
const CLOSE_TIMEOUT_MS = 2_000

export interface SpoolOptions {
  readonly stepMs: number
  readonly clock: Clock
  readonly logger: {
    info(details: object, message: string): void
    warn(details: object, message: string): void
  }
  /** None: memory only. */
  readonly disk?: DiskQueue
  /** By which clock ticks are stamped now. */
  readonly segmentClock: () => SegmentClock
  readonly memoryLimits?: MemoryLimits
}

/** A tick and its number in the spool. */
export interface SpooledAs {
  readonly sequence: Sequence
  readonly tick: SpooledTick
}

export class Spool {
  readonly #options: SpoolOptions
  readonly #memory: MemoryTicks
  #newest: SpooledAs | undefined
  #isAway = false
  #wasHeard = false
  #writing: Promise<void> | undefined
  #failedAtMs: number | undefined
  #dropped: Gap | undefined
  #droppedTicks = 0

  constructor(options: SpoolOptions) {
    this.#options = options
    this.#memory = new MemoryTicks(options.memoryLimits)
  }

  /** Ticks that the hub has not acknowledged. */
  get count(): number {
    return this.#memory.count + (this.#options.disk?.count ?? 0)
  }

  /** Those of them that end with the process. */
  get inMemory(): number {
    return this.#memory.count
  }

  /** Ticks that were given up since the process started: lost for good. */
  get droppedTicks(): number {
    return this.#droppedTicks
  }

  /** Takes a tick, and returns it as it is to be sent. Never waits for the disk. */
  append(tick: SpooledTick): SpooledAs {
    const gaps = this.#dropped ? [...tick.gaps, this.#dropped] : tick.gaps
    this.#dropped = undefined
    const kept = { ...tick, gaps }
    const nowMs = this.#options.clock.monotonicMs()
    for (const dropped of this.#memory.append(kept, nowMs)) this.giveUp(dropped)
    const newest = { sequence: this.#memory.newest, tick: kept }
    this.#newest = newest
    const waitedMs = nowMs - (this.#memory.oldestSinceMs ?? nowMs)
    // What waits on the disk since before this process began, waits because the hub was away.
    const isAwayStill = !this.#wasHeard && (this.#options.disk?.count ?? 0) > 0
    if (isAwayStill || this.#memory.count > AWAY_TICKS || waitedMs >= AWAY_MS) this.#isAway = true
    if (this.#isAway && nowMs >= (this.#failedAtMs ?? -Infinity) + RETRY_MS) void this.#write()
    return newest
  }

  /** The hub has this tick. */
  acknowledge(sequence: Sequence): void {
    this.#isAway = false
    this.#wasHeard = true
    if (this.#newest?.sequence === sequence) this.#newest = undefined
    this.#memory.forget(sequence, sequence)
  }

  /** The newest tick, when the hub has not acknowledged it. */
  newest(limits: RunLimits): { readonly sequence: Sequence; readonly run: Run } | undefined {
    const newest = this.#newest
    const run = newest && cutRun([newest.tick], limits).run
    return run && { sequence: newest.sequence, run }
  }

  /** All that waits for the hub, but for the newest tick. */
  backlog(): Backlog {
    return new Backlog({
      memory: this.#memory,
      disk: this.#options.disk,
      last: this.#memory.newest - 1,
      onUseless: (ticks) => {
        for (const tick of ticks) this.giveUp(tick)
      },
    })
  }

  /** A tick that the hub will never get. It is told so with the next one. */
  giveUp(tick: Pick<SpooledTick, 'timeMs' | 'gaps'>): void {
    this.#lose(droppedGap(tick, this.#options.stepMs))
  }

  /**
   * The clock was set: every tick that this process stamped moves. `isFirst` says that it was the machine's own before,
   * so that what earlier processes stamped by that can be moved too.
   */
  shift(shiftMs: number, isFirst: boolean): void {
    this.#memory.shift(shiftMs)
    if (this.#newest)
      this.#newest = { ...this.#newest, tick: movedTick(this.#newest.tick, shiftMs) }
    const { disk, segmentClock } = this.#options
    disk
      ?.settle(shiftMs, isFirst ? segmentClock() : undefined)
      .catch((error: unknown) => this.#failed(error))
  }

  /** Writes what is in memory to the disk, for the next process. Waits for the disk for 2 s at most. */
  async close(): Promise<void> {
    const { disk, clock } = this.#options
    if (!disk) return
    const written = async () => {
      await this.#writing
      if (this.#memory.count > 0) await this.#write()
      await disk.close()
    }
    let cancel: () => void = () => undefined
    const late = new Promise<void>(
      (resolve) => (cancel = clock.setTimeout(resolve, CLOSE_TIMEOUT_MS)),
    )
    await Promise.race([written().catch((error: unknown) => this.#failed(error)), late])
    cancel()
  }

  #write(): Promise<void> | undefined {
    const { disk, segmentClock } = this.#options
    if (!disk) return undefined
    this.#writing ??= this.#writeTo(disk, segmentClock())
      .catch((error: unknown) => this.#failed(error))
      .finally(() => (this.#writing = undefined))
    return this.#writing
  }

  async #writeTo(disk: DiskQueue, clock: SegmentClock): Promise<void> {
    const held = [...this.#memory.between(1, this.#memory.newest)]
    const dropped = await disk.append(
      held.map(([, tick]) => tick),
      clock,
    )
    for (const [sequence] of held) this.#memory.forget(sequence, sequence)
    if (dropped) this.#lose(dropped)
    if (this.#failedAtMs === undefined) return
    this.#failedAtMs = undefined
    this.#options.logger.info({}, 'the spool is on the disk again')
  }

  #failed(error: unknown): void {
    if (this.#failedAtMs === undefined) {
      this.#options.logger.warn(
        { err: error },
        'the spool cannot be written to the disk: ticks wait in memory; free or repair the disk',
      )
    }
    this.#failedAtMs = this.#options.clock.monotonicMs()
  }

  #lose(gap: Gap): void {
    this.#dropped = mergedGap(this.#dropped, gap)
    this.#droppedTicks += gap.ticks
  }
}
