// Owns the series of the host that is open, live and past: it feeds the tiers and tells the page, at most once a frame.
import { untrack } from 'svelte'
import type { Block } from '@vigie/shared/codec/block'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { Gap } from '../chart/samples.ts'
import type { Stretch } from '../chart/time-range.ts'
import { BlockReader } from './block-reader.ts'
import { HistoryLoader, type HistoryRequest } from './history-loader.ts'
import type { Columns, Edges, Tier } from './tier.ts'
import { Tiers, type Wish } from './tiers.ts'
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
  /** Single samples where the step is `intervalMs`, buckets otherwise. */
  history(
    request: HistoryRequest & { intervalMs: number },
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, Columns>>
  snapshot(): Promise<Snapshot | null>
}

/** One published state of the series; a new object each time. */
export interface Frame {
  /** The hub's time that the right edge of live charts stands for. */
  readonly endMs: number
  readonly newestMs: number | null
  readonly newest: Values
  /** Holes that were seen here, while every sample was heard. */
  readonly gaps: readonly Gap[]
  /** Counts the changes of what lies before the newest tick. */
  readonly past: number
}

/** Of single samples: the longest live range of them, and some. */
const SPAN_MS = 3_900_000
/** What is older is surely committed, or late. */
const COMMITTED_MS = 3000
/** Late samples come in numbers: what they change is read again this often at most. */
const LATE_EVERY_MS = 2000
/** How long a host that sends each second may keep the axis waiting before it moves on by itself. */
const QUIET_MS = 1500

export class HostSeries {
  readonly timeline: Timeline
  frame = $state.raw<Frame>({ endMs: 0, newestMs: null, newest: NO_VALUES, gaps: [], past: 0 })
  /** The host's series; replaced only when one appears or goes. */
  keys = $state.raw<readonly string[]>([])
  snapshot = $state.raw<Snapshot | null>(null)
  /** The steps that charts in sight are shown at, the finest first: a wide chart has more points. */
  stepsMs = $state.raw<readonly number[]>([])
  /** Why the history cannot be read, while it cannot. */
  failure = $state<string | null>(null)

  readonly #ports: HostPorts
  readonly #tiers: Tiers
  readonly #loader: HistoryLoader
  readonly #reader = new BlockReader()
  readonly #leave: () => void
  readonly #beat: ReturnType<typeof setInterval>
  /** Every sample since then was heard; null before the first. */
  #heardFromMs: number | null = null
  #late: Stretch | null = null
  #lateAtMs = 0
  #keysChanged = false
  #past = 0
  #publishing = 0

  /** Subscribes before the history is read, so that no second falls between the two. */
  constructor(ports: HostPorts, intervalMs: number) {
    this.#ports = ports
    this.timeline = new Timeline(intervalMs, SPAN_MS)
    this.stepsMs = [intervalMs]
    this.#tiers = new Tiers(this.timeline)
    this.#loader = new HistoryLoader({
      tiers: this.#tiers,
      edgesOf: (tier) => this.#edgesOf(tier),
      fetch: (request, signal) => ports.history({ ...request, intervalMs }, signal),
      onAnswer: (failure) => {
        this.failure = failure
        this.#past++
        this.#publishSoon()
      },
    })
    this.#leave = ports.open({
      onTable: (table) => {
        this.#reader.learn(table)
      },
      onBlock: (bytes) => this.#takeBlock(bytes),
      onSnapshot: (snapshot) => this.#takeSnapshot(snapshot),
      onDropped: () => this.#missed(),
      onReconnect: () => {
        this.#missed()
        void this.#readSnapshot()
      },
    })
    void this.#readSnapshot()
    this.#publishSoon()
    // The axis moves on while nothing arrives; a host that is silent shows as a growing hole.
    this.#beat = setInterval(() => {
      if (ports.hubNowMs() - this.frame.endMs >= QUIET_MS) this.#publishSoon()
    }, QUIET_MS / 3)
  }

  /** What a chart shows from now on; null when it is out of sight. */
  wish(id: string, wish: Wish | null): void {
    this.#loader.wish(id, wish)
    const steps = this.#loader.steps()
    // Charts wish with each second, most often for the same.
    if (steps.length > 0 && steps.join() !== untrack(() => this.stepsMs.join()))
      this.stepsMs = steps
  }

  /** Asks at once for what could not be read. */
  retry(): void {
    this.#loader.retry()
  }

  /** What to draw for a wish now, and whether that is all of it. */
  samplesFor(wish: Wish): { samples: Tier; isWhole: boolean } {
    const samples = this.#tiers.best(wish, (tier) => this.#edgesOf(tier))
    return { samples, isWhole: samples.stepMs === wish.stepMs && this.#isHere(samples, wish) }
  }

  close(): void {
    this.#leave()
    this.#loader.close()
    clearInterval(this.#beat)
    cancelAnimationFrame(this.#publishing)
  }

  #isHere(tier: Tier, { keys, fromMs, toMs }: Wish): boolean {
    return tier.needs(keys[0] ?? '', { fromMs, toMs }, this.#edgesOf(tier)).length === 0
  }

  #edgesOf(tier: Tier): Edges {
    const nowMs = this.#ports.hubNowMs()
    const settledMs = nowMs - COMMITTED_MS
    const { stepMs } = tier
    if (!tier.isRaw) {
      const completeMs = Math.floor(settledMs / stepMs) * stepMs
      return { knownFromMs: Infinity, completeMs, settledMs }
    }
    const knownFromMs =
      this.#heardFromMs === null
        ? Infinity
        : Math.max(this.#heardFromMs, (this.timeline.newestMs ?? 0) - SPAN_MS)
    return { knownFromMs, completeMs: Math.ceil(nowMs / stepMs) * stepMs, settledMs }
  }

  // What came meanwhile is in the history; from the next sample on everything is heard again.
  #missed(): void {
    this.#heardFromMs = null
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
      this.#missed()
      return
    }
    const before = this.timeline.newestMs
    if (this.timeline.merge(run.keys, run.block)) this.#keysChanged = true
    if (before !== null && run.block.startMs <= before) this.#past++
    if (run.block.startMs < this.#ports.hubNowMs() - COMMITTED_MS) this.#takeLate(run.block)
    else this.#heardFromMs ??= run.block.startMs
    this.#publishSoon()
  }

  #takeLate({ startMs, stepMs, present }: Block): void {
    const endMs = startMs + (present.length - 1) * stepMs
    this.#late = {
      fromMs: Math.min(startMs, this.#late?.fromMs ?? Infinity),
      toMs: Math.max(endMs, this.#late?.toMs ?? 0),
    }
  }

  #spoilLate(nowMs: number): void {
    if (!this.#late || nowMs - this.#lateAtMs < LATE_EVERY_MS) return
    for (const tier of this.#tiers.all()) tier.spoil(this.#late)
    this.#late = null
    this.#lateAtMs = nowMs
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
    const endMs = this.#ports.hubNowMs()
    this.#spoilLate(endMs)
    if (this.#keysChanged) this.keys = timeline.keys
    this.#keysChanged = false
    const heardFromMs = this.#heardFromMs ?? Infinity
    this.frame = {
      endMs,
      newestMs: timeline.newestMs,
      newest: timeline.newest(),
      gaps: timeline.gaps().filter(({ fromMs }) => fromMs >= heardFromMs),
      past: this.#past,
    }
  }
}
