// Owns how the watch is told: how it is, when it looks again, what a run found, and what a failure means.
import { failureWords, sourceName } from '@vigie/shared/advisories/failure-words'
import { capital, listed } from '@vigie/shared/alerts/phrase'
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'
import type {
  CertWatch,
  WatchedSource,
  WatchFailureKind,
  WatchRun,
} from '@vigie/shared/api/cert-watch'
import type { Standing } from '../fleet/standing.ts'
import { formatSeconds } from '../format/duration.ts'
import { formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import { joined } from '../format/quantity.ts'
import { agePhrase } from '../incidents/incident-sentences.ts'
import type { Speaker } from '../incidents/mail-words.ts'

export interface Says {
  readonly standing: Standing
  readonly text: string
}

/** How many times in a row a source may fail before it is more than a hiccup: the administrators are mailed then. */
const MANY_FAILURES = 3

export function watchSays(watch: CertWatch, speaker: Speaker): Says {
  const { t } = speaker
  const on = watch.sources.filter(({ isOn }) => isOn)
  const failing = on.filter(({ failedInARow }) => failedInARow > 0)
  if (on.length === 0) return { standing: 'unknown', text: t('cert:watchOff') }
  if (watch.runs.length === 0) return { standing: 'unknown', text: t('cert:watchNeverRan') }
  if (failing.length > 0) {
    const isLong = failing.some(({ failedInARow }) => failedInARow >= MANY_FAILURES)
    const names = failing.map(({ source }) => sourceName(source, speaker.locale))
    const text = t('cert:watchFails', {
      names: listed(names, { locale: speaker.locale, word: 'and' }),
    })
    return { standing: isLong ? 'crisis' : 'warning', text }
  }
  const isPartly = watch.runs[0]?.outcome === 'partly'
  return isPartly
    ? { standing: 'warning', text: t('cert:watchPartly') }
    : { standing: 'well', text: t('cert:watchWell') }
}

export function sourceSays(source: WatchedSource, speaker: Speaker): Says {
  const { t, locale, nowMs } = speaker
  const { isOn, isRunning, failedInARow, wellSinceMs } = source
  if (!isOn) return { standing: 'unknown', text: t('cert:sourceOff') }
  if (failedInARow > 0) {
    const standing = failedInARow >= MANY_FAILURES ? 'crisis' : 'warning'
    const number = fixed(failedInARow, 0, locale)
    return { standing, text: t('cert:sourceFails', { count: failedInARow, number }) }
  }
  if (isRunning) return { standing: 'well', text: t('cert:sourceRunning') }
  if (wellSinceMs === null) return { standing: 'unknown', text: t('cert:watchNeverRan') }
  const time = formatMoment(wellSinceMs, nowMs, locale)
  return { standing: 'well', text: t('cert:sourceWell', { time }) }
}

/** The soonest of all sources that are on; null when none is to come. */
export function nextRunMs({ sources }: CertWatch): number | null {
  const times = sources.flatMap(({ isOn, nextRunMs: ms }) => (isOn && ms !== null ? [ms] : []))
  return times.length === 0 ? null : Math.min(...times)
}

/** `14:31:38, in 31 s` */
export function nextWords(timeMs: number, { t, locale, nowMs }: Speaker): string {
  const time = formatMoment(timeMs, nowMs, locale)
  if (timeMs <= nowMs) return t('cert:nextNow', { time })
  return t('cert:nextIn', { time, age: agePhrase(timeMs - nowMs, locale) })
}

const STANDINGS = {
  well: 'well',
  partly: 'warning',
  failed: 'crisis',
} as const satisfies Record<WatchRun['outcome'], Standing>

export function runStanding({ outcome }: WatchRun): Standing {
  return STANDINGS[outcome]
}

/** What a run found, or why it could not see. */
export function runWords(run: WatchRun, speaker: Pick<Speaker, 't' | 'locale'>): string {
  const { t } = speaker
  const wrong = run.failures.map(({ kind }) => failureWords(kind, speaker.locale))
  if (run.outcome === 'failed') {
    return t('cert:runFailed', { why: wrong.join(', ') || t('cert:runFailedPlain') })
  }
  const found = foundWords(run, speaker)
  if (run.outcome === 'well') return found
  const by = run.by === 'feed' ? t('cert:runByFeed') : ''
  return [found, by, ...wrong].filter(Boolean).join('; ')
}

function foundWords(
  { added, changed }: WatchRun,
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string {
  const words = (references: readonly string[]) => ({
    count: references.length,
    number: fixed(references.length, 0, locale),
    names: listed(references, { locale, word: 'and', most: 3 }),
  })
  const parts = [
    added.length > 0 ? t('cert:runAdded', words(added)) : '',
    changed.length > 0 ? t('cert:runChanged', words(changed)) : '',
  ].filter(Boolean)
  return parts.length === 0 ? t('cert:runNothing') : parts.join('; ')
}

/** `4.2 s` */
export function tookWords({ tookMs }: WatchRun, { locale }: Pick<Speaker, 'locale'>): string {
  return joined(formatSeconds(tookMs / 1000, locale))
}

/** How long a new alert took from its reading to the first mail that was accepted. */
export function delayWords(
  { medianMs, alerts }: NonNullable<CertWatch['mailDelay']>,
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string {
  return t('cert:watchDelaySays', {
    count: alerts,
    number: fixed(alerts, 0, locale),
    span: spanWords(medianMs, locale),
  })
}

/** `4 s`, `350 ms`. */
export function spanWords(spanMs: number, locale: Speaker['locale']): string {
  return spanMs < 1000 ? joined(formatSeconds(spanMs / 1000, locale)) : agePhrase(spanMs, locale)
}

/** What somebody may do about a failure. */
export function todoWords(kind: WatchFailureKind, { t }: Pick<Speaker, 't'>): string {
  return t(`cert:todo_${kind}`)
}

/** As a line begins. */
export function sourceWords(source: AdvisorySourceId, { locale }: Pick<Speaker, 'locale'>): string {
  return capital(sourceName(source, locale))
}

/** What a check that somebody asked for came to. */
export function checkedWords(
  runs: readonly WatchRun[],
  speaker: Pick<Speaker, 't' | 'locale'>,
): Says {
  const { t, locale } = speaker
  const failed = runs.filter(({ outcome }) => outcome === 'failed')
  const added = runs.flatMap((run) => run.added)
  const changed = runs.flatMap((run) => run.changed)
  const [first] = failed
  if (first) {
    const name = sourceWords(first.source, speaker)
    return {
      standing: 'crisis',
      text: t('cert:checkedFailed', { name, why: runWords(first, speaker) }),
    }
  }
  const count = added.length + changed.length
  const text =
    count === 0
      ? t('cert:checkedNothing')
      : t('cert:checkedFound', {
          added: fixed(added.length, 0, locale),
          changed: fixed(changed.length, 0, locale),
        })
  return { standing: 'well', text }
}

/**
 * Runs that are worth a line, newest first: those that found or failed, and the newest quiet one of each source. Quiet ones between
 * them are in the strip.
 */
export function linesOf(runs: readonly WatchRun[]): WatchRun[] {
  const quiet = new Set<string>()
  return runs.filter((run) => {
    if (run.outcome !== 'well' || run.added.length + run.changed.length > 0) return true
    if (quiet.has(run.source)) return false
    quiet.add(run.source)
    return true
  })
}
