// Owns what the menu of a chart does: fills the screen, gives its address, its picture and its numbers.
import { goto } from '$app/navigation'
import type { ChartLinks } from './chart-links.ts'
import type { ChartPlan } from './chart-plan.ts'
import { chartCsv } from './chart-csv.ts'
import { chartPng } from './chart-png.ts'
import type { ChartState } from './chart-state.svelte.ts'
import type { Palette } from './palette.svelte.ts'
import { saveFile } from './save-file.ts'
import type { Stretch } from './time-range.ts'
import type { TimeView } from './time-view.svelte.ts'

export interface ChartAction {
  readonly id: 'full' | 'compare' | 'link' | 'png' | 'svg' | 'csv'
  readonly run: () => void
}

export interface ActionSource {
  readonly plan: ChartPlan
  readonly view: TimeView
  readonly links: ChartLinks | undefined
  readonly rangeWords: string
  /** The chart as it is when something is asked of it. */
  readonly read: () => {
    readonly chart: ChartState
    readonly figure: HTMLElement | undefined
    readonly heads: { now: string; min: string; mean: string; max: string }
    readonly height: number
    readonly palette: Palette
  }
}

export function chartActions(source: ActionSource): ChartAction[] {
  const { plan, view, links } = source
  const stretch = (): Stretch => view.stretch(Math.floor(view.nowMs()))
  const actions: ChartAction[] = [{ id: 'full', run: () => fillScreen(source.read().figure) }]
  if (links?.compare) {
    const { compare } = links
    // eslint-disable-next-line svelte/no-navigation-without-resolve -- resolved by the page
    actions.push({ id: 'compare', run: () => void goto(compare(plan, view.range)) })
  }
  if (links) {
    const run = () => void navigator.clipboard.writeText(links.page(plan, stretch()))
    actions.push({ id: 'link', run })
  }
  actions.push({ id: 'png', run: () => void savePng(source) })
  if (links?.svg) {
    const { svg } = links
    actions.push({ id: 'svg', run: () => window.open(svg(plan, stretch()), '_blank', 'noopener') })
  }
  return [...actions, { id: 'csv', run: () => saveCsv(source) }]
}

function fillScreen(figure: HTMLElement | undefined): void {
  if (document.fullscreenElement) void document.exitFullscreen()
  else void figure?.requestFullscreen()
}

function saveCsv({ plan, read }: ActionSource): void {
  const { frame } = read().chart
  if (frame) saveFile(new Blob([chartCsv(plan, frame)], { type: 'text/csv' }), `${plan.id}.csv`)
}

async function savePng({ plan, rangeWords, read }: ActionSource): Promise<void> {
  const { chart, figure, heads, height, palette } = read()
  const canvas = figure?.querySelector('canvas')
  if (!canvas) return
  const blob = await chartPng({
    title: plan.title,
    caption: rangeWords,
    canvas,
    width: chart.width,
    height,
    labels: chart.labels,
    rows: chart.legend,
    heads: [heads.now, heads.min, heads.mean, heads.max],
    palette,
  })
  if (blob) saveFile(blob, `${plan.id}.png`)
}
