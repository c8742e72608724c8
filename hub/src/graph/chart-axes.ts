// Owns the axes of a chart: round values beside it, round times below it.
import { axisLabels, type AxisLabel } from '@vigie/shared/format/axis-labels'
import { formatMetric } from '@vigie/shared/format/format-value'
import { niceAxis, type Axis } from '@vigie/shared/format/nice-ticks'
import type { Metric } from '@vigie/shared/metrics/catalogue'
import { greatest, smallest, type Line } from './chart-lines.ts'
import type { PlannedChart } from './chart-plan.ts'
import { widthOf, type Box, type Element } from './elements.ts'
import type { Graph, GraphStyle } from './graph.ts'
import { GraphTimes } from './graph-times.ts'
import type { Theme } from './theme.ts'
import { ZoneClock } from './zone-clock.ts'

export interface ChartPlace extends Box {
  readonly index: number
  /** Where the legend ends, and what is below the chart. */
  readonly right: number
}

/** What a part of a chart is drawn in. */
export interface Around {
  readonly graph: Graph
  readonly place: ChartPlace
  readonly theme: Theme
}

export const LABEL_PX = 11
const TIME_LABEL_PX = 60

/** The plot, which stands where it is told to whatever is written beside it. */
export function gridOf({ left, top, width, height }: ChartPlace): Element {
  return { left, top, width, height, outerBoundsMode: 'none' }
}

export function valueAxis(
  chart: PlannedChart,
  lines: readonly Line[],
  { graph, place, theme }: Around,
): Element {
  const axis = axisOf(chart, lines)
  const format = (value: number) => formatMetric(value, chart.metric, graph.style.locale)
  // Numbers beside nothing would be made up.
  const written = lines.length === 0 ? [] : axisLabels(axis, format)
  // What goes out is drawn below zero and is no less than nothing.
  const isSigned = !lines.some(({ isBelow }) => isBelow)
  return labelledAxis(axis, isSigned ? signed(axis, written) : written, { place, theme })
}

/** Labels are written without a sign. */
export function signed(axis: Axis, labels: readonly AxisLabel[]): AxisLabel[] {
  return labels.map((label, index) =>
    (axis.ticks[index] ?? 0) < 0 ? { ...label, text: `-${label.text}` } : label,
  )
}

/** A label a tick, or none at all. */
export function labelledAxis(
  axis: Axis,
  written: readonly AxisLabel[],
  { place, theme }: Pick<Around, 'place' | 'theme'>,
): Element {
  const labels = new Map(axis.ticks.map((tick, index) => [tick, written[index]?.text ?? '']))
  return {
    type: 'value',
    gridIndex: place.index,
    min: axis.low,
    max: axis.high,
    axisLine: { show: false },
    // Grid lines stand where ticks would.
    axisTick: { show: false, customValues: axis.ticks },
    splitLine: { show: true, lineStyle: { color: theme.grid } },
    axisLabel: {
      customValues: axis.ticks,
      formatter: (value: number) => labels.get(value) ?? '',
      color: theme.text3,
      fontSize: LABEL_PX,
      margin: 8,
      showMinLabel: true,
      showMaxLabel: true,
      hideOverlap: false,
    },
  }
}

function axisOf(chart: PlannedChart, lines: readonly Line[]): Axis {
  const { metric, isStacked, ceiling } = chart
  let low = 0
  let high = 0
  if (isStacked) {
    const count = lines[0]?.buckets.mean.length ?? 0
    for (let index = 0; index < count; index++) {
      const sum = lines.reduce((total, line) => total + (line.buckets.mean[index] ?? 0), 0)
      high = Math.max(high, sum)
    }
  } else {
    for (const { buckets, isBelow } of lines) {
      const [least, most] = [smallest(buckets.min) ?? 0, greatest(buckets.max) ?? 0]
      low = Math.min(low, isBelow ? -most : least)
      high = Math.max(high, isBelow ? -least : most)
    }
  }
  // Degrees have no natural zero: the axis starts where the data does.
  if (metric.unit === 'Cel' && lines.length > 0) {
    low = Math.min(...lines.map(({ buckets }) => smallest(buckets.min) ?? 0))
  }
  const binary = isBinary(metric)
  if (ceiling !== undefined && high <= ceiling * 1.001)
    return niceAxis(0, high, { binary, ceiling, steps: 3 })
  // Parts that were rounded one by one add up to a hair more than the whole.
  if (metric.unit === '1' && high > 1 && high < 1.02) high = 1
  return niceAxis(low, Math.max(high, low + leastSpan(metric.unit)), { binary, steps: 4 })
}

export function isBinary({ unit, name }: Metric): boolean {
  return unit === 'By' && /memory|paging/.test(name)
}

// An idle machine is drawn as idle: without a least height its noise would fill the chart.
export function leastSpan(unit: string): number {
  if (unit === '1') return 0.05
  if (unit === 's') return 0.001
  return unit.startsWith('By') ? 1000 : 1
}

/** Which time is below a chart, and how it is written. */
interface Times {
  readonly fromMs: number
  readonly toMs: number
  readonly style: Pick<GraphStyle, 'locale' | 'zone'>
}

export function timeAxis({
  graph,
  place,
  theme,
}: Omit<Around, 'graph'> & { readonly graph: Times }): Element {
  const { fromMs, toMs, style } = graph
  const most = Math.max(2, Math.floor(place.width / TIME_LABEL_PX))
  const times = new ZoneClock(style.zone).roundTimes({ fromMs, toMs, most })
  const words = new GraphTimes(style.locale, style.zone).labels(times)
  const toX = (timeMs: number) => place.left + ((timeMs - fromMs) / (toMs - fromMs)) * place.width
  const labels = new Map(
    times
      .map(({ timeMs }, index) => [timeMs, words[index] ?? ''] as const)
      .filter(([timeMs, word]) => toX(timeMs) + widthOf(word, LABEL_PX) / 2 <= place.right),
  )
  const customValues = [...labels.keys()]
  return {
    type: 'value',
    gridIndex: place.index,
    min: fromMs,
    max: toMs,
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
    axisTick: { show: true, length: 4, lineStyle: { color: theme.axis }, customValues },
    splitLine: { show: false },
    axisLabel: {
      customValues,
      formatter: (value: number) => labels.get(value) ?? '',
      color: theme.text3,
      fontSize: LABEL_PX,
      margin: 8,
      hideOverlap: true,
    },
  }
}
