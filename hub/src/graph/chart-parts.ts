// Owns one chart of a picture: its axes, lines, bands, holes and legend, as ECharts wants them.
import type { History } from '@vigie/shared/api/host'
import { axisLabels } from '@vigie/shared/format/axis-labels'
import { formatMetric } from '@vigie/shared/format/format-value'
import { niceAxis, type Axis } from '@vigie/shared/format/nice-ticks'
import { joined } from '@vigie/shared/format/quantity'
import { MAX_LINES, type PlannedChart, type PlannedSeries } from './chart-plan.ts'
import { bandOf, linePoints, type Point } from './chart-lines.ts'
import { box, fitted, hatching, text, widthOf, type Box, type Element } from './elements.ts'
import type { Graph } from './graph.ts'
import { GraphTimes } from './graph-times.ts'
import { THEME, type Theme } from './theme.ts'
import { WORDS } from './words.ts'
import { ZoneClock } from './zone-clock.ts'

export interface ChartPlace extends Box {
  readonly index: number
  /** Where the legend ends. */
  readonly right: number
}

export interface ChartParts {
  readonly grid: Element
  readonly xAxis: Element
  readonly yAxis: Element
  readonly series: readonly Element[]
  readonly elements: readonly Element[]
  readonly hasBand: boolean
}

type Buckets = History['series'][number]

/** A series with what was measured of it. */
interface Line extends PlannedSeries {
  readonly buckets: Buckets
}

const LABEL_PX = 11
const TIME_LABEL_PX = 62

export function chartParts(graph: Graph, chart: PlannedChart, place: ChartPlace): ChartParts {
  const theme = THEME[graph.style.theme]
  const lines = linesOf(graph.history, chart)
  const axis = valueAxis(chart, lines)
  const format = (value: number) => formatMetric(value, chart.metric, graph.style.locale)
  const labels = new Map(
    axisLabels(axis, format).map(({ text: label }, index) => [axis.ticks[index], label]),
  )
  const bands = chart.isStacked ? [] : lines.flatMap((line) => band(graph, line, place, theme))
  return {
    grid: { left: place.left, top: place.top, width: place.width, height: place.height },
    xAxis: timeAxis(graph, place, theme),
    yAxis: {
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
    },
    series: [...bands, ...lines.map((line) => drawnLine(graph, chart, line, { place, theme }))],
    elements: [
      ...holes(graph, place, theme),
      ...title(chart, lines.length, { graph, place, theme }),
      ...legend(chart, lines, { graph, place, theme }),
      ...(lines.length === 0 ? [nothing(graph, place, theme)] : []),
    ],
    hasBand: bands.length > 0,
  }
}

/** The lines that are drawn: the highest ones where there are too many, in the order of the plan. */
function linesOf(history: History, chart: PlannedChart): Line[] {
  const byKey = new Map(history.series.map((buckets) => [buckets.series, buckets]))
  const all = chart.series.flatMap((series): Line[] => {
    const buckets = byKey.get(series.key)
    return buckets ? [{ ...series, buckets }] : []
  })
  if (all.length <= MAX_LINES) return all
  const highest = [...all]
    .sort((a, b) => (greatest(b.buckets.max) ?? -Infinity) - (greatest(a.buckets.max) ?? -Infinity))
    .slice(0, MAX_LINES)
  return all.filter((line) => highest.includes(line)).map(recoloured)
}

function recoloured(line: Line, index: number): Line {
  return { ...line, colour: ((index % MAX_LINES) + 1) as Line['colour'] }
}

function valueAxis(chart: PlannedChart, lines: readonly Line[]): Axis {
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
  const binary = metric.unit === 'By' && /memory|paging/.test(metric.name)
  if (ceiling !== undefined && high <= ceiling * 1.001)
    return niceAxis(0, high, { binary, ceiling, steps: 3 })
  return niceAxis(low, high > low ? high : low + leastSpan(metric.unit), { binary, steps: 4 })
}

// A line of nothing but zeros wants an axis of a believable height.
function leastSpan(unit: string): number {
  return unit === '1' ? 0.01 : unit.startsWith('By') ? 1000 : 1
}

function timeAxis(graph: Graph, place: ChartPlace, theme: Theme): Element {
  const { fromMs, toMs, style } = graph
  const most = Math.max(2, Math.floor(place.width / TIME_LABEL_PX))
  const times = new ZoneClock(style.zone).roundTimes({ fromMs, toMs, most })
  const words = new GraphTimes(style.locale, style.zone).labels(times)
  const labels = new Map(times.map(({ timeMs }, index) => [timeMs, words[index] ?? '']))
  const customValues = times.map(({ timeMs }) => timeMs)
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

function drawnLine(
  { history, intervalMs }: Graph,
  chart: PlannedChart,
  line: Line,
  { place, theme }: { place: ChartPlace; theme: Theme },
): Element {
  const colour = theme.data[line.colour]
  return {
    type: 'line',
    name: line.label,
    xAxisIndex: place.index,
    yAxisIndex: place.index,
    silent: true,
    z: 3,
    symbol: 'none',
    data: linePoints(line.buckets.mean, { history, intervalMs, isBelow: line.isBelow }),
    // The edge of a stack would paint over what is thin.
    lineStyle: { color: colour, width: chart.isStacked ? 0 : 1.4, join: 'round' },
    itemStyle: { color: colour },
    emphasis: { disabled: true },
    ...(chart.isStacked && {
      stack: `chart-${place.index}`,
      areaStyle: { color: colour, opacity: 0.75 },
    }),
  }
}

function band(graph: Graph, line: Line, place: ChartPlace, theme: Theme): Element[] {
  const { history, intervalMs } = graph
  const areas = bandOf(line.buckets, { history, intervalMs, isBelow: line.isBelow })
  if (areas.length === 0) return []
  return [
    {
      type: 'custom',
      xAxisIndex: place.index,
      yAxisIndex: place.index,
      silent: true,
      clip: true,
      z: 2,
      encode: { x: 0, y: 1 },
      data: areas.map(([first]) => first),
      renderItem: (params: { dataIndex: number }, api: { coord(point: Point): number[] }) => ({
        type: 'polygon',
        silent: true,
        shape: { points: (areas[params.dataIndex] ?? []).map((point) => api.coord(point)) },
        style: { fill: theme.data[line.colour], opacity: 0.22 },
        emphasisDisabled: true,
      }),
    },
  ]
}

function holes(graph: Graph, place: ChartPlace, theme: Theme): Element[] {
  const { fromMs, toMs } = graph
  const toPx = (timeMs: number) =>
    place.left +
    ((Math.min(Math.max(timeMs, fromMs), toMs) - fromMs) / (toMs - fromMs)) * place.width
  return graph.gaps.flatMap((gap) => {
    const left = toPx(gap.fromMs)
    const area = { left, top: place.top, width: toPx(gap.toMs) - left, height: place.height }
    if (area.width < 1.5) return []
    const reason = WORDS[graph.style.locale].gap[gap.reason]
    return [hatching(area, theme.hatch), ...holeLabel(reason, area, { graph, theme })]
  })
}

// The reason lies along the hole, or upright in it where it is narrow, or is left out where there is no room.
function holeLabel(
  reason: string,
  area: Box,
  { graph, theme }: { graph: Graph; theme: Theme },
): Element[] {
  const width = widthOf(reason, LABEL_PX) + 12
  const isTurned = area.width < width
  if (isTurned && (area.width < 14 || area.height < width)) return []
  const [left, middle] = [area.left + area.width / 2, area.top + area.height / 2]
  const [wide, high] = isTurned ? [16, width] : [width, 16]
  const ground = { left: left - wide / 2, top: middle - high / 2, width: wide, height: high }
  return [
    ...(graph.style.isTransparent ? [] : [box(ground, theme.panel, 4)]),
    text(reason, {
      left,
      middle,
      size: LABEL_PX,
      colour: theme.text3,
      align: 'center',
      turnedBy: isTurned ? Math.PI / 2 : 0,
      z: 5,
    }),
  ]
}

interface Around {
  readonly graph: Graph
  readonly place: ChartPlace
  readonly theme: Theme
}

function title(chart: PlannedChart, shown: number, { graph, place, theme }: Around): Element[] {
  const words = WORDS[graph.style.locale]
  const middle = place.top - 16
  const isCut = chart.series.length > shown && shown > 0
  const note = [chart.note, isCut ? words.someOf(shown, chart.series.length) : '']
    .filter(Boolean)
    .join(', ')
  const right = place.left + place.width
  const notePx = right - 24 - widthOf(chart.title, 15) - 12
  return [
    text(chart.title, { left: 24, middle, size: 14, weight: 'bold', colour: theme.text }),
    text(fitted(note, 12, notePx), {
      left: right,
      middle,
      size: 12,
      align: 'right',
      colour: theme.text3,
    }),
  ]
}

const ROW_PX = 18
const COLUMN_PX = 68

function legend(chart: PlannedChart, lines: readonly Line[], around: Around): Element[] {
  const { graph, place, theme } = around
  const words = WORDS[graph.style.locale]
  const columns = { mean: place.right - COLUMN_PX, max: place.right }
  const left = place.left + place.width + 20
  const head = {
    middle: place.top - 16,
    size: LABEL_PX,
    colour: theme.text3,
    align: 'right',
  } as const
  const figure = (value: number | null) =>
    joined(formatMetric(value, chart.metric, graph.style.locale))
  // A stack reads from the top: so does its legend.
  const ordered = chart.isStacked ? [...lines].reverse() : lines
  const rows = ordered.slice(0, Math.max(1, Math.floor(place.height / ROW_PX)))
  return [
    ...(lines.length > 0
      ? [
          text(words.mean, { ...head, left: columns.mean }),
          text(words.max, { ...head, left: columns.max }),
        ]
      : []),
    ...rows.flatMap((line, index) => {
      const middle = place.top + ROW_PX * (index + 0.5)
      const row = { middle, size: 12, colour: theme.text }
      const labelPx = columns.mean - 62 - (left + 16)
      return [
        ...(line.label === ''
          ? []
          : [box({ left, top: middle - 5, width: 10, height: 10 }, theme.data[line.colour])]),
        text(fitted(line.label, 12, labelPx), { ...row, left: left + 16, colour: theme.text2 }),
        text(figure(mean(line.buckets.mean)), { ...row, left: columns.mean, align: 'right' }),
        text(figure(greatest(line.buckets.max)), { ...row, left: columns.max, align: 'right' }),
      ]
    }),
  ]
}

function nothing(graph: Graph, place: ChartPlace, theme: Theme): Element {
  return text(WORDS[graph.style.locale].noData, {
    left: place.left + place.width / 2,
    middle: place.top + place.height - 14,
    size: 12,
    align: 'center',
    colour: theme.text3,
  })
}

type Numbers = readonly (number | null)[]

function greatest(values: Numbers): number | null {
  return known(values).reduce<number | null>((most, value) => Math.max(most ?? value, value), null)
}

function smallest(values: Numbers): number | null {
  return known(values).reduce<number | null>(
    (least, value) => Math.min(least ?? value, value),
    null,
  )
}

function mean(values: Numbers): number | null {
  const present = known(values)
  const sum = present.reduce((total, value) => total + value, 0)
  return present.length === 0 ? null : sum / present.length
}

function known(values: Numbers): number[] {
  return values.filter((value) => value !== null)
}
