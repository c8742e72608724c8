// Owns one open host: what the hub says of it, its series, and the machine that charts are planned from.
import type { HostDetail, HostSummary } from '@vigie/shared/api/host'
import { untrack } from 'svelte'
import { ApiProblem } from '../api/api-problem.ts'
import { HostHoles, type HolesPort } from './host-holes.svelte.ts'
import { HostSeries, type HostPorts } from './host-series.svelte.ts'
import type { GroupId, Machine } from './plan/host-plan.ts'
import { SeriesIndex } from './series-index.ts'
import { valuesOf, type Values } from './values.ts'

export interface HostPagePorts extends HostPorts, HolesPort {
  detail(): Promise<HostDetail>
  /** Tells of changes of this host's summary, and when some may have been missed. */
  watch(listener: {
    readonly onChanged: (summary: HostSummary) => void
    readonly onMissed: () => void
  }): () => void
}

const RETRY_MS = 5000
/** A value older than so many intervals is shown with its age. */
const STALE_INTERVALS = 5

export class HostPage {
  detail = $state.raw<HostDetail | null>(null)
  problem = $state.raw<ApiProblem | null>(null)
  series = $state.raw<HostSeries | null>(null)
  chosen = $state<Partial<Record<GroupId, string>>>({})
  readonly holes: HostHoles

  readonly #ports: HostPagePorts
  readonly #unwatch: () => void
  #retry: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(ports: HostPagePorts) {
    this.#ports = ports
    this.holes = new HostHoles(ports)
    this.#unwatch = ports.watch({
      onChanged: (summary) => this.#takeSummary(summary),
      onMissed: () => void this.load(),
    })
    void this.load()
  }

  /** Reads the host; on failure it tries again by itself, unless there is no such host. */
  async load(): Promise<void> {
    clearTimeout(this.#retry)
    try {
      const detail = await this.#ports.detail()
      if (this.#closed) return
      this.detail = detail
      this.problem = null
      this.series ??= new HostSeries(this.#ports, detail.intervalMs)
    } catch (cause) {
      if (!(cause instanceof ApiProblem)) throw cause
      if (this.#closed) return
      this.problem = cause
      if (cause.status !== 404) this.#retry = setTimeout(() => void this.load(), RETRY_MS)
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#retry)
    this.#unwatch()
    this.holes.close()
    this.series?.close()
  }

  /** The newest values; those of the last tick that the hub keeps when none is within the hour. */
  readonly values: Values = $derived.by(() => {
    const newest = this.series?.frame.newest
    return newest && newest.size > 0 ? newest : valuesOf(this.detail?.values)
  })

  readonly #index: SeriesIndex = $derived.by(() => {
    const held = this.series?.keys ?? []
    return new SeriesIndex(held.length > 0 ? held : Object.keys(this.detail?.values ?? {}))
  })

  readonly machine: Machine = $derived({
    series: this.#index,
    values: this.values,
    chosen: this.chosen,
  })

  /**
   * What charts are planned from: the same machine, made anew only when series come or go or the reader chooses. A plan
   * depends on values in what does not move by the second (installed memory, the busiest disk).
   */
  readonly planned: Machine = $derived.by(() => ({
    series: this.#index,
    values: untrack(() => this.values),
    chosen: { ...this.chosen },
  }))

  readonly lastSampleMs: number | null = $derived(
    this.series?.frame.newestMs ?? this.detail?.figures?.timeMs ?? null,
  )

  /** How old the newest value is, or null before the first. */
  readonly ageMs: number | null = $derived.by(() => {
    const nowMs = this.series?.frame.endMs ?? 0
    return this.lastSampleMs === null || nowMs === 0 ? null : Math.max(0, nowMs - this.lastSampleMs)
  })

  readonly isStale: boolean = $derived(
    this.ageMs !== null && this.ageMs > STALE_INTERVALS * (this.detail?.intervalMs ?? 1000),
  )

  #takeSummary(summary: HostSummary): void {
    const before = this.detail
    if (!before) return
    this.detail = { ...before, ...summary }
    // What only the detail has (boot time, inventory) may have changed with a new start of the agent.
    const restarted = summary.status === 'up' && before.status !== 'up'
    if (restarted || summary.agentVersion !== before.agentVersion) void this.load()
  }
}
