// Owns the sentences about one incident: since when, for how long, and why it is over.
import { resolvedWords } from '@vigie/shared/alerts/incident-words'
import type { Incident, ResolvedWhy } from '@vigie/shared/api/incident'
import { formatDuration } from '../format/duration.ts'
import { formatMoment } from '../format/moment.ts'
import type { Speaker } from './mail-words.ts'

/** Seconds count in the first minute and distract after it. */
export function agePhrase(spanMs: number, locale: Speaker['locale']): string {
  const span = Math.max(0, spanMs)
  return formatDuration(span < 60_000 ? span : span - (span % 60_000), locale)
}

/** How long it has lasted, from when the value was first beyond. */
export function lastedMs({ sinceMs, resolvedMs }: Incident, nowMs: number): number {
  return Math.max(0, (resolvedMs ?? nowMs) - sinceMs)
}

/** `Since 14:07:32, for 24 min.`, or from when to when. */
export function whenSentence(incident: Incident, { t, locale, nowMs }: Speaker): string {
  const { sinceMs, resolvedMs, resolvedWhy } = incident
  const from = formatMoment(sinceMs, nowMs, locale)
  if (resolvedWhy === 'over') return t('incidents:atMoment', { time: from })
  const age = agePhrase(lastedMs(incident, nowMs), locale)
  if (resolvedMs === null) return t('incidents:sinceFor', { time: from, age })
  return t('incidents:fromToFor', { from, to: formatMoment(resolvedMs, nowMs, locale), age })
}

/** `Over: the value is clear again.`; null while it is open, and of what was of a moment. */
export function overSentence({ resolvedWhy }: Incident, { t, locale }: Omit<Speaker, 'nowMs'>) {
  if (resolvedWhy === null || resolvedWhy === 'over') return null
  return t('incidents:over', { why: resolvedWords(resolvedWhy, locale) })
}

const ENDED = {
  cleared: 'incidents:endedCleared',
  returned: 'incidents:endedReturned',
  gone: 'incidents:endedGone',
  'rule-changed': 'incidents:endedRuleChanged',
  retired: 'incidents:endedRetired',
  revoked: 'incidents:endedRevoked',
  over: 'incidents:endedOver',
} as const satisfies Record<ResolvedWhy, string>

/** What ended it, in a word or two for a table. */
export function endedBy(why: ResolvedWhy | null, t: Speaker['t']): string {
  return why === null ? t('incidents:stillOpen') : t(ENDED[why])
}
