// Owns the plot of a mail's picture: which values and times it shows, and where they are on it.
import type { Locale } from '@vigie/shared/format/locale'
import { niceAxis, type Axis } from '@vigie/shared/format/nice-ticks'
import type { Metric } from '@vigie/shared/metrics/catalogue'
import { findMeasure } from '@vigie/shared/metrics/derived'
import type { ChartPainter, IncidentChart } from '../mail/ports.ts'
import { isBinary, leastSpan, type ChartPlace } from './chart-axes.ts'
import { greatest, smallest } from './chart-lines.ts'
import { THEME, type Theme } from './theme.ts'

export type IncidentStyle = Parameters<ChartPainter['drawPng']>[1]

export const INCIDENT_PX = { width: 552, height: 210 } as const

export const PLACE: ChartPlace = {
  index: 0,
  left: 58,
  top: 22,
  width: 486,
  height: 162,
  right: INCIDENT_PX.width,
}
export const RIGHT_PX = PLACE.left + PLACE.width
export const BOTTOM_PX = PLACE.top + PLACE.height

export interface Plot {
  readonly chart: IncidentChart
  readonly metric: Metric
  readonly axis: Axis
  readonly theme: Theme
  readonly locale: Locale
  readonly toX: (timeMs: number) => number
  readonly toY: (value: number) => number
}

export function plotOf(chart: IncidentChart, { theme, locale }: IncidentStyle): Plot {
  const metric = findMeasure(chart.series.split('{', 1)[0] ?? '')
  const axis = axisOf(chart, metric)
  const spanMs = endOf(chart) - chart.fromMs
  return {
    chart,
    metric,
    axis,
    theme: THEME[theme],
    locale,
    toX: (timeMs) => PLACE.left + ((timeMs - chart.fromMs) / spanMs) * PLACE.width,
    toY: (value) => BOTTOM_PX - ((value - axis.low) / (axis.high - axis.low)) * PLACE.height,
  }
}

export function endOf({ fromMs, stepMs, values }: IncidentChart): number {
  return fromMs + Math.max(1, values.length) * stepMs
}

/** Holds the values and the limit. */
function axisOf({ values, threshold }: IncidentChart, metric: Metric): Axis {
  const all = [...values, threshold]
  const [least, most] = [smallest(all) ?? 0, greatest(all) ?? 0]
  const low = metric.unit === 'Cel' ? least : Math.min(0, least)
  // What is nearly full should look nearly full.
  if (metric.unit === '1' && low === 0 && most > 0.5 && most < 1.02) {
    return niceAxis(0, 1, { ceiling: 1 })
  }
  const isCounted = metric.unit.startsWith('{') && metric.step === 1
  const high = Math.max(most, low + leastSpan(metric.unit))
  const steps = isCounted ? Math.min(4, Math.ceil(high - low)) : 4
  return niceAxis(low, high, { binary: isBinary(metric), steps })
}

export function isEmpty({ values }: IncidentChart): boolean {
  return values.every((value) => value === null)
}
