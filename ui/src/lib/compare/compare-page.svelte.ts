// Owns the comparison that is open: the hosts that it is of, what is known of their series, and what was read of them.
import type { HostDetail, HostSummary } from '@vigie/shared/api/host'
import { untrack } from 'svelte'
import type { TimeView } from '../chart/time-view.svelte.ts'
import { chosenHosts } from './chosen-hosts.ts'
import type { Comparison } from './compare-url.ts'
import { ComparisonData } from './comparison-data.svelte.ts'
import type { Ask } from './fleet-pages.ts'
import { MAX_LINES } from './host-colours.ts'
import { knownSeries, spread } from './known-series.ts'
import { KnownSeries } from './series-choice.ts'
import { SettledOrder } from './settled-order.ts'
import { standingsOf, type Standings } from './standings.ts'

export interface ComparePorts {
  hubNowMs(): number
  readonly history: Ask
  detail(id: number): Promise<Pick<HostDetail, 'values'>>
}

export interface CompareSource {
  readonly fleet: readonly HostSummary[]
  readonly comparison: Comparison
}

/** About one for each pixel; of a row of a heat map one for each few. */
const POINTS = { lines: 800, heat: 300 }
/** How often a live view is read again, at the most: what each host costs the hub is spread over time. */
const REFRESH_MS = 2000
const REFRESH_MS_PER_HOST = 60
/** How long an order stands while numbers move. */
const SETTLED_MS = 10_000

export class ComparePage {
  readonly data: ComparisonData
  /** The hub's time that a live view ends at. */
  nowMs = $state(0)
  /** Null until it was asked for. */
  known = $state.raw<KnownSeries | null>(null)

  readonly #source: () => CompareSource
  readonly #view: TimeView
  readonly #ports: ComparePorts
  readonly #order = new SettledOrder()

  constructor(source: () => CompareSource, view: TimeView, ports: ComparePorts) {
    this.#source = source
    this.#view = view
    this.#ports = ports
    this.data = new ComparisonData(ports.history)
    this.nowMs = ports.hubNowMs()
  }

  readonly hosts: readonly HostSummary[] = $derived.by(() => {
    const { fleet, comparison } = this.#source()
    return chosenHosts(fleet, comparison)
  })

  // A text, so that a status that changes asks nothing of the hub.
  readonly #idsText: string = $derived(this.hosts.map(({ id }) => id).join())
  readonly ids: readonly number[] = $derived(
    this.#idsText === '' ? [] : this.#idsText.split(',').map(Number),
  )
  readonly #chosen: string = $derived.by(() => this.#source().comparison.metric)
  readonly #names: ReadonlyMap<number, string> = $derived(
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced whole
    new Map(this.hosts.map(({ id, name }) => [id, name])),
  )
  readonly isHeat: boolean = $derived(this.ids.length > MAX_LINES)
  readonly intervalMs: number = $derived(
    Math.max(1000, ...this.hosts.map(({ intervalMs }) => intervalMs)),
  )

  readonly standings: Standings | null = $derived.by(() => {
    const { loaded } = this.data
    if (!loaded) return null
    const turn = Math.floor(loaded.query.toMs / SETTLED_MS)
    const isWhole = loaded.lines.length === loaded.query.hosts.length
    return standingsOf(loaded.lines, {
      chosen: loaded.query.chosen,
      nameOf: this.nameOf,
      order: this.#order,
      occasion: `${loaded.query.chosen} ${this.#view.rangeMs} ${turn} ${isWhole}`,
    })
  })

  readonly nameOf = (id: number): string => this.#names.get(id) ?? String(id)

  /** Reads what is in view whenever that changes; for the life of a component. */
  start(): void {
    $effect(() => {
      const asked = spread(this.ids)
      void knownSeries(asked, (id) => this.#ports.detail(id)).then((known) => {
        if (asked.length > 0) this.known = known
      })
    })
    $effect(() => {
      if (this.#view.isLive) this.nowMs = this.#ports.hubNowMs()
    })
    $effect(() => {
      if (this.known) this.#read(this.known)
    })
    $effect(() => {
      if (!this.#view.isLive) return
      const everyMs = Math.max(REFRESH_MS, this.ids.length * REFRESH_MS_PER_HOST)
      const stepMs = this.data.loaded?.stepMs ?? 0
      const timer = setInterval(() => this.#tick(), Math.max(everyMs, Math.min(stepMs, 60_000)))
      return () => clearInterval(timer)
    })
    $effect(() => () => this.data.close())
  }

  /** Reads again what could not be read. */
  retry(): void {
    if (this.known) this.#read(this.known)
  }

  #tick(): void {
    if (document.visibilityState !== 'visible' || this.data.isReading) return
    this.nowMs = this.#ports.hubNowMs()
  }

  #read(known: KnownSeries): void {
    const { ids: hosts, isHeat } = this
    const chosen = this.#chosen
    const stretch = this.#view.stretch(this.nowMs)
    if (hosts.length === 0) return
    const points = isHeat ? POINTS.heat : POINTS.lines
    const query = { metric: known.asked(chosen), chosen, hosts, ...stretch, points }
    untrack(() => this.data.show(query))
  }
}
