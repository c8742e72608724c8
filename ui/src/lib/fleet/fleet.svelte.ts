// Owns what the page knows of the hosts: the list by REST, kept up by the live connection.
import type { HostFigures, HostSummary } from '@vigie/shared/api/host'
import type { Incident } from '@vigie/shared/api/incident'
import type { ApiProblem } from '../api/api-problem.ts'
import { untrack } from 'svelte'
import { worstOf } from '../incidents/incident-order.ts'
import type { FleetListener, LiveConnection } from '../live/live-connection.svelte.ts'
import { RecentCpu } from './recent-cpu.ts'
import { standingOf, type Standing } from './standing.ts'

const NONE: readonly Incident[] = []

type Heard<T extends keyof FleetListener> = Parameters<FleetListener[T]>[0]

/** One host. Its parts change one by one, so that a new figure redraws a figure and not a list. */
export class FleetHost {
  readonly id: number
  readonly recent = new RecentCpu()
  summary: HostSummary = $state.raw() as HostSummary
  figures = $state.raw<HostFigures | null>(null)
  lastSeenMs = $state<number | null>(null)
  /** Those that are open, the most severe first. */
  incidents = $state.raw<readonly Incident[]>([])
  /** Counts the changes of `recent`. */
  recentVersion = $state(0)

  constructor(summary: HostSummary) {
    this.id = summary.id
    this.take(summary)
  }

  get standing(): Standing {
    return standingOf(this.summary, worstOf(this.incidents))
  }

  /** Takes a summary; its figures only where they are newer than those held. */
  take(summary: HostSummary): void {
    this.summary = summary
    this.lastSeenMs = newest(this.lastSeenMs, summary.lastSeenMs)
    if (summary.figures) this.hear(summary.figures)
  }

  hear(figures: HostFigures): void {
    if (this.figures && figures.timeMs <= this.figures.timeMs) return
    this.figures = figures
    this.lastSeenMs = newest(this.lastSeenMs, figures.timeMs)
    this.recent.push(figures.timeMs, figures.cpuRatio, this.summary.intervalMs)
    this.recentVersion++
  }
}

export class Fleet implements FleetListener {
  /** In no order; replaced when hosts come or go. */
  list = $state.raw<readonly FleetHost[]>([])
  /** Counts the moments at which an order by status or by figures may be made anew. */
  version = $state(0)
  /** False until the list was read once. */
  isLoaded = $state(false)
  problem = $state.raw<ApiProblem | null>(null)

  readonly #read: () => Promise<HostSummary[]>
  // Nothing renders from it: `list` and `version` say when it changed.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #byId = new Map<number, FleetHost>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced as a whole
  #incidents: ReadonlyMap<number, readonly Incident[]> = new Map()
  #stop: (() => void) | undefined
  #reading: Promise<void> | undefined

  constructor(read: () => Promise<HostSummary[]>) {
    this.#read = read
  }

  start(live: LiveConnection): void {
    this.#stop ??= live.watchFleet(this)
    void this.refresh()
  }

  /** Forgets everything: somebody else may sign in. */
  stop(): void {
    this.#stop?.()
    this.#stop = undefined
    this.#byId.clear()
    this.list = []
    this.isLoaded = false
    this.problem = null
  }

  host(id: number): FleetHost | undefined {
    return this.#byId.get(id)
  }

  /** Reads the whole list. A failure is kept in `problem`, and what was known stays. */
  refresh(): Promise<void> {
    this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined))
    return this.#reading
  }

  /** What is open of each host; an order by status may be made anew. */
  takeIncidents(byHost: ReadonlyMap<number, readonly Incident[]>): void {
    this.#incidents = byHost
    for (const host of this.#byId.values()) host.incidents = byHost.get(host.id) ?? NONE
    untrack(() => this.version++)
  }

  onHosts({ changed, removed }: Heard<'onHosts'>): void {
    for (const id of removed) this.#byId.delete(id)
    for (const summary of changed) this.#take(summary)
    this.#relist(removed.length > 0)
  }

  onFigures({ hosts }: Heard<'onFigures'>): void {
    for (const { id, lastSeenMs, figures } of hosts) {
      const host = this.#byId.get(id)
      if (!host) continue
      host.lastSeenMs = newest(host.lastSeenMs, lastSeenMs)
      host.hear(figures)
    }
  }

  onRecent({ hosts }: Heard<'onRecent'>): void {
    for (const recent of hosts) {
      const host = this.#byId.get(recent.id)
      if (!host) continue
      host.recent.fill(recent)
      host.recentVersion++
    }
  }

  onReconnect(): void {
    void this.refresh()
  }

  async #readAll(): Promise<void> {
    const wasStarted = this.#stop
    try {
      const summaries = await this.#read()
      if (this.#stop !== wasStarted) return
      const gone = this.#forgetAllBut(summaries.map((summary) => summary.id))
      for (const summary of summaries) this.#take(summary)
      this.isLoaded = true
      this.problem = null
      this.#relist(gone > 0)
    } catch (problem) {
      this.problem = problem as ApiProblem
    }
  }

  // Returns how many were forgotten.
  #forgetAllBut(ids: readonly number[]): number {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- lives for this call only
    const known = new Set(ids)
    const gone = [...this.#byId.keys()].filter((id) => !known.has(id))
    for (const id of gone) this.#byId.delete(id)
    return gone.length
  }

  #take(summary: HostSummary): void {
    const host = this.#byId.get(summary.id)
    if (host) {
      host.take(summary)
      return
    }
    const added = new FleetHost(summary)
    added.incidents = this.#incidents.get(summary.id) ?? NONE
    this.#byId.set(summary.id, added)
  }

  #relist(isShorter: boolean): void {
    if (isShorter || this.#byId.size !== this.list.length) this.list = [...this.#byId.values()]
    this.version++
  }
}

function newest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.max(a, b)
}
