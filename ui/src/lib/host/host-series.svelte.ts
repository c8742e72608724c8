// Owns the live series of the host that is open: it feeds the timeline and tells the page, at most once a frame.
import type { Block } from '@vigie/shared/codec/block'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { Gap } from '../chart/samples.ts'
import { BlockReader } from './block-reader.ts'
import { HistoryFiller } from './history-filler.ts'
import { Timeline } from './timeline.ts'
import { NO_VALUES, type Values } from './values.ts'

/** What the page hears of an open host. */
export interface HostListener {
  onTable(table: { revision: number; keys: string[] }): void
  onBlock(bytes: Uint8Array): void
  onSnapshot(snapshot: Snapshot): void
  onDropped(sinceMs: number): void
  onReconnect(): void
}

/** Where samples come from: the live connection and the hub's history. */
export interface HostPorts {
  hubNowMs(): number
  /** Subscribes; what it returns ends the subscription. */
  open(listener: HostListener): () => void
  history(fromMs: number, toMs: number): Promise<{ keys: readonly string[]; block: Block }[]>
  snapshot(): Promise<Snapshot | null>
}

/** One published state of the series; a new object each time. */
export interface Frame {
  /** The hub's time that the right edge of live charts stands for. */
  readonly endMs: number
  readonly newestMs: number | null
  readonly newest: Values
  readonly gaps: readonly Gap[]
  /** Counts the changes of what lies before the newest tick. */
  readonly past: number
}

const SPAN_MS = 3_600_000
const FIRST_MS = 300_000
/** How long a host that sends each second may keep the axis waiting before it moves on by itself. */
const QUIET_MS = 1500

export class HostSeries {
  readonly timeline: Timeline
  frame = $state.raw<Frame>({ endMs: 0, newestMs: null, newest: NO_VALUES, gaps: [], past: 0 })
  /** The host's series; replaced only when one appears or goes. */
  keys = $state.raw<readonly string[]>([])
  snapshot = $state.raw<Snapshot | null>(null)
  /** The first stretch of history has been read. */
  ready = $state(false)
  /** Why the history cannot be read, while it cannot. */
  failure = $state<string | null>(null)

  readonly #ports: HostPorts
  readonly #reader = new BlockReader()
  readonly #filler: HistoryFiller
  readonly #leave: () => void
  readonly #beat: ReturnType<typeof setInterval>
  #keysChanged = false
  #past = 0
  #publishing = 0

  /** Subscribes before it reads the history, so that no second falls between the two. */
  constructor(ports: HostPorts, intervalMs: number) {
    this.#ports = ports
    this.timeline = new Timeline(intervalMs, SPAN_MS)
    this.#filler = new HistoryFiller({
      fetch: (fromMs, toMs) => this.#fetch(fromMs, toMs),
      onState: (failure) => (this.failure = failure),
    })
    this.#leave = ports.open({
      onTable: (table) => {
        this.#reader.learn(table)
      },
      onBlock: (bytes) => this.#takeBlock(bytes),
      onSnapshot: (snapshot) => this.#takeSnapshot(snapshot),
      onDropped: (sinceMs) => void this.#filler.fill(sinceMs, ports.hubNowMs()),
      onReconnect: () => this.#catchUp(),
    })
    this.#start()
    // The axis moves on while nothing arrives; a host that is silent shows as a growing hole.
    this.#beat = setInterval(() => {
      if (ports.hubNowMs() - this.frame.endMs >= QUIET_MS) this.#publishSoon()
    }, QUIET_MS / 3)
  }

  close(): void {
    this.#leave()
    this.#filler.close()
    clearInterval(this.#beat)
    cancelAnimationFrame(this.#publishing)
  }

  #start(): void {
    const nowMs = this.#ports.hubNowMs()
    void this.#filler.fill(nowMs - FIRST_MS, nowMs).then(() => (this.ready = true))
    void this.#filler.fill(nowMs - SPAN_MS, nowMs - FIRST_MS).then(() => this.#healRecent())
    void this.#readSnapshot()
  }

  #catchUp(): void {
    const nowMs = this.#ports.hubNowMs()
    void this.#filler.fill(this.timeline.newestMs ?? nowMs - SPAN_MS, nowMs)
    void this.#readSnapshot()
  }

  async #readSnapshot(): Promise<void> {
    // The next one comes by itself within seconds, so a failure here needs no words.
    const snapshot = await this.#ports.snapshot().catch(() => null)
    if (snapshot) this.#takeSnapshot(snapshot)
  }

  #takeSnapshot(snapshot: Snapshot): void {
    if (!this.snapshot || snapshot.timeMs > this.snapshot.timeMs) this.snapshot = snapshot
  }

  #takeBlock(bytes: Uint8Array): void {
    const run = this.#reader.read(bytes)
    if (!run) {
      this.#catchUp()
      return
    }
    const before = this.timeline.newestMs
    this.#merge(run.keys, run.block)
    if (before !== null && run.block.startMs <= before) this.#past++
    if (before !== null && run.block.startMs - before > this.timeline.stepMs) this.#healRecent()
  }

  async #fetch(fromMs: number, toMs: number): Promise<void> {
    const runs = await this.#ports.history(Math.floor(fromMs), Math.ceil(toMs))
    for (const { keys, block } of runs) this.#merge(keys, block)
    this.#past++
    this.#publishSoon()
  }

  #merge(keys: readonly string[], block: Block): void {
    if (this.timeline.merge(keys, block)) this.#keysChanged = true
    this.#publishSoon()
  }

  #healRecent(): void {
    const since = this.#ports.hubNowMs() - FIRST_MS
    this.#filler.heal(this.timeline.gaps().filter((gap) => gap.toMs > since))
  }

  // A hidden tab gets no animation frames: nothing is recomputed there, and one frame catches up when it shows.
  #publishSoon(): void {
    if (this.#publishing !== 0) return
    this.#publishing = requestAnimationFrame(() => {
      this.#publishing = 0
      this.#publish()
    })
  }

  #publish(): void {
    const { timeline } = this
    if (this.#keysChanged) this.keys = timeline.keys
    this.#keysChanged = false
    this.frame = {
      endMs: this.#ports.hubNowMs(),
      newestMs: timeline.newestMs,
      newest: timeline.newest(),
      gaps: timeline.gaps(),
      past: this.#past,
    }
  }
}
