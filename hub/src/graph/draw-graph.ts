// Owns a picture as a whole: its heading, then one chart under the other, each with its legend at the right.
import type { EChartsCoreOption } from 'echarts/core'
import { formatDuration } from '@vigie/shared/format/duration'
import { planCharts } from './chart-plan.ts'
import type { ChartPlace } from './chart-axes.ts'
import { chartParts } from './chart-parts.ts'
import { renderSvg } from './echarts-svg.ts'
import { MARGIN_PX, plotWidthPx, type Graph } from './graph.ts'
import { GraphTimes } from './graph-times.ts'
import { fitted, paragraph, text, type Element } from './elements.ts'
import { THEME } from './theme.ts'
import { WORDS } from './words.ts'
import { ZoneClock } from './zone-clock.ts'

const EDGE_PX = 24
const TITLE_PX = 30
const AXIS_PX = 22
const BETWEEN_PX = 20
const BOTTOM_PX = 16
const PLOT_PX = { usual: 150, least: 40 }

/** The picture as SVG. */
export function drawGraph(graph: Graph): string {
  const { style, history } = graph
  const theme = THEME[style.theme]
  const range = new GraphTimes(style.locale, style.zone).range(graph)
  const charts = planCharts(
    graph.metrics,
    history.series.map(({ series }) => series),
    { values: graph.values, locale: style.locale },
  )
  const hasBand = charts.some(({ isStacked, series }) => !isStacked && series.length > 0)
  const top = heading(graph, { range, hasBand })
  const around = TITLE_PX + AXIS_PX + BETWEEN_PX
  const fixedPx = top.heightPx + BOTTOM_PX - BETWEEN_PX + charts.length * around
  const plotPx = Math.max(
    PLOT_PX.least,
    style.heightPx === undefined
      ? PLOT_PX.usual
      : Math.floor((style.heightPx - fixedPx) / charts.length),
  )
  const heightPx = style.heightPx ?? fixedPx + charts.length * plotPx
  const parts = charts.map((chart, index) => {
    const place: ChartPlace = {
      index,
      left: MARGIN_PX.left,
      top: top.heightPx + TITLE_PX + index * (around + plotPx),
      width: plotWidthPx(style.widthPx),
      height: plotPx,
      right: style.widthPx - EDGE_PX,
    }
    return chartParts(graph, chart, place)
  })
  const option: EChartsCoreOption = {
    backgroundColor: style.isTransparent ? 'transparent' : theme.panel,
    textStyle: { fontFamily: 'sans-serif' },
    grid: parts.map(({ grid }) => grid),
    xAxis: parts.map(({ xAxis }) => xAxis),
    yAxis: parts.map(({ yAxis }) => yAxis),
    series: parts.flatMap(({ series }) => series),
    graphic: {
      elements: [...top.elements, ...parts.flatMap(({ elements }) => elements)],
    },
  }
  const title = `${graph.hostName}, ${range}`
  return renderSvg(option, { widthPx: style.widthPx, heightPx, title })
}

interface Heading {
  readonly elements: readonly Element[]
  readonly heightPx: number
}

/** Which host, when, and what a point is; in more lines where the picture is narrow. */
function heading(graph: Graph, { range, hasBand }: { range: string; hasBand: boolean }): Heading {
  const { hostName, style, history } = graph
  const theme = THEME[style.theme]
  const words = WORDS[style.locale]
  const zone = new ZoneClock(style.zone).name(graph)
  const how =
    history.stepMs <= graph.intervalMs
      ? [words.eachSecond]
      : [
          words.eachBucket(formatDuration(history.stepMs, style.locale)),
          ...(hasBand ? [words.band] : []),
        ]
  const left = EDGE_PX
  const widthPx = style.widthPx - 2 * EDGE_PX
  const elements = [
    text(fitted(hostName, 20, widthPx), {
      left,
      middle: 28,
      size: 20,
      weight: 'bold',
      colour: theme.text,
    }),
  ]
  let middle = 33
  for (const line of paragraph([range, zone], 13, widthPx)) {
    elements.push(text(line, { left, middle: (middle += 19), size: 13, colour: theme.text2 }))
  }
  middle += 3
  for (const line of paragraph(how, 11, widthPx)) {
    elements.push(text(line, { left, middle: (middle += 16), size: 11, colour: theme.text3 }))
  }
  return { elements, heightPx: middle + 21 }
}
