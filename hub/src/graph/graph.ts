// Owns what a picture is made of.
import type { Gap } from '@vigie/shared/api/gap'
import type { GraphTheme } from '@vigie/shared/api/graph'
import type { History } from '@vigie/shared/api/host'
import type { Locale } from '@vigie/shared/format/locale'

export interface GraphStyle {
  readonly theme: GraphTheme
  readonly locale: Locale
  /** IANA name of the time zone in which times are written. */
  readonly zone: string
  readonly widthPx: number
  /** As many as the charts need when left out. */
  readonly heightPx?: number
  readonly isTransparent?: boolean
}

/** What was measured, and what of it was asked for. Plain data: it goes to a thread. */
export interface Graph {
  readonly hostName: string
  readonly fromMs: number
  readonly toMs: number
  readonly intervalMs: number
  /** Metrics and written series. */
  readonly metrics: readonly string[]
  /** The last tick, which tells how much memory and how large a filesystem there is. */
  readonly values: Readonly<Record<string, number>>
  readonly history: History
  readonly gaps: readonly Gap[]
  readonly style: GraphStyle
}

/** What lies between the edge of the picture and its plots. */
export const MARGIN_PX = { left: 78, right: 280 } as const

/** The width of a plot: more points than this say nothing more. */
export function plotWidthPx(widthPx: number): number {
  return widthPx - MARGIN_PX.left - MARGIN_PX.right
}
