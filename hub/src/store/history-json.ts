// Owns how folded buckets are written as JSON: most of the time that an answer takes goes into its numbers.
import type { HistoryFold } from './history-buckets.ts'

/** The text of a `History` (shared/src/api/host.ts). */
export function historyJson(fold: HistoryFold): Buffer {
  const parts: Buffer[] = []
  const push = (text: string): void => void parts.push(Buffer.from(text))
  push(`${JSON.stringify(fold.times()).slice(0, -1)},"series":[`)
  let separator = ''
  for (const { series, unit, min, mean, max, isSingle } of fold.series()) {
    const means = JSON.stringify(mean)
    const mins = isSingle ? means : JSON.stringify(min)
    const maxs = isSingle ? means : JSON.stringify(max)
    const names = `"series":${JSON.stringify(series)},"unit":${JSON.stringify(unit)}`
    push(`${separator}{${names},"min":${mins},"mean":${means},"max":${maxs}}`)
    separator = ','
  }
  push(']}')
  return Buffer.concat(parts)
}
