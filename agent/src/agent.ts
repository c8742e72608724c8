// Composes the agent: clock -> collector -> spool -> link. Reading it from top to bottom is the life of a tick.
import { hostname } from 'node:os'
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { encodeBlock } from '@vigie/shared/codec/block'
import { createCollector, type Collector } from './collect/collector.ts'
import { systemClock, type Clock } from './clock/clock.ts'
import { HubClock, type ClockSample } from './clock/hub-clock.ts'
import { Ticker } from './clock/ticker.ts'
import { GapWatch } from './gap-watch.ts'
import type { Identity } from './identity/identity-file.ts'
import { inventoryHash, readBootId, readInventory } from './inventory/inventory.ts'
import { PackageWatch } from './inventory/packages/package-watch.ts'
import { Link, type LinkLogger, type LinkStanding } from './link/link.ts'
import { DiskQueue, type DiskLimits } from './spool/disk-queue.ts'
import { Spool } from './spool/spool.ts'
import type { Tick } from './tick.ts'

const INVENTORY_EVERY_MS = 24 * 60 * 60 * 1_000
const INVENTORY_FIRST_MS = 2_000
const SYSTEM_ROOT = `${process.env['SystemDrive'] ?? ''}/`
const ONE_TICK = Uint8Array.of(1)

export interface AgentLogger extends LinkLogger {
  error(details: object, message: string): void
}

export interface AgentOptions {
  readonly identity: Identity
  readonly agentVersion: string
  readonly intervalMs: number
  readonly logger: AgentLogger
  /** Where what the hub has not acknowledged is kept while it is away, and how much of it. */
  readonly spool: { readonly directory: string; readonly limits: DiskLimits }
  readonly clock?: Clock
  /** Numbers from 0 to under 1, for what is not to happen everywhere at once. */
  readonly random?: () => number
  /** By how many levels the agent does less than it is set to, which it tells as a metric. */
  readonly slowdown?: () => number
  /** How many times rarer than usual the jobs beside the tick run. */
  readonly besideFactor?: () => number
  /** Where `proc` and `sys` stand; `/` unless a test says otherwise. */
  readonly root?: string
}

export interface Agent {
  /** Stops sampling, flushes, says goodbye. Idempotent. */
  close(): Promise<void>
  /** What was asked of the kernel and has not returned in time: it keeps the process from ending. */
  hung(): readonly string[]
  /** How it stands with its hub. */
  standing(): AgentStanding
}

export interface AgentStanding extends LinkStanding {
  /** Ticks that the hub has not acknowledged. */
  readonly spooledTicks: number
}

export async function startAgent(options: AgentOptions): Promise<Agent> {
  const agent = new RunningAgent(options)
  await agent.start()
  return agent
}

class RunningAgent implements Agent {
  readonly #options: AgentOptions
  readonly #clock: Clock
  readonly #hubClock: HubClock
  readonly #startedBootMs: number
  readonly #gaps: GapWatch
  #spool: Spool | undefined
  readonly #writer = new ByteWriter(4096)
  #collector: Collector | undefined
  #ticker: Ticker | undefined
  #link: Link | undefined
  #packages: PackageWatch | undefined
  #collecting = false
  #restampedMs = 0
  #reportedDrops = 0
  #cancelInventory: () => void = () => undefined
  readonly #inventoryAbort = new AbortController()
  #closing: Promise<void> | undefined

  constructor(options: AgentOptions) {
    this.#options = options
    this.#clock = options.clock ?? systemClock
    this.#hubClock = new HubClock(this.#clock)
    this.#startedBootMs = this.#clock.bootMs() - this.#clock.monotonicMs()
    this.#gaps = new GapWatch(options.intervalMs)
  }

  async start(): Promise<void> {
    const { identity, agentVersion, intervalMs, logger, root, random } = this.#options
    const { slowdown, besideFactor } = this.#options
    const bootId = await readBootId()
    this.#spool = this.#createSpool(bootId)
    this.#link = new Link({
      identity,
      introduction: { bootId, hostname: hostname(), agentVersion, intervalMs },
      startedBootMs: this.#startedBootMs,
      spool: this.#spool,
      clock: this.#clock,
      logger,
      onWelcome: () => this.#hubClock.forgetSamples(),
      onClockSample: (sample) => this.#measured(sample),
      hubMs: () => this.#hubClock.nowMs(),
      ...(random && { random }),
    })
    this.#collector = await createCollector({
      logger,
      clockOffsetMs: () => this.#hubClock.localAheadMs(),
      onSnapshot: (snapshot) => this.#link?.sendSnapshot(snapshot),
      ...(slowdown && { slowdown }),
      ...(besideFactor && { besideFactor }),
      ...(root !== undefined && { root }),
    })
    this.#link.start()
    this.#ticker = new Ticker({
      clock: this.#clock,
      hubClock: this.#hubClock,
      intervalMs,
      onTick: (timeMs) => this.#tick(timeMs),
      onJump: () => this.#link?.askTime(),
    })
    this.#cancelInventory = this.#clock.setTimeout(() => this.#takeStock(), INVENTORY_FIRST_MS)
    this.#packages = new PackageWatch({
      clock: this.#clock,
      logger,
      root: root ?? SYSTEM_ROOT,
      nowMs: () => this.#hubClock.nowMs(),
      onRead: (list) => this.#link?.sendPackages(list),
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  hung(): readonly string[] {
    return this.#collector?.hung() ?? []
  }

  standing(): AgentStanding {
    const apart = { isConnected: false, sinceMs: this.#clock.wallMs(), lastAckMs: null }
    return { ...(this.#link?.standing ?? apart), spooledTicks: this.#spool?.count ?? 0 }
  }

  async #close(): Promise<void> {
    this.#cancelInventory()
    this.#inventoryAbort.abort()
    this.#packages?.close()
    this.#ticker?.close()
    await this.#link?.stop('stopped')
    await this.#spool?.close()
    await this.#collector?.close()
  }

  // A tick that is still being taken when the next is due makes that one missing, never late.
  #tick(timeMs: number): void {
    if (!this.#collector || this.#collecting) return
    this.#collecting = true
    const restampedMs = this.#restampedMs
    this.#collector
      .collect(timeMs)
      .then((tick) => this.#keep({ ...tick, timeMs: timeMs + this.#restampedMs - restampedMs }))
      .catch((error: unknown) => this.#options.logger.error({ err: error }, 'a tick failed'))
      .finally(() => (this.#collecting = false))
  }

  #keep(tick: Tick): void {
    const { timeMs, table, values } = tick
    const block = {
      revision: table.revision,
      startMs: timeMs,
      stepMs: this.#options.intervalMs,
      present: ONE_TICK,
      values,
    }
    const payload = encodeBlock(block, this.#writer)
    const gaps = this.#gaps.before(timeMs, this.#hubClock.asleepMs)
    const taken = this.#spool?.append({ timeMs, table, payload, gaps })
    if (taken) this.#link?.sendTick(taken)
    this.#reportDrops()
  }

  // Once a minute of ticks at most: a full spool drops one for each that comes.
  #reportDrops(): void {
    const droppedTicks = this.#spool?.droppedTicks ?? 0
    const isFirst = this.#reportedDrops === 0 && droppedTicks > 0
    if (!isFirst && droppedTicks - this.#reportedDrops < 60) return
    this.#reportedDrops = droppedTicks
    this.#options.logger.warn(
      { droppedTicks },
      'ticks were given up: the hub has been away for longer than the spool holds',
    )
  }

  // Ticks taken before the hub was first heard, or before its clock was set back; they stay whole intervals of it (T8).
  #measured(sample: ClockSample): void {
    const isFirst = !this.#hubClock.isKnown
    const movedMs = this.#hubClock.observe(sample)
    if (movedMs === 0 && !isFirst) return
    const { intervalMs } = this.#options
    const wholeMs = Math.round(movedMs / intervalMs) * intervalMs
    if (wholeMs !== 0) {
      this.#options.logger.info({ movedMs: wholeMs }, "the clock was set to the hub's")
    }
    this.#restampedMs += wholeMs
    this.#gaps.shift(wholeMs)
    this.#spool?.shift(wholeMs, isFirst)
    this.#ticker?.restamp(wholeMs)
  }

  #createSpool(bootId: string): Spool {
    const { intervalMs: stepMs, spool, logger } = this.#options
    const clock = this.#clock
    return new Spool({
      stepMs,
      clock,
      logger,
      disk: new DiskQueue({ ...spool, stepMs, clock, logger }),
      segmentClock: () => ({
        isHubs: this.#hubClock.isKnown,
        bootId,
        leadMs: Math.round(this.#hubClock.nowMs() - clock.bootMs()),
      }),
    })
  }

  #takeStock(): void {
    readInventory(this.#options.agentVersion, this.#inventoryAbort.signal)
      .then((inventory) => {
        if (this.#closing) return
        this.#link?.sendInventory({ hash: inventoryHash(inventory), inventory })
      })
      .catch((error: unknown) => this.#options.logger.warn({ err: error }, 'no inventory'))
      .finally(() => {
        if (this.#closing) return
        this.#cancelInventory = this.#clock.setTimeout(() => this.#takeStock(), INVENTORY_EVERY_MS)
      })
  }
}
