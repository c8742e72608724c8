// Owns the fleet as it stands now, in memory: every host, its status and its latest figures, and who is told of changes.
import { isDeepStrictEqual } from 'node:util'
import type { HostDetail, HostSummary, QuotaKind } from '@vigie/shared/api/host'
import type { RetiredHost } from '@vigie/shared/api/host-change'
import type { Inventory, Snapshot } from '@vigie/shared/protocol/inventory'
import type { AlertHost } from '../alerts/ports.ts'
import type { Clock } from '../clock.ts'
import { HostState, type AgentFacts, type FleetTicks, type HostSeed } from './host-state.ts'
import { RECENT_MS } from './recent-cpu.ts'
import type { Goodbye } from './host-status.ts'

export interface FleetListeners {
  /** Hosts that are new or changed in more than figures, gathered for a moment. */
  onHostsChanged(hosts: readonly HostSummary[]): void
  /** Hosts that are in the fleet no more. */
  onHostsRemoved?(hostIds: readonly number[]): void
  /** A host has newer figures. */
  onFigures(hostId: number): void
}

/** What was stored before this run of the hub. */
export interface FleetHistory {
  runs(query: {
    hostId: number
    fromMs: number
    toMs: number
  }): AsyncIterable<Pick<FleetTicks, 'keys' | 'block'>>
}

/** Changes within this time are told together. */
const GATHER_MS = 100
const REVIEW_EVERY_MS = 1000

/** Has timers, which keep no process alive; {@link Fleet.close} stops them. */
export class Fleet {
  readonly #clock: Clock
  readonly #history: FleetHistory | undefined
  readonly #recalled = new Map<number, Promise<void>>()
  readonly #startedAtMs: number
  readonly #hosts = new Map<number, HostState>()
  readonly #changed = new Set<number>()
  readonly #listeners = new Set<FleetListeners>()
  readonly #reviewTimer: NodeJS.Timeout
  #gatherTimer: NodeJS.Timeout | undefined

  constructor(clock: Clock, history?: FleetHistory) {
    this.#clock = clock
    this.#history = history
    this.#startedAtMs = clock.elapsedMs()
    this.#reviewTimer = setInterval(() => this.review(), REVIEW_EVERY_MS).unref()
  }

  /** Returns the function that ends it. */
  listen(listeners: FleetListeners): () => void {
    this.#listeners.add(listeners)
    return () => this.#listeners.delete(listeners)
  }

  /** Adds a host, or does nothing when it is there. `last` is its newest stored tick. */
  add(seed: HostSeed, last?: FleetTicks): void {
    if (this.#hosts.has(seed.id)) return
    // A hub that died may not have noted that it saw the host, and has its ticks.
    const lastSeenMs = seed.lastSeenMs ?? last?.block.startMs ?? null
    const host = new HostState({ ...seed, lastSeenMs }, this.#clock, this.#startedAtMs)
    if (last) host.tick(last)
    this.#hosts.set(seed.id, host)
    this.#noteChange(seed.id)
  }

  /** But for retired hosts, as everything here that says no other. */
  list(): HostSummary[] {
    return [...this.#listed()].map((host) => host.summary())
  }

  /** Retired ones too. */
  find(id: number): HostSummary | undefined {
    return this.#hosts.get(id)?.summary()
  }

  retired(): RetiredHost[] {
    return [...this.#hosts.values()].flatMap(({ id, seed }) => {
      const { name, tags, retiredMs, lastSeenMs } = seed
      return retiredMs === null ? [] : [{ id, name, tags: [...tags], retiredMs, lastSeenMs }]
    })
  }

  /** Retired ones too. */
  detail(id: number): Promise<HostDetail | undefined> {
    return Promise.resolve(this.#hosts.get(id)?.detail())
  }

  snapshot(id: number): Snapshot | undefined {
    return this.#hosts.get(id)?.snapshot
  }

  /** Of the last minute, oldest first. */
  recentSnapshots(id: number): readonly Snapshot[] {
    return this.#hosts.get(id)?.recentSnapshots.read() ?? []
  }

  /** Retired ones too. */
  *alertHosts(): Iterable<AlertHost> {
    for (const host of this.#hosts.values()) yield host.alertHost
  }

  /** Retired ones too. */
  alertHost(id: number): AlertHost | undefined {
    return this.#hosts.get(id)?.alertHost
  }

  /** The hosts that rules are for: neither retired ones nor those whose agent was revoked. */
  *watchedHosts(): Iterable<AlertHost> {
    for (const host of this.#listed()) if (!host.isRevoked) yield host.alertHost
  }

  watchedHost(id: number): AlertHost | undefined {
    const host = this.#hosts.get(id)
    return host?.isRetired || host?.isRevoked ? undefined : host?.alertHost
  }

  /** Why no rule is for a host any more. */
  leftWhy(id: number): 'retired' | 'revoked' {
    const host = this.#hosts.get(id)
    return host?.isRevoked && !host.isRetired ? 'revoked' : 'retired'
  }

  host(id: number): HostState | undefined {
    return this.#hosts.get(id)
  }

  /**
   * Resolves when the recent CPU of a host holds what was stored of it before this run, which is read once and only
   * when it is asked for: a start must not wait for a thousand hosts.
   */
  recall(id: number): Promise<void> {
    const known = this.#recalled.get(id)
    if (known) return known
    const recalling = this.#recall(id)
    this.#recalled.set(id, recalling)
    // What failed is tried again when it is asked for again.
    recalling.catch(() => this.#recalled.delete(id))
    return recalling
  }

  /** What is to be remembered of each host for the hub's next run. */
  seen(): HostState['seen'][] {
    return [...this.#hosts.values()].map((host) => host.seen)
  }

  /** The boot that each host was last known to be in. */
  boots(): [hostId: number, bootId: string | null][] {
    return [...this.#hosts.values()].map((host) => [host.id, host.bootId])
  }

  /** Returns whether the agent says anything of itself that it did not say before. */
  connected(id: number, facts: AgentFacts): boolean {
    const known = this.#hosts.get(id)?.facts
    this.#change(id, (host) => host.connect(facts))
    // The recent CPU of another interval has other slots, and begins empty.
    if (facts.intervalMs !== known?.intervalMs) this.#recalled.delete(id)
    return !isDeepStrictEqual(known, facts)
  }

  heard(id: number): void {
    this.#change(id, (host) => host.hear())
  }

  ticked(id: number, frame: FleetTicks): void {
    if (!this.#hosts.get(id)?.tick(frame)) return
    for (const listeners of this.#listeners) listeners.onFigures(id)
  }

  said(id: number, goodbye: Goodbye): void {
    this.#change(id, (host) => host.leave(goodbye))
  }

  learnt(id: number, inventory: Inventory): void {
    this.#change(id, (host) => host.learn(inventory))
  }

  tagged(id: number, tags: readonly string[]): void {
    this.#change(id, (host) => host.tag(tags))
  }

  /** What people changed of a host. One that is retired leaves the lists, and one that is so no more comes back. */
  changed(id: number, facts: Parameters<HostState['change']>[0]): void {
    this.#change(id, (host) => host.change(facts))
    if (facts.retiredMs !== undefined && facts.retiredMs !== null) this.#tellRemoved(id)
  }

  /** There is no such host any more. */
  remove(id: number): void {
    if (!this.#hosts.delete(id)) return
    this.#recalled.delete(id)
    this.#tellRemoved(id)
  }

  exceeded(id: number, what: QuotaKind): void {
    this.#hosts.get(id)?.exceed(what)
  }

  showed(id: number, snapshot: Snapshot): void {
    this.#hosts.get(id)?.show(snapshot)
  }

  duplicated(id: number, duplicate: { hostname: string; address: string }): void {
    this.#change(id, (host) => host.meetDuplicate(duplicate))
  }

  /** Judges every status anew; runs by itself every second. */
  review(): void {
    for (const host of this.#listed()) if (host.review()) this.#noteChange(host.id)
  }

  close(): void {
    clearInterval(this.#reviewTimer)
    clearTimeout(this.#gatherTimer)
    this.#listeners.clear()
  }

  async #recall(id: number): Promise<void> {
    const host = this.#hosts.get(id)
    const endMs = host?.figures?.timeMs
    if (!this.#history || !host || endMs === undefined) return
    const query = { hostId: id, fromMs: endMs - RECENT_MS, toMs: endMs }
    for await (const run of this.#history.runs(query)) host.remember(run)
  }

  *#listed(): Iterable<HostState> {
    for (const host of this.#hosts.values()) if (!host.isRetired) yield host
  }

  #tellRemoved(id: number): void {
    this.#changed.delete(id)
    for (const listeners of this.#listeners) listeners.onHostsRemoved?.([id])
  }

  #change(id: number, change: (host: HostState) => boolean): void {
    const host = this.#hosts.get(id)
    if (host && change(host)) this.#noteChange(id)
  }

  #noteChange(id: number): void {
    this.#changed.add(id)
    this.#gatherTimer ??= setTimeout(() => {
      this.#gatherTimer = undefined
      const hosts = [...this.#changed].flatMap((changed) => {
        const host = this.#hosts.get(changed)
        return host && !host.isRetired ? [host.summary()] : []
      })
      this.#changed.clear()
      for (const listeners of this.#listeners) listeners.onHostsChanged(hosts)
    }, GATHER_MS).unref()
  }
}
