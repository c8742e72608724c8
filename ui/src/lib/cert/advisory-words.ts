// Owns what is said of one advisory: its dates, how many vulnerabilities, whom it concerns, and who dealt with it.
import { listed } from '@vigie/shared/alerts/phrase'
import type { Advisory, Handled, HostVerdict } from '@vigie/shared/api/advisory'
import { formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import type { Speaker } from '../incidents/mail-words.ts'
import { spokenDate } from './advisory-dates.ts'
import { isOpenAlert } from './advisory-order.ts'

/** What stands under a title, in the order in which it is read. */
export function factsOf(advisory: Advisory, speaker: Speaker): string[] {
  const { t, locale } = speaker
  const { publishedMs, revisedMs, closedMs, revisions, cves, risks } = advisory
  const date = (timeMs: number) => spokenDate(timeMs, speaker.nowMs, locale)
  const facts = [t('cert:published', { date: date(publishedMs) })]
  if (closedMs !== null) facts.push(t('cert:closed', { date: date(closedMs) }))
  else if (revisedMs !== null && revisedMs !== publishedMs) {
    const number = fixed(revisions.length, 0, locale)
    facts.push(
      revisions.length > 1
        ? t('cert:revisedVersion', { date: date(revisedMs), number })
        : t('cert:revised', { date: date(revisedMs) }),
    )
  }
  if (advisory.isRemoved) facts.push(t('cert:removed'))
  if (cves.length > 0) {
    facts.push(
      t('cert:vulnerabilities', { count: cves.length, number: fixed(cves.length, 0, locale) }),
    )
  }
  if (risks.length > 0) facts.push(listed(risks, { locale, word: 'and', most: 2 }))
  return facts
}

/** `2 hosts concerned, 1 to check`; null where it concerns none. */
export function concernWords(
  { concerned, toCheck }: Pick<Advisory, 'concerned' | 'toCheck'>,
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string | null {
  const number = (value: number) => fixed(value, 0, locale)
  const certain = t('cert:concerned', { count: concerned, number: number(concerned) })
  if (toCheck === 0) return concerned === 0 ? null : certain
  if (concerned === 0) return t('cert:toCheck', { count: toCheck, number: number(toCheck) })
  return t('cert:concernedAnd', { certain, number: number(toCheck) })
}

/** `patched`: somebody says so; `open` and `closed` are of an alert. Null where there is nothing to say. */
export function stateWords(advisory: Advisory, speaker: Speaker): string | null {
  const { t } = speaker
  if (advisory.handled) return t(`cert:handled_${advisory.handled.state}`)
  if (advisory.closedMs !== null) return t('cert:stateClosed')
  if (isOpenAlert(advisory)) return t('cert:stateOpen')
  return advisory.isRemoved ? t('cert:removed') : null
}

/** Who dealt with it, how and when. */
export function handledWords({ state, by, atMs }: Handled, speaker: Speaker): string {
  const { t, locale, nowMs } = speaker
  const time = formatMoment(atMs, nowMs, locale)
  return t(`cert:handledBy_${state}`, { name: by, time })
}

/** Since when it is so, and when the packages that say so were read. */
export function sinceWords({ sinceMs, packagesMs }: HostVerdict, speaker: Speaker): string {
  const { t, locale, nowMs } = speaker
  return t('cert:sinceRead', {
    since: formatMoment(sinceMs, nowMs, locale),
    read: formatMoment(packagesMs, nowMs, locale),
  })
}
