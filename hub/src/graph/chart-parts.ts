// Owns one chart of a picture: its lines, bands, holes and legend between its axes, as ECharts wants them.
import { formatMetric } from '@vigie/shared/format/format-value'
import { joined } from '@vigie/shared/format/quantity'
import {
  gridOf,
  LABEL_PX,
  timeAxis,
  valueAxis,
  type Around,
  type ChartPlace,
} from './chart-axes.ts'
import {
  bandOf,
  greatest,
  linePoints,
  linesOf,
  mean,
  type Line,
  type Point,
} from './chart-lines.ts'
import type { PlannedChart } from './chart-plan.ts'
import { hole } from './chart-holes.ts'
import { box, fitted, text, widthOf, type Element } from './elements.ts'
import type { Graph } from './graph.ts'
import { THEME, type Theme } from './theme.ts'
import { WORDS } from './words.ts'

export interface ChartParts {
  readonly grid: Element
  readonly xAxis: Element
  readonly yAxis: Element
  readonly series: readonly Element[]
  readonly elements: readonly Element[]
}

export function chartParts(graph: Graph, chart: PlannedChart, place: ChartPlace): ChartParts {
  const theme = THEME[graph.style.theme]
  const lines = linesOf(graph.history, chart)
  const bands = chart.isStacked ? [] : lines.flatMap((line) => band(graph, line, place, theme))
  return {
    grid: gridOf(place),
    xAxis: timeAxis({ graph, place, theme }),
    yAxis: valueAxis(chart, lines, { graph, place, theme }),
    series: [...bands, ...lines.map((line) => drawnLine(graph, chart, line, { place, theme }))],
    elements: [
      ...holes(graph, place, theme),
      ...title(chart, lines.length, { graph, place, theme }),
      ...legend(chart, lines, { graph, place, theme }),
      ...(lines.length === 0 ? [nothing(graph, place, theme)] : []),
    ],
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
    const { style } = graph
    return hole(area, WORDS[style.locale].gap[gap.reason], { theme, style })
  })
}

function title(chart: PlannedChart, shown: number, { graph, place, theme }: Around): Element[] {
  const words = WORDS[graph.style.locale]
  const middle = place.top - 16
  const isCut = chart.series.length > shown && shown > 0
  const note = [chart.note, isCut ? words.someOf(shown, chart.series.length) : '']
    .filter(Boolean)
    .join(', ')
  const right = place.left + place.width
  // Over the legend stand its headings.
  const name = fitted(chart.title, 14, place.right - 2 * COLUMN_PX - 24)
  const notePx = right - 24 - widthOf(name, 15) - 12
  return [
    text(name, { left: 24, middle, size: 14, weight: 'bold', colour: theme.text }),
    ...(widthOf(note, 12) > notePx
      ? []
      : [text(note, { left: right, middle, size: 12, align: 'right', colour: theme.text3 })]),
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
