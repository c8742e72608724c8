// Owns what the hub has in memory of one host: facts, last tick, recent figures, and the status that follows.
import { isDeepStrictEqual } from 'node:util'
import type { HostDetail, HostFigures, HostSummary, QuotaKind } from '@vigie/shared/api/host'
import type { Block } from '@vigie/shared/codec/block'
import { fromSteps } from '@vigie/shared/metrics/catalogue'
import { metricOf } from '@vigie/shared/metrics/series'
import type { Inventory, Snapshot } from '@vigie/shared/protocol/inventory'
import type { AlertHost } from '../alerts/ports.ts'
import type { Clock } from '../clock.ts'
import { compileFigures, type FigureReader } from './figures.ts'
import { judgeStatus, type Goodbye, type Verdict } from './host-status.ts'
import { RecentCpu } from './recent-cpu.ts'
import { RecentSnapshots } from './recent-snapshots.ts'

/** A host as the database knows it. */
export interface HostSeed {
  readonly id: number
  readonly name: string
  readonly tags: readonly string[]
  readonly createdMs: number
  readonly bootId: string | null
  readonly agentVersion: string
  readonly intervalMs: number
  readonly inventory: Inventory | null
  readonly lastSeenMs: number | null
  readonly goodbye: Goodbye | null
  readonly revokedMs: number | null
  readonly retiredMs: number | null
}

/** What an agent says of itself when it connects. */
export interface AgentFacts {
  readonly bootId: string
  readonly agentVersion: string
  readonly intervalMs: number
}

/** A frame of ticks with the keys of its columns, and its bytes as they were sent. */
export interface FleetTicks {
  readonly keys: readonly string[]
  readonly block: Block
  readonly bytes: Uint8Array
}

export interface Latest extends FleetTicks {
  /** Index of the block's last tick that was taken. */
  readonly tick: number
  readonly timeMs: number
}

/** How long a duplicate that does not come back is shown, or a quota; those who are refused try again every five minutes. */
const REFUSAL_SHOWN_MS = 15 * 60_000

/** Agents that were refused try again every five minutes (docs/agents.md, A2). */
const COMING_BACK_MS = 6 * 60_000

export class HostState {
  readonly id: number
  #seed: HostSeed
  #lastSeenMs: number | null
  #goodbye: Goodbye | null
  /** By the clock that never jumps; undefined while the host was not heard in this run. */
  #heardAtMs: number | undefined
  /** Of the same clock: until then an agent that may come again is not missed. */
  #awaitedUntilAtMs: number | undefined
  #status: Verdict
  #statusSinceMs: number
  #latest: Latest | undefined
  #figures: HostFigures | null = null
  #readers = new Map<number, FigureReader>()
  #recentCpu: RecentCpu
  #duplicate: { value: NonNullable<HostSummary['duplicate']>; seenAtMs: number } | undefined
  #overQuota: { value: NonNullable<HostDetail['overQuota']>; seenAtMs: number } | undefined
  #snapshot: Snapshot | undefined
  readonly #recentSnapshots = new RecentSnapshots()
  readonly #clock: Clock
  readonly #hubStartedAtMs: number

  /** `hubStartedAtMs` is of the clock's `elapsedMs`. */
  constructor(seed: HostSeed, clock: Clock, hubStartedAtMs: number) {
    this.id = seed.id
    this.#seed = seed
    this.#lastSeenMs = seed.lastSeenMs
    this.#goodbye = seed.goodbye
    this.#clock = clock
    this.#hubStartedAtMs = hubStartedAtMs
    this.#recentCpu = new RecentCpu(seed.intervalMs)
    this.#status = this.#judge()
    this.#statusSinceMs = seed.retiredMs ?? seed.revokedMs ?? seed.lastSeenMs ?? seed.createdMs
  }

  get isRetired(): boolean {
    return this.#seed.retiredMs !== null
  }

  /** The key of its agent is revoked, and no other agent has joined for it. */
  get isRevoked(): boolean {
    return this.#seed.revokedMs !== null
  }

  get seed(): Pick<HostSeed, 'name' | 'tags' | 'createdMs' | 'retiredMs' | 'lastSeenMs'> {
    return { ...this.#seed, lastSeenMs: this.#lastSeenMs }
  }

  get bootId(): string | null {
    return this.#seed.bootId
  }

  get facts(): { bootId: string | null; agentVersion: string; intervalMs: number } {
    const { bootId, agentVersion, intervalMs } = this.#seed
    return { bootId, agentVersion, intervalMs }
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot
  }

  get recentSnapshots(): RecentSnapshots {
    return this.#recentSnapshots
  }

  get figures(): HostFigures | null {
    return this.#figures
  }

  get recentCpu(): RecentCpu {
    return this.#recentCpu
  }

  /** The newest frame of ticks, for a page that opens the host. */
  get latest(): Latest | undefined {
    return this.#latest
  }

  get seen(): { id: number; lastSeenMs: number | null; goodbye: Goodbye | null } {
    return { id: this.id, lastSeenMs: this.#lastSeenMs, goodbye: this.#goodbye }
  }

  get alertHost(): AlertHost {
    const { id, name, intervalMs, tags } = this.#seed
    const [lastSeenMs, goodbye] = [this.#lastSeenMs, this.#goodbye]
    return { id, name, intervalMs, tags, silentForMs: this.#silentForMs(), lastSeenMs, goodbye }
  }

  /** Each of these returns whether what a list shows of the host, besides its figures, has changed. */
  connect(facts: AgentFacts): boolean {
    const { agentVersion, intervalMs } = this.#seed
    if (facts.intervalMs !== intervalMs) this.#recentCpu = new RecentCpu(facts.intervalMs)
    this.#seed = { ...this.#seed, ...facts }
    return facts.agentVersion !== agentVersion || facts.intervalMs !== intervalMs
  }

  hear(): boolean {
    this.#lastSeenMs = this.#clock.nowMs()
    this.#heardAtMs = this.#clock.elapsedMs()
    this.#awaitedUntilAtMs = undefined
    this.#goodbye = null
    return this.#status.status !== 'up' && this.review()
  }

  leave(goodbye: Goodbye): boolean {
    this.#goodbye = goodbye
    return this.review()
  }

  learn(inventory: Inventory): boolean {
    this.#seed = { ...this.#seed, inventory }
    return true
  }

  /** What people changed of it. */
  change(
    facts: Partial<
      Pick<HostSeed, 'name' | 'createdMs' | 'tags' | 'bootId' | 'revokedMs' | 'retiredMs'>
    >,
  ): boolean {
    this.#seed = { ...this.#seed, ...facts }
    if (facts.retiredMs === null || facts.revokedMs === null) this.#await()
    if (facts.retiredMs !== undefined || facts.revokedMs !== undefined) this.review()
    return true
  }

  // What it was heard to say before it was refused is nothing of now.
  #await(): void {
    this.#heardAtMs = undefined
    this.#awaitedUntilAtMs = this.#clock.elapsedMs() + COMING_BACK_MS
  }

  tag(tags: readonly string[]): boolean {
    const isChanged = !isDeepStrictEqual(tags, this.#seed.tags)
    this.#seed = { ...this.#seed, tags }
    return isChanged
  }

  show(snapshot: Snapshot): void {
    this.#snapshot = snapshot
    this.#recentSnapshots.add(snapshot)
  }

  meetDuplicate(duplicate: { hostname: string; address: string }): boolean {
    const sinceMs = this.#duplicate?.value.sinceMs ?? this.#clock.nowMs()
    this.#duplicate = { value: { sinceMs, ...duplicate }, seenAtMs: this.#clock.elapsedMs() }
    return true
  }

  exceed(what: QuotaKind): void {
    const sinceMs = this.#overQuota?.value.sinceMs ?? this.#clock.nowMs()
    this.#overQuota = { value: { sinceMs, what }, seenAtMs: this.#clock.elapsedMs() }
  }

  /** Judges the status anew, as time alone may change it. */
  review(): boolean {
    const shownAtMs = this.#clock.elapsedMs() - REFUSAL_SHOWN_MS
    const isDuplicateGone = this.#duplicate !== undefined && this.#duplicate.seenAtMs < shownAtMs
    if (isDuplicateGone) this.#duplicate = undefined
    if (this.#overQuota && this.#overQuota.seenAtMs < shownAtMs) this.#overQuota = undefined
    const { status, statusReason } = this.#judge()
    if (status === this.#status.status && statusReason === this.#status.statusReason) {
      return isDuplicateGone
    }
    if (status !== this.#status.status) this.#statusSinceMs = this.#clock.nowMs()
    this.#status = { status, statusReason }
    return true
  }

  /** Takes a frame of ticks; returns whether it brought newer figures. */
  tick(frame: FleetTicks): boolean {
    const { block, keys } = frame
    const read = this.#reader(block.revision, keys)
    const cores = this.#seed.inventory?.cpu.logicalCount
    let isNewer = false
    for (let tick = 0; tick < block.present.length; tick++) {
      if (block.present[tick] !== 1) continue
      const figures = read(block, tick, cores)
      this.#recentCpu.add(figures.timeMs, figures.cpuRatio)
      if (this.#latest && figures.timeMs <= this.#latest.timeMs) continue
      this.#latest = { ...frame, tick, timeMs: figures.timeMs }
      this.#figures = figures
      isNewer = true
    }
    return isNewer
  }

  /** Takes ticks of the past into the recent CPU, and nowhere else. */
  remember({ keys, block }: Pick<FleetTicks, 'keys' | 'block'>): void {
    const read = this.#reader(block.revision, keys)
    for (let tick = 0; tick < block.present.length; tick++) {
      if (block.present[tick] !== 1) continue
      const { timeMs, cpuRatio } = read(block, tick)
      this.#recentCpu.add(timeMs, cpuRatio)
    }
  }

  summary(): HostSummary {
    const { id, name, tags, intervalMs, agentVersion, inventory } = this.#seed
    const system = inventory ? `${inventory.os.name} ${inventory.os.version}`.trim() : null
    return {
      id,
      name,
      ...this.#status,
      statusSinceMs: this.#statusSinceMs,
      lastSeenMs: this.#lastSeenMs,
      intervalMs,
      agentVersion,
      system: system === '' ? null : system,
      tags: [...tags],
      duplicate: this.#duplicate?.value ?? null,
      figures: this.#figures,
    }
  }

  detail(): HostDetail {
    const values = this.#latest ? valuesOf(this.#latest) : {}
    const uptimeS = values['system.uptime']
    return {
      ...this.summary(),
      createdMs: this.#seed.createdMs,
      bootId: this.#seed.bootId,
      bootMs:
        this.#latest && uptimeS !== undefined
          ? Math.round(this.#latest.timeMs - uptimeS * 1000)
          : null,
      revokedMs: this.#seed.revokedMs,
      retiredMs: this.#seed.retiredMs,
      overQuota: this.#overQuota?.value ?? null,
      inventory: this.#seed.inventory,
      values,
    }
  }

  #judge(): Verdict {
    const elapsedMs = this.#clock.elapsedMs()
    return judgeStatus({
      lastSeenMs: this.#lastSeenMs,
      silentForMs: this.#silentForMs(),
      goodbye: this.#goodbye,
      isRetired: this.isRetired,
      isRevoked: this.isRevoked,
      isAwaited: elapsedMs < (this.#awaitedUntilAtMs ?? -Infinity),
      intervalMs: this.#seed.intervalMs,
      hubRunsForMs: elapsedMs - this.#hubStartedAtMs,
    })
  }

  #silentForMs(): number | null {
    const sinceAtMs = this.#heardAtMs ?? this.#awaitedUntilAtMs
    return sinceAtMs === undefined ? null : Math.max(0, this.#clock.elapsedMs() - sinceAtMs)
  }

  // The newest few tables are enough: a host has one at a time, and two while a backlog arrives.
  #reader(revision: number, keys: readonly string[]): FigureReader {
    const known = this.#readers.get(revision)
    if (known) return known
    if (this.#readers.size >= 4) this.#readers.clear()
    const reader = compileFigures(keys)
    this.#readers.set(revision, reader)
    return reader
  }
}

function valuesOf({ block, keys, tick }: Latest): Record<string, number> {
  const tickCount = block.present.length
  const values: Record<string, number> = {}
  for (const [index, key] of keys.entries()) {
    const steps = block.values[index * tickCount + tick] ?? NaN
    if (!Number.isNaN(steps)) values[key] = fromSteps(metricOf(key), steps)
  }
  return values
}
