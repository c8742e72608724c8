// Owns what is in sight of a chart as a table for other programs (RFC 4180): one row for each series and moment.
import type { ChartFrame } from './chart-frame.ts'
import type { ChartPlan } from './chart-plan.ts'
import { startOf } from './chart-table.ts'

/** Values in the catalogue's units; a moment without one has no row. */
export function chartCsv(plan: ChartPlan, frame: ChartFrame): string {
  const rows = ['time,series,min,mean,max']
  for (const [series, { key }] of plan.series.entries()) {
    const values = frame.values[series] ?? []
    const band = frame.bands?.[series]
    for (const [index, mean] of values.entries()) {
      const timeMs = startOf(frame, index)
      if (Number.isNaN(mean) || timeMs < frame.window.startMs || timeMs > frame.window.endMs)
        continue
      const min = band?.low[index] ?? mean
      const max = band?.high[index] ?? mean
      rows.push([new Date(timeMs).toISOString(), quoted(key), min, mean, max].join(','))
    }
  }
  return rows.join('\r\n') + '\r\n'
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
