// Owns the addresses that a chart is found at: its page as it is now, and its picture as the hub draws it.
import type { ChartPlan } from './chart-plan.ts'
import type { Stretch, TimeRange } from './time-range.ts'

export interface ChartLinks {
  /** The page with this stretch of time, at this chart. */
  readonly page: (plan: ChartPlan, stretch: Stretch) => string
  /** An SVG of it; absent where the hub draws none. */
  readonly svg?: (plan: ChartPlan, stretch: Stretch) => string
  /** The page that compares hosts by what the chart shows; absent where that is this page. */
  readonly compare?: (plan: ChartPlan, range: TimeRange) => string
}

/** Where a chart stands on its page; an address with it opens the page there. */
export function anchorOf({ id }: Pick<ChartPlan, 'id'>): string {
  return `chart-${id}`
}
