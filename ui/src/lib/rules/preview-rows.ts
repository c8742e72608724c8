// Owns what the preview of a rule says: how many are beyond, and each value against the limit, the worst first.
import { formatSeconds } from '@vigie/shared/format/duration'
import type { Condition } from '@vigie/shared/api/rule'
import type { PreviewItem, TrialVerdict } from '@vigie/shared/api/rule-trial'
import { seriesWords } from '@vigie/shared/alerts/series-words'
import { findMeasure } from '@vigie/shared/metrics/derived'
import { formatMetric } from '../format/format-value.ts'
import { UNKNOWN, type Quantity } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import { isYesOrNo } from './usual-limits.ts'

export interface PreviewRow {
  readonly key: string
  readonly hostId: number
  /** The mountpoint, device or sensor; empty where the host is meant. */
  readonly place: string
  readonly quantity: Quantity
  readonly verdict: TrialVerdict
}

const ORDER: Readonly<Record<TrialVerdict, number>> = {
  beyond: 0,
  between: 1,
  clear: 2,
  missing: 3,
}

export function previewRows(
  items: readonly PreviewItem[],
  condition: Condition,
  { locale, yesOrNo }: { locale: Locale; yesOrNo: (isYes: boolean) => string },
): PreviewRow[] {
  const sign = isLowWorse(condition) ? 1 : -1
  const worth = ({ value }: PreviewItem) => (value === null ? Infinity : sign * value)
  return [...items]
    .sort(
      (a, b) => ORDER[a.verdict] - ORDER[b.verdict] || worth(a) - worth(b) || a.hostId - b.hostId,
    )
    .map(({ hostId, series, value, verdict }) => ({
      key: `${hostId} ${series}`,
      hostId,
      place: seriesWords(series, locale),
      quantity: valueQuantity(value, condition, { locale, yesOrNo }),
      verdict,
    }))
}

/** A value of a trial: of the metric, or a span where the condition has none. */
export function valueQuantity(
  value: number | null,
  condition: Condition,
  { locale, yesOrNo }: { locale: Locale; yesOrNo: (isYes: boolean) => string },
): Quantity {
  if (value === null) return UNKNOWN
  if (condition.type !== 'metric') return formatSeconds(value, locale)
  const metric = findMeasure(condition.metric)
  if (isYesOrNo(metric)) return { number: yesOrNo(value > 0), unit: '' }
  return formatMetric(value, metric, locale)
}

/** How many things, and how many hosts they are of, have a verdict. */
export function countVerdict(items: readonly PreviewItem[], verdict: TrialVerdict) {
  const having = items.filter((item) => item.verdict === verdict)
  return { things: having.length, hostIds: [...new Set(having.map(({ hostId }) => hostId))] }
}

function isLowWorse(condition: Condition): boolean {
  return condition.type === 'fills' || (condition.type === 'metric' && condition.operator === '<')
}
