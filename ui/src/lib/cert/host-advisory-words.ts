// Owns how advisories are told on the page of a host: their count at its head, and where its charts mark them.
import type { HostAdvisory } from '@vigie/shared/api/advisory'
import type { Marker } from '../chart/samples.ts'
import { formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import type { Speaker } from '../incidents/mail-words.ts'

/** `2 advisories concern it, 1 to check`; null when there is none. */
export function countWords(
  advisories: readonly HostAdvisory[],
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string | null {
  const concerned = advisories.filter(({ verdict }) => verdict === 'concerned').length
  const toCheck = advisories.length - concerned
  const number = (value: number) => fixed(value, 0, locale)
  const certain = t('cert:hostCount', { count: concerned, number: number(concerned) })
  if (toCheck === 0) return concerned === 0 ? null : certain
  if (concerned === 0) return t('cert:hostToCheck', { count: toCheck, number: number(toCheck) })
  return t('cert:hostCountAnd', { certain, number: number(toCheck) })
}

/** Where an alert became known while the watch looked; notices are too many to be marked. */
export function advisoryMarkers(
  advisories: readonly HostAdvisory[],
  hrefOf: ((reference: string) => string) | undefined,
  { t, locale, nowMs }: Speaker,
): Marker[] {
  return advisories
    .filter(({ advisory }) => advisory.kind === 'alert' && !advisory.isBaseline)
    .map(({ advisory: { reference, title, firstSeenMs } }) => ({
      timeMs: firstSeenMs,
      kind: 'advisory',
      label: t('cert:hostMarker', {
        reference,
        title,
        time: formatMoment(firstSeenMs, nowMs, locale),
      }),
      ...(hrefOf && { href: hrefOf(reference) }),
    }))
}
