// Owns what the settings say of the hub: a sentence, and its facts one to a row.
import type { HubState } from '@vigie/shared/api/hub-state'
import { formatDuration } from '../format/duration.ts'
import { formatValue } from '../format/format-value.ts'
import { formatMoment, formatUtc } from '../format/moment.ts'
import { joined } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
  readonly nowMs: number
}

export interface Fact {
  readonly id: string
  readonly name: string
  readonly text: string
  /** The moment that it names, in UTC. */
  readonly hint?: string
}

export function hubLead(
  { problems, database: { oldestMs } }: HubState,
  { t, locale, nowMs }: Speaker,
): string {
  if (problems.length > 0) return t('hub:leadProblems', { count: problems.length })
  if (oldestMs === null) return t('hub:leadEmpty')
  return t('hub:leadWell', { time: formatMoment(oldestMs, nowMs, locale) })
}

export function hubFacts(hub: HubState, { t, locale, nowMs }: Speaker): Fact[] {
  const { sizeBytes, diskFreeBytes, oldestMs } = hub.database
  const size = (bytes: number) => joined(formatValue(bytes, 'By', locale))
  const since = (timeMs: number) => ({
    time: formatMoment(timeMs, nowMs, locale),
    age: formatDuration(wholeMinutes(Math.max(0, nowMs - timeMs)), locale),
  })
  return [
    { id: 'version', name: t('hub:version'), text: hub.version },
    {
      id: 'running',
      name: t('hub:running'),
      text: t('hub:runningSince', since(hub.startedMs)),
      hint: formatUtc(hub.startedMs),
    },
    {
      id: 'keeps',
      name: t('hub:keeps'),
      text: t('hub:keepsFor', { age: formatDuration(hub.retentionMs, locale) }),
    },
    oldestMs === null
      ? { id: 'oldest', name: t('hub:oldest'), text: t('hub:oldestNone') }
      : {
          id: 'oldest',
          name: t('hub:oldest'),
          text: t('hub:oldestAgo', since(oldestMs)),
          hint: formatUtc(oldestMs),
        },
    { id: 'database', name: t('hub:database'), text: size(sizeBytes) },
    { id: 'disk', name: t('hub:diskFree'), text: size(diskFreeBytes) },
  ]
}

// Seconds count in the first minute and distract after it.
function wholeMinutes(spanMs: number): number {
  return spanMs < 60_000 ? spanMs : spanMs - (spanMs % 60_000)
}
