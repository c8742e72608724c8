// Owns what is said of the range in sight: which it is, and what its values are.
import { nameOfRange } from '../chart/time-address.ts'
import type { TimeRange } from '../chart/time-range.ts'
import { formatDuration } from '../format/duration.ts'
import { formatStretch } from '../format/moment.ts'
import type { Locale } from '../i18n/languages.ts'
import type { Say } from './plan/host-plan.ts'

export function rangeWordsOf(
  range: TimeRange,
  { nowMs, say, locale }: { nowMs: number; say: Say; locale: Locale },
): string {
  const name = nameOfRange(range)
  if (name !== null) return say(`range.last.${name}`)
  if (range.kind === 'last') return formatDuration(range.spanMs, locale)
  return say('range.between', { stretch: formatStretch(range, nowMs, locale) })
}

/** What a value stands for: every sample, or the buckets of a step, of which wide charts may have a finer one. */
export function tierWordsOf(
  stepsMs: readonly number[],
  { intervalMs, say, locale }: { intervalMs: number; say: Say; locale: Locale },
): string {
  const step = stepsMs.map((stepMs) => formatDuration(stepMs, locale)).join(' / ')
  return say(stepsMs[0] === intervalMs ? 'range.samples' : 'range.buckets', { step })
}
