// Owns how the follow-up of an advisory is told: who was mailed and when, who has it, what people did, which hosts are put right,
// and why it concerns none.
import type {
  AdvisoryEntry,
  AdvisoryOwner,
  AdvisoryTold,
  PastVerdict,
  WhyNot,
} from '@vigie/shared/api/advisory'
import { formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import type { MailSays, Speaker } from '../incidents/mail-words.ts'
import { spanWords } from './watch-words.ts'

/** From the first mail to the last; less is one moment. */
const SPREAD_MS = 60_000

/** `Mailed 12:16:43 to 3, 5 s after it was read` */
export function toldSays(told: AdvisoryTold, speaker: Speaker): MailSays {
  const { t, locale, nowMs } = speaker
  const { what, isDigest, learntMs, writtenMs, mails, delivered, failed, firstMs, lastMs } = told
  const number = (value: number) => fixed(value, 0, locale)
  const moment = (timeMs: number) => formatMoment(timeMs, nowMs, locale)
  if (writtenMs === null) {
    return { mark: 'waits', text: isDigest ? t('cert:toldNextDigest') : t('cert:toldSoon') }
  }
  if (mails === 0) return { mark: 'none', text: t('cert:toldNobody', { time: moment(writtenMs) }) }
  const words = t(isDigest ? 'cert:toldDigest' : `cert:told_${what}`, {
    time: moment(firstMs ?? writtenMs),
    number: number(mails),
  })
  const parts = [words]
  if (firstMs !== null && what === 'added' && !isDigest) {
    parts.push(t('cert:toldAfter', { span: spanWords(firstMs - learntMs, locale) }))
  }
  if (firstMs !== null && lastMs !== null && lastMs - firstMs >= SPREAD_MS) {
    parts.push(t('cert:toldLast', { time: moment(lastMs) }))
  }
  const waiting = mails - delivered - failed
  if (waiting > 0) parts.push(t('cert:toldWaiting', { count: waiting, number: number(waiting) }))
  if (failed > 0) parts.push(t('cert:toldFailed', { count: failed, number: number(failed) }))
  return { mark: failed > 0 ? 'bad' : waiting > 0 ? 'waits' : 'ok', text: parts.join(', ') }
}

/** Who has it, since when. */
export function ownerWords({ name, sinceMs }: AdvisoryOwner, speaker: Speaker): string {
  const { t, locale, nowMs } = speaker
  return t('cert:owned', { name, time: formatMoment(sinceMs, nowMs, locale) })
}

/** `Ada handed it over to platform` */
export function entryWords({ kind, who, to, state }: AdvisoryEntry, { t }: Pick<Speaker, 't'>) {
  if (kind === 'handed-over') return t('cert:entry_handed-over', { name: who, to: to ?? '' })
  if (kind === 'handled' && state) return t(`cert:entry_handled_${state}`, { name: who })
  return t(kind === 'undone' ? 'cert:entry_undone' : 'cert:entry_taken', { name: who })
}

/** What became of the package that made a host be concerned; no more is said than is known. */
export function pastWords({ package: one, goneMs }: PastVerdict, speaker: Speaker): string {
  const { t, locale, nowMs } = speaker
  const time = formatMoment(goneMs, nowMs, locale)
  if (!one || one.now === one.was) return t('cert:pastOther', { time })
  const { name, was, now } = one
  return now === null
    ? t('cert:pastRemoved', { name, was, time })
    : t('cert:pastUpdated', { name, was, now, time })
}

/** Whether the host's own package is what changed. */
export function isUpdated({ package: one }: PastVerdict): boolean {
  return one !== null && one.now !== one.was
}

/** A sentence: that it does not concern these hosts is not known. */
export function uncomparedWords(
  count: number,
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string {
  return t('cert:uncompared', { count, number: fixed(count, 0, locale) })
}

export function whyNotWords(
  { reason, package: one }: WhyNot,
  { t, locale }: Pick<Speaker, 't' | 'locale'>,
): string {
  if (!one) return reason === 'not-installed' ? t('cert:whyNotInstalled') : t('cert:whyNotFound')
  const { name, lowest, highest, hosts } = one
  const words = { name, lowest, count: hosts, number: fixed(hosts, 0, locale) }
  return t(lowest === highest ? 'cert:whyOneVersion' : 'cert:whyVersions', words)
}
