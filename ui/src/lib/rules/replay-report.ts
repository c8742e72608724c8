// Owns what a replay found, as the page tells it: a sentence, lanes of when and where, and a line for each time.
import { formatDuration } from '@vigie/shared/format/duration'
import { seriesWords } from '@vigie/shared/alerts/series-words'
import type { RuleDraft } from '@vigie/shared/api/rule'
import type { Episode } from '@vigie/shared/api/rule-trial'
import type { Quantity } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import type { Lane } from '../incidents/lanes.ts'
import { valueQuantity } from './preview-rows.ts'

interface Words {
  readonly locale: Locale
  readonly hostName: (id: number) => string
  readonly yesOrNo: (isYes: boolean) => string
}

export interface EpisodeRow {
  readonly key: string
  readonly hostId: number
  readonly hostName: string
  readonly place: string
  readonly firedMs: number
  /** Null: it went on at the end. */
  readonly lasted: string | null
  readonly worst: Quantity
}

/** The newest first. */
export function episodeRows(
  episodes: readonly Episode[],
  { condition }: RuleDraft,
  words: Words,
): EpisodeRow[] {
  const { locale, hostName } = words
  return [...episodes]
    .sort((a, b) => b.firedMs - a.firedMs)
    .map(({ hostId, series, firedMs, resolvedMs, worst }) => ({
      key: `${hostId} ${series} ${firedMs}`,
      hostId,
      hostName: hostName(hostId),
      place: seriesWords(series, locale),
      firedMs,
      lasted: resolvedMs === null ? null : formatDuration(resolvedMs - firedMs, locale),
      worst: valueQuantity(worst, condition, words),
    }))
}

/** A lane for each host, the one that fired most first. */
export function episodeLanes(
  episodes: readonly Episode[],
  { severity }: Pick<RuleDraft, 'severity'>,
  { locale, hostName }: Pick<Words, 'locale' | 'hostName'>,
): Lane[] {
  const byHost = Object.entries(Object.groupBy(episodes, ({ hostId }) => hostId))
  return byHost
    .map(([id, own = []]) => ({
      id: Number(id),
      name: hostName(Number(id)),
      bars: own.map(({ series, firedMs, resolvedMs }, index) => ({
        id: index,
        severity,
        what: seriesWords(series, locale) || hostName(Number(id)),
        fromMs: firedMs,
        toMs: resolvedMs,
      })),
    }))
    .sort((a, b) => b.bars.length - a.bars.length || a.name.localeCompare(b.name, 'en'))
}
