// Owns one chart's state between its samples and its components: what is in sight, isolated, told and drawn.
import { untrack } from 'svelte'
import { axisLabels, type AxisLabel } from './axis-labels.ts'
import { buildFrame, type ChartFrame } from './chart-frame.ts'
import type { ChartPlan, DataColour } from './chart-plan.ts'
import { tableRows, type TableRow } from './chart-table.ts'
import { legendRows, type Format, type LegendRow } from './legend-rows.ts'
import { plotWindow, type PlotWindow } from './plot-window.ts'
import type { Gap, Samples } from './samples.ts'
import { summarize, type SummaryWords } from './summary.ts'
import type { TimeView } from './time-view.svelte.ts'

/** What a chart is given by its page; every part is read anew when it changes. */
export interface ChartSource {
  readonly plan: ChartPlan
  readonly view: TimeView
  readonly samples: Samples
  /** A new object for each published state of the samples; `past` counts the changes before their newest. */
  readonly pulse: {
    readonly endMs: number
    readonly newestMs: number | null
    readonly past: number
  }
  readonly gaps: readonly Gap[]
  readonly format: Format
  readonly words: SummaryWords
  readonly rangeWords: string
}

export class ChartState {
  /** In sight: only then is anything computed. */
  visible = $state(false)
  /** CSS pixels of the plot. */
  width = $state(0)
  isolated = $state<string | null>(null)
  asTable = $state(false)
  readonly #source: () => ChartSource
  #kept: ChartFrame | null = null
  #keptOf: PictureOf | null = null
  #keptLegend: { plan: ChartPlan; rows: LegendRow[] } | null = null

  constructor(source: () => ChartSource) {
    this.#source = source
  }

  /** The newest picture; out of sight it stays the last one. */
  readonly frame: ChartFrame | null = $derived.by(() => {
    if (!this.visible || this.width === 0) return this.#kept
    const { plan, samples, pulse, view } = this.#source()
    if (pulse.endMs === 0) return null
    const endMs = view.stretch(pulse.endMs).toMs
    const window = plotWindow(endMs, view.rangeMs, Math.round(this.width * devicePixelRatio))
    const of = { plan, window, isolated: this.isolated, past: pulse.past, endMs, samples }
    if (this.#keptOf && shows(this.#keptOf, of)) return this.#kept
    this.#keptOf = of
    this.#kept = buildFrame(plan, samples, of)
    return this.#kept
  })

  /** The moment that the legend reads: the cursor, else the newest, else the last that is in sight. */
  readonly readMs: number | null = $derived.by(() => {
    const { view, pulse } = this.#source()
    if (view.cursorMs !== null || view.isLive) return view.cursorMs ?? pulse.newestMs
    const { frame } = this
    if (!frame) return null
    const last = Math.max(-1, ...frame.values.map((values) => lastKnown(values)))
    return frame.x[last] ?? null
  })

  /** Out of sight it stays as it was, so that nothing moves when it comes into sight. */
  readonly legend: LegendRow[] = $derived.by(() => {
    const { plan, samples, format } = this.#source()
    if (!this.visible && this.#keptLegend?.plan === plan) return this.#keptLegend.rows
    const { pulse } = this.#source()
    const timeMs = this.readMs
    const valueOf = (key: string) => (timeMs === null ? NaN : samples.valueAt(key, timeMs))
    const rows = legendRows(plan, this.frame, { format, valueOf })
    if (pulse.newestMs !== null) this.#keptLegend = { plan, rows }
    return rows
  })

  readonly labels: AxisLabel[] = $derived.by(() => {
    const { plan, format } = this.#source()
    if (!this.frame) return []
    return plan.shape === 'heat' ? rowLabels(plan) : axisLabels(this.frame.axis, format)
  })

  readonly dots: { colour: DataColour; place: number }[] = $derived.by(() => {
    const { plan, samples, view } = this.#source()
    const { frame } = this
    if (!frame || view.cursorMs === null || plan.shape === 'heat') return []
    const first = frame.x[0] ?? 0
    const index = Math.round((view.cursorMs - first) / samples.stepMs)
    return plan.series.flatMap(({ colour }, series) => {
      const height = frame.heights[series]?.[index] ?? null
      if (height === null) return []
      return [{ colour, place: (height - frame.axis.low) / (frame.axis.high - frame.axis.low) }]
    })
  })

  /** The newest sample is no longer of now: its host is silent, or the hub is away. */
  readonly isStale: boolean = $derived.by(() => {
    const { pulse, samples, view } = this.#source()
    if (!view.isLive) return false
    return (
      pulse.newestMs !== null &&
      pulse.endMs - pulse.newestMs > STALE_STEPS * Math.min(samples.stepMs, LONG_STEP_MS)
    )
  })

  /** Nothing was measured in the range, or is here of it yet, and holes do not say why. */
  readonly isBare: boolean = $derived.by(() => {
    const { gaps } = this.#source()
    const { frame } = this
    if (!frame || frame.some) return false
    const { startMs, endMs } = frame.window
    const holesMs = gaps.reduce(
      (sum, { fromMs, toMs }) =>
        sum + Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs)),
      0,
    )
    return holesMs < NEARLY_ALL * (endMs - startMs)
  })

  readonly threshold: { label: string; place: number } | null = $derived.by(() => {
    const { threshold } = this.#source().plan
    const axis = this.frame?.axis
    if (!threshold || !axis || this.isolated !== null || threshold.value > axis.high) return null
    const place = (threshold.value - axis.low) / (axis.high - axis.low)
    return { label: threshold.label, place }
  })

  readonly summary: string = $derived.by(() => {
    const { plan, words, format, rangeWords } = this.#source()
    return this.frame ? summarize(plan, this.frame, { words, format, range: rangeWords }) : ''
  })

  readonly table: TableRow[] = $derived.by(() => {
    const { plan, format } = this.#source()
    return this.asTable && this.frame ? tableRows(plan, this.frame, format) : []
  })

  /** Watches whether the chart can be seen; an attachment. */
  readonly watch = (node: Element): (() => void) => {
    const observer = new IntersectionObserver(
      (entries) => untrack(() => (this.visible = entries.at(-1)?.isIntersecting ?? false)),
      { rootMargin: '80px' },
    )
    observer.observe(node)
    return () => observer.disconnect()
  }
}

/** What a picture was made of. */
interface PictureOf extends Pick<ChartSource, 'plan' | 'samples'> {
  readonly window: PlotWindow
  readonly endMs: number
  readonly past: number
  readonly isolated: string | null
}

// Over an hour a pixel is six seconds: a new picture each second would cost much and look the same.
function shows(kept: PictureOf, next: PictureOf): boolean {
  return (
    kept.plan === next.plan &&
    kept.samples === next.samples &&
    kept.isolated === next.isolated &&
    kept.window.msPerPx === next.window.msPerPx &&
    kept.past === next.past &&
    Math.abs(next.endMs - kept.endMs) < next.window.msPerPx / 2
  )
}

const STALE_STEPS = 5
const NEARLY_ALL = 0.9
/** A bucket is long; how old the newest sample is does not depend on it. */
const LONG_STEP_MS = 60_000
const MAX_ROW_LABELS = 12

function lastKnown(values: Float64Array): number {
  return values.findLastIndex((value) => !Number.isNaN(value))
}

function rowLabels(plan: ChartPlan): AxisLabel[] {
  const count = plan.series.length
  const stride = Math.ceil(count / MAX_ROW_LABELS)
  return plan.series
    .map(({ label }, row) => ({ text: label, place: 1 - (row + 0.5) / count }))
    .filter((_, row) => row % stride === 0)
}
