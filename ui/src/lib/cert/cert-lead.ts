// Owns what the first sentence says: what is open, whom it concerns, and whether the watch can see at all.
import type { Advisory, AdvisoryDetail } from '@vigie/shared/api/advisory'
import type { CertWatch, WatchedSource } from '@vigie/shared/api/cert-watch'
import { fixed } from '../format/number.ts'
import type { Speaker } from '../incidents/mail-words.ts'
import { isToDo } from './advisory-order.ts'

export interface LeadFacts {
  /** Alerts that are open. */
  readonly open: readonly Advisory[]
  /** Of those that concern hosts, with their hosts, as far as they were read. */
  readonly details: readonly AdvisoryDetail[]
  readonly watch: CertWatch | null
}

/** Sentences, in their order. */
export function leadOf(facts: LeadFacts, speaker: Speaker): string[] {
  const { watch, open } = facts
  const { t, locale } = speaker
  if (watch && !watch.sources.some(({ isOn }) => isOn))
    return [t('cert:leadOff'), ...seen(facts, speaker)]
  if (watch && !hasSeen(watch) && open.length === 0) {
    if (isBlind(watch)) return [t('cert:leadNeverSaw')]
    const isRunning = watch.sources.some((source) => source.isRunning)
    return [t(isRunning ? 'cert:leadFirstRun' : 'cert:leadNeverRan')]
  }
  const sentences = seen(facts, speaker)
  const failed = watch ? blindSources(watch) : []
  if (failed.length === 0) return sentences
  const number = fixed(Math.max(...failed.map(({ failedInARow }) => failedInARow)), 0, locale)
  return [...sentences, t('cert:leadBlind', { number })]
}

/** Sources that are on and could not be read the last time. */
export function blindSources({ sources }: CertWatch): WatchedSource[] {
  return sources.filter(({ isOn, failedInARow }) => isOn && failedInARow > 0)
}

function isBlind(watch: CertWatch): boolean {
  return blindSources(watch).length > 0
}

/** It has been able to read a source at some time. */
export function hasSeen({ sources, runs }: CertWatch): boolean {
  return (
    sources.some(
      ({ wellSinceMs, lastChangeMs }) => wellSinceMs !== null || lastChangeMs !== null,
    ) || runs.some(({ outcome }) => outcome !== 'failed')
  )
}

function seen({ open, details, watch }: LeadFacts, { t, locale }: Speaker): string[] {
  const words = (count: number) => ({ count, number: fixed(count, 0, locale) })
  const toDo = open.filter(isToDo)
  const certain = toDo.filter(({ concerned }) => concerned > 0)
  const unclear = toDo.length - certain.length
  const others = open.length - toDo.length
  if (open.length === 0) return [t('cert:leadNone')]
  if (watch?.compared.hosts === 0)
    return [t('cert:leadOpen', words(open.length)), t('cert:leadNoHost')]
  const sentences: string[] = []
  if (certain.length > 0) sentences.push(concernSentence(certain, details, { t, locale }))
  if (unclear > 0) {
    const isFirst = certain.length === 0
    sentences.push(t(isFirst ? 'cert:leadMayConcern' : 'cert:leadToCheck', words(unclear)))
  }
  if (sentences.length === 0) {
    sentences.push(t('cert:leadNobody'))
    const uncompared = watch?.compared.without.length ?? 0
    if (uncompared > 0) sentences.push(t('cert:uncompared', words(uncompared)))
  }
  if (others > 0) {
    const isMore = toDo.length > 0
    sentences.push(t(isMore ? 'cert:leadOthers' : 'cert:leadOpen', words(others)))
  }
  return sentences
}

// How many hosts is known once every one of them was read: a host may be concerned by several.
function concernSentence(
  certain: readonly Advisory[],
  details: readonly AdvisoryDetail[],
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string {
  const alerts = { count: certain.length, number: fixed(certain.length, 0, locale) }
  const read = details.filter(({ reference }) =>
    certain.some((each) => each.reference === reference),
  )
  if (read.length < certain.length) return t('cert:leadConcern', alerts)
  const ids = read.flatMap(({ hosts }) =>
    hosts.filter(({ verdict }) => verdict === 'concerned').map(({ hostId }) => hostId),
  )
  const hosts = new Set(ids).size
  return t('cert:leadConcernHosts', {
    ...alerts,
    hosts: t('cert:hosts', { count: hosts, number: fixed(hosts, 0, locale) }),
  })
}
