// Owns the agent's standing with its hub: connected, serving, or waiting to try again (docs/protocol.md, T9, T10).
import type { Bye, Welcome } from '@vigie/shared/protocol/agent'
import type { Inventory, Snapshot } from '@vigie/shared/protocol/inventory'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import type { Clock } from '../clock/clock.ts'
import type { ClockSample } from '../clock/hub-clock.ts'
import type { Identity } from '../identity/identity-file.ts'
import type { PackageList } from '../inventory/packages/package-list.ts'
import type { Spool, SpooledAs } from '../spool/spool.ts'
import { Backoff } from './backoff.ts'
import { Caution } from './caution.ts'
import { ClockExchange } from './clock-exchange.ts'
import { Connection, type ConnectionEnd, type Introduction } from './connection.ts'
import { Delivery } from './delivery.ts'
import { PackageDelivery } from './package-delivery.ts'

const FLUSH_TIMEOUT_MS = 2_000

/** What this machine is, named by its content. */
export interface NamedInventory {
  readonly hash: string
  readonly inventory: Inventory
}

/** What the link needs of a logger; pino fits. */
export interface LinkLogger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface LinkOptions {
  readonly identity: Identity
  readonly introduction: Introduction
  /** When the process began, as {@link Clock.bootMs} counts. */
  readonly startedBootMs: number
  readonly spool: Spool
  readonly clock: Clock
  readonly logger: LinkLogger
  /** Numbers from 0 to under 1, for the jitter. */
  readonly random?: () => number
  /** A connection was welcomed: earlier clock samples may be of another hub. Precedes its first sample. */
  readonly onWelcome: (welcome: Welcome) => void
  readonly onClockSample: (sample: ClockSample) => void
  /** The hub's time as it is known. */
  readonly hubMs: () => number
}

export interface LinkStanding {
  readonly isConnected: boolean
  /** Since when it is, or is not, in epoch milliseconds of this machine. */
  readonly sinceMs: number
  /** When the hub last acknowledged anything; null: not since the start. */
  readonly lastAckMs: number | null
}

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'connecting'; readonly connection: Connection }
  | {
      readonly at: 'serving'
      readonly connection: Connection
      readonly delivery: Delivery
      readonly packages: PackageDelivery
      readonly clockExchange: ClockExchange
    }
  | { readonly at: 'waiting'; readonly cancel: () => void }
  | { readonly at: 'stopped' }

export class Link {
  readonly #options: LinkOptions
  readonly #backoff: Backoff
  readonly #caution = new Caution()
  #state: State = { at: 'idle' }
  #snapshot: Snapshot | undefined
  #inventory: NamedInventory | undefined
  #inventoryAtHub: string | null = null
  #packages: PackageList | undefined
  #packagesTold: PackageList | undefined
  #arePackagesSuspect = false
  #standing: LinkStanding
  #stopping: Promise<void> | undefined
  #onIdle: () => void = () => undefined
  #onFlushed: () => void = () => undefined

  constructor(options: LinkOptions) {
    this.#options = options
    this.#backoff = new Backoff(options.random)
    this.#standing = { isConnected: false, sinceMs: options.clock.wallMs(), lastAckMs: null }
  }

  /** Where the link stands, for the log and for tests. */
  get at(): State['at'] {
    return this.#state.at
  }

  get standing(): LinkStanding {
    return this.#standing
  }

  start(): void {
    if (this.#state.at === 'idle') this.#connect()
  }

  /** Sends a tick that was just taken, if there is anybody to send it to; the spool has it in any case. */
  sendTick(tick: SpooledAs): void {
    if (this.#state.at === 'serving') this.#state.delivery.live(tick)
  }

  sendSnapshot(snapshot: Snapshot): void {
    this.#snapshot = snapshot
    if (this.#state.at !== 'serving' || this.#caution.isCareful) return
    this.#state.connection.send({ type: 'snapshot', snapshot })
  }

  /** Sends the inventory where the hub has another; kept for the next connections. */
  sendInventory(inventory: NamedInventory): void {
    this.#inventory = inventory
    if (this.#state.at !== 'serving' || this.#caution.isCareful) return
    if (inventory.hash === this.#inventoryAtHub) return
    this.#inventoryAtHub = inventory.hash
    this.#state.connection.send({ type: 'inventory', ...inventory })
  }

  /** Tells what is installed where the hub knows otherwise, and on the next connections; each reading is to be handed in. */
  sendPackages(list: PackageList): void {
    this.#packages = list
    this.#arePackagesSuspect = false
    if (this.#state.at !== 'serving' || this.#caution.isCareful) return
    this.#state.packages.offer(list)
  }

  /** Measures the clock again, now. */
  askTime(): void {
    if (this.#state.at === 'serving') this.#state.clockExchange.restart()
  }

  /** Waits up to 2 s until the hub has what would end with the process, says goodbye and closes. Idempotent. */
  stop(reason: Bye['reason']): Promise<void> {
    this.#stopping ??= this.#stop(reason)
    return this.#stopping
  }

  async #stop(reason: Bye['reason']): Promise<void> {
    const state = this.#state
    if (state.at === 'waiting') state.cancel()
    if (state.at === 'connecting' || state.at === 'serving') {
      const idle = new Promise<void>((resolve) => (this.#onIdle = resolve))
      if (state.at === 'serving') await this.#flush()
      state.connection.send({ type: 'bye', reason })
      state.connection.close('normal')
      await idle
    }
    this.#state = { at: 'stopped' }
  }

  #flush(): Promise<void> {
    if (this.#options.spool.inMemory === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimeout(resolve, FLUSH_TIMEOUT_MS)
      this.#onFlushed = () => {
        cancel()
        resolve()
      }
    })
  }

  #connect(): void {
    const { identity, introduction, startedBootMs, clock } = this.#options
    const connection = new Connection({
      url: new URL(identity.hubUrl),
      hubFingerprint: identity.hubFingerprint,
      keys: identity,
      introduction,
      startedBootMs,
      clock,
      onWelcome: (welcome, sample) => this.#serve(connection, welcome, sample),
      onAck: (frames) => this.#acknowledged(frames),
      onClock: (sample) => this.#measured(sample),
      onEnd: (end) => this.#ended(end),
    })
    this.#state = { at: 'connecting', connection }
  }

  #serve(connection: Connection, welcome: Welcome, sample: ClockSample): void {
    const { spool, clock, logger, onWelcome, onClockSample, hubMs } = this.#options
    logger.info({ hub: this.#options.identity.hubUrl, host: welcome.name }, 'welcome at the hub')
    this.#inventoryAtHub = welcome.inventoryHash
    onWelcome(welcome)
    // Before the first block goes out: it may move every tick in the spool to the hub's clock.
    onClockSample(sample)
    const delivery = new Delivery({
      connection,
      spool,
      clock,
      caution: this.#caution,
      hubMs,
      onFailed: (error) => {
        logger.warn({ err: error }, 'what waits for the hub could not be read')
        connection.close('internal')
      },
    })
    const packages = new PackageDelivery({
      connection,
      clock,
      random: this.#options.random ?? Math.random,
      hashAtHub: welcome.packagesHash,
      told: this.#packagesTold,
      onTold: (list) => (this.#packagesTold = list),
    })
    const clockExchange = new ClockExchange(clock, () => connection.askTime())
    this.#state = { at: 'serving', connection, delivery, packages, clockExchange }
    this.#standing = { ...this.#standing, isConnected: true, sinceMs: clock.wallMs() }
    delivery.start()
    if (this.#inventory) this.sendInventory(this.#inventory)
    if (this.#snapshot) this.sendSnapshot(this.#snapshot)
    if (this.#packages && !this.#arePackagesSuspect) this.sendPackages(this.#packages)
  }

  #acknowledged(frames: number): void {
    if (this.#state.at !== 'serving') return
    this.#state.delivery.acknowledged(frames)
    this.#standing = { ...this.#standing, lastAckMs: this.#options.clock.wallMs() }
    if (this.#options.spool.inMemory === 0) this.#onFlushed()
  }

  #measured(sample: ClockSample): void {
    this.#options.onClockSample(sample)
    if (this.#state.at !== 'serving') return
    this.#state.clockExchange.answered()
    this.#state.packages.answered()
  }

  #ended(end: ConnectionEnd): void {
    if (this.#state.at === 'serving') {
      const sinceMs = this.#options.clock.wallMs()
      this.#standing = { ...this.#standing, isConnected: false, sinceMs }
      this.#state.delivery.close()
      this.#state.clockExchange.close()
      this.#state.packages.close()
      if (REFUSED_FRAMES.has(end.code)) {
        // P7: they wait for the next reading, as sending them again might be all that this agent does.
        this.#arePackagesSuspect ||= this.#state.packages.hasSent
        this.#suspect(this.#state.delivery)
      }
    }
    if (this.#stopping) {
      this.#state = { at: 'stopped' }
      this.#onFlushed()
      this.#onIdle()
      return
    }
    // What the hub refused it will refuse again: only a connection that ended otherwise starts the waits over (T10).
    if (end.wasWelcome && !REFUSALS.has(end.code)) this.#backoff.startOver()
    const delayMs = this.#backoff.delayMs(end.retry)
    this.#log(end, delayMs)
    const cancel = this.#options.clock.setTimeout(() => this.#connect(), delayMs)
    this.#state = { at: 'waiting', cancel }
  }

  // T11: what the hub refuses for ever would keep all that is behind it.
  #suspect({ sent }: Delivery): void {
    const { logger, spool } = this.#options
    const [frame] = sent
    if (!this.#caution.refused(sent) || !frame) return
    const { startMs, gaps, acknowledge } = frame
    acknowledge()
    spool.giveUp({ timeMs: startMs, gaps })
    logger.warn({ timeMs: startMs }, 'the hub refused one tick again and again: it is given up')
  }

  #log(end: ConnectionEnd, delayMs: number): void {
    const { code, name: close, detail } = end
    const advice = ADVICE[code]
    this.#options.logger.warn(
      { code, close, detail, retryInMs: delayMs, spooledTicks: this.#options.spool.count },
      `connection to the hub over: ${end.meaning}${advice ? `. ${advice}` : ''}`,
    )
  }
}

const REFUSALS: ReadonlySet<number> = new Set(
  [CLOSE.malformed, CLOSE.outOfOrder, CLOSE.tooLarge, CLOSE.rateLimited].map(({ code }) => code),
)

/** Why a hub closes for what it was sent. */
const REFUSED_FRAMES: ReadonlySet<number> = new Set(
  [CLOSE.malformed, CLOSE.tooLarge].map(({ code }) => code),
)

// An agent that runs keeps the identity that it started with; install starts the service anew.
const JOIN_ANEW =
  'run: vigie-agent install URL TOKEN --force (where it is no service: vigie-agent join URL TOKEN --force, then start it anew)'

const ADVICE: Readonly<Record<number, string>> = {
  [CLOSE.duplicateIdentity.code]:
    `If this machine is a clone, make a token at the hub and ${JOIN_ANEW}`,
  [CLOSE.revoked.code]: `Make a token for this host at the hub and ${JOIN_ANEW}`,
  [CLOSE.unknownAgent.code]: `Make a token at the hub and ${JOIN_ANEW}`,
}
