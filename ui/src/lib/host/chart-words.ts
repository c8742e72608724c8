// Owns the words and units of the host page's charts.
import { formatValue } from '../format/format-value.ts'
import type { Locale } from '../i18n/languages.ts'
import type { ChartPlan } from '../chart/chart-plan.ts'
import type { Format } from '../chart/legend-rows.ts'
import type { SummaryWords } from '../chart/summary.ts'
import type { Say } from './plan/host-plan.ts'

/** How the numbers of a chart are written. */
export function formatFor({ unit, binary = false }: ChartPlan, locale: Locale): Format {
  return (value) => formatValue(value, unit, locale, { binary })
}

export function summaryWords(say: Say): SummaryWords {
  return {
    line: (parts) => say('summary.line', parts),
    noNow: (parts) => say('summary.noNow', parts),
    whole: (parts) => say('summary.whole', parts),
    nothing: (parts) => say('summary.nothing', parts),
    more: (count) => say('summary.more', { count }),
    total: say('summary.total'),
  }
}
