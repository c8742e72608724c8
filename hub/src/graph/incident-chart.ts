// Owns the picture of a mail: one line, the limit that it passed, when that fired, and where nothing was measured.
import type { EChartsCoreOption } from 'echarts/core'
import { axisLabels } from '@vigie/shared/format/axis-labels'
import { formatMetric, formatValue } from '@vigie/shared/format/format-value'
import type { Locale } from '@vigie/shared/format/locale'
import { joined } from '@vigie/shared/format/quantity'
import type { Metric } from '@vigie/shared/metrics/catalogue'
import type { IncidentChart } from '../mail/ports.ts'
import { gridOf, labelledAxis, signed, timeAxis } from './chart-axes.ts'
import { hole } from './chart-holes.ts'
import type { Point } from './chart-lines.ts'
import { renderSvg } from './echarts-svg.ts'
import { dashed, text, triangle, widthOf, type Element } from './elements.ts'
import {
  BOTTOM_PX,
  endOf,
  INCIDENT_PX,
  isEmpty,
  PLACE,
  plotOf,
  RIGHT_PX,
  type IncidentStyle,
  type Plot,
} from './incident-plot.ts'
import { WORDS } from './words.ts'

const LIMIT_PX = 12
/** Narrower holes speak for themselves. */
const LEAST_LABELLED_PX = 110

/** The picture as SVG. */
export function drawIncidentChart(chart: IncidentChart, style: IncidentStyle): string {
  const plot = plotOf(chart, style)
  const { theme, axis } = plot
  const graph = { fromMs: chart.fromMs, toMs: endOf(chart), style }
  const option: EChartsCoreOption = {
    backgroundColor: theme.panel,
    textStyle: { fontFamily: 'sans-serif' },
    grid: gridOf(PLACE),
    xAxis: timeAxis({ graph, place: PLACE, theme }),
    yAxis: labelledAxis(axis, valueLabels(plot), { place: PLACE, theme }),
    series: isEmpty(chart) ? [] : [line(plot)],
    graphic: { elements: [...holes(plot), ...limit(plot), ...mark(plot)] },
  }
  const title = plot.metric.label[style.locale]
  return renderSvg(option, { widthPx: INCIDENT_PX.width, heightPx: INCIDENT_PX.height, title })
}

function valueLabels({ chart, axis, metric, locale }: Plot) {
  // Numbers beside nothing would be made up.
  if (isEmpty(chart)) return []
  return signed(
    axis,
    axisLabels(axis, (value) => formatMetric(value, metric, locale)),
  )
}

function line({ chart, theme }: Plot): Element {
  const colour = theme.data[1]
  return {
    type: 'line',
    silent: true,
    z: 3,
    symbol: 'none',
    data: pointsOf(chart),
    lineStyle: { color: colour, width: 1.5, join: 'round' },
    areaStyle: { color: colour, opacity: 0.12 },
    emphasis: { disabled: true },
  }
}

type Break = [timeMs: number, nothing: '-']

/** A value stands in the middle of its step; the first and the last before a hole reach its edge. */
function pointsOf({ fromMs, stepMs, values }: IncidentChart): (Point | Break)[] {
  return values.flatMap((value, index): (Point | Break)[] => {
    const startMs = fromMs + index * stepMs
    if (value === null) return [[startMs, '-']]
    const points: Point[] = [[startMs + stepMs / 2, value]]
    if ((values[index - 1] ?? null) === null) points.unshift([startMs, value])
    if ((values[index + 1] ?? null) === null) points.push([startMs + stepMs, value])
    return points
  })
}

function holes({ chart, theme, locale, toX }: Plot): Element[] {
  const { fromMs, stepMs, values } = chart
  const elements: Element[] = []
  let begin: number | undefined = values.length === 0 ? 0 : undefined
  for (let index = 0; index <= values.length; index++) {
    const isMissing = index < values.length && values[index] === null
    if (isMissing) begin ??= index
    else if (begin !== undefined) {
      const left = toX(fromMs + begin * stepMs)
      const right = index === values.length ? RIGHT_PX : toX(fromMs + index * stepMs)
      const area = { left, top: PLACE.top, width: right - left, height: PLACE.height }
      const reason = area.width < LEAST_LABELLED_PX ? undefined : WORDS[locale].noData
      elements.push(...hole(area, reason, { theme, style: {} }))
      begin = undefined
    }
  }
  return elements
}

function limit(plot: Plot): Element[] {
  const { chart, metric, theme, locale, toY } = plot
  const { threshold } = chart
  // Of what is so or is not so there is no limit.
  if (threshold === null || metric.unit === '{bool}' || isEmpty(chart)) return []
  const y = Math.round(toY(threshold))
  const words = WORDS[locale].limit(limitText(threshold, metric, locale))
  return [
    dashed([PLACE.left, y, RIGHT_PX, y], theme.warningFill, [5, 3]),
    text(words, {
      left: PLACE.left + 5,
      middle: y + labelOffset(plot, y, widthOf(words, LIMIT_PX)),
      size: LIMIT_PX,
      colour: theme.warning,
      halo: theme.panel,
      z: 6,
    }),
  ]
}

/** Where the label is beside the limit: above, unless it would leave the plot there or lie on the line. */
function labelOffset({ chart, toX, toY }: Plot, y: number, widthPx: number): number {
  const { fromMs, stepMs, values } = chart
  const beside = values.flatMap((value, index) =>
    value !== null && toX(fromMs + index * stepMs) < PLACE.left + widthPx + 10 ? [toY(value)] : [],
  )
  const isFree = (offset: number) =>
    y + offset > PLACE.top &&
    y + offset + LIMIT_PX / 2 < BOTTOM_PX &&
    beside.every((lineY) => Math.abs(lineY - y - offset) > LIMIT_PX * 0.7)
  const [above, below] = [-10, 11]
  if (isFree(above)) return above
  return isFree(below) || y + above < PLACE.top ? below : above
}

// As exact as it was set: a limit of 97.5 % is not 98 %, and one of 85 °C is not measured to a tenth.
function limitText(threshold: number, metric: Metric, locale: Locale): string {
  const { number, unit } =
    metric.unit === '1'
      ? formatValue(threshold, '1', locale, { percentDecimals: 1 })
      : formatMetric(threshold, metric, locale)
  return joined({ number: number.replace(/[.,]0$/, ''), unit })
}

/** When it fired: a line through the plot, and a glyph above it. */
function mark({ chart, theme, toX }: Plot): Element[] {
  const { markMs, fromMs } = chart
  if (markMs === null || markMs < fromMs || markMs > endOf(chart)) return []
  const x = Math.round(toX(markMs))
  return [
    dashed([x, PLACE.top - 4, x, BOTTOM_PX], theme.warningFill, [2, 2]),
    triangle({ left: x - 6, top: 5, width: 12, height: 11 }, theme.warningFill),
  ]
}
