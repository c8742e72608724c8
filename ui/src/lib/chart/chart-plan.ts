// Owns the description of a chart: which series it shows, in which shape, unit and colours.
import type { Unit } from '@vigie/shared/metrics/catalogue'

/** A token of the data palette, without its dashes. */
export type DataColour = `data-${1 | 2 | 3 | 4 | 5 | 6 | 7}`

export interface ChartSeries {
  readonly key: string
  readonly label: string
  readonly colour: DataColour
  /** Drawn below the zero line, for what goes out where the others come in. */
  readonly below?: boolean
  readonly dashed?: boolean
}

export interface ChartPlan {
  /** Unique on the page and stable: it names the chart in tests and in the address. */
  readonly id: string
  readonly title: string
  /** What the numbers are, shown beside the title: "% of 8 cores". */
  readonly note: string
  readonly unit: Unit
  /** Lines, parts that make a whole, or one row of colour for each series. */
  readonly shape: 'lines' | 'stack' | 'heat'
  readonly series: readonly ChartSeries[]
  /** The top of the axis when it has a natural one (installed memory, all of the time). */
  readonly ceiling?: number
  readonly threshold?: { readonly value: number; readonly label: string }
  /** Memory counts in powers of 1024. */
  readonly binary?: boolean
  /** The axis starts where the data does, for degrees. */
  readonly floating?: boolean
}
