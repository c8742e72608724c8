// Owns how it is said whether a mail arrived: of an incident, of one mail, and of all of them in the first sentence.
import type { Incident } from '@vigie/shared/api/incident'
import type { Mail, MailAttempt, MailSetup } from '@vigie/shared/api/mail'
import { formatSeconds } from '../format/duration.ts'
import { formatHour, formatMoment } from '../format/moment.ts'
import { fixed } from '../format/number.ts'
import { joined } from '../format/quantity.ts'
import type { Locale } from '../i18n/languages.ts'
import type { t as Translate } from '../i18n/i18n.svelte.ts'

export interface Speaker {
  readonly t: typeof Translate
  readonly locale: Locale
  readonly nowMs: number
}

/** `ok`: it arrived; `waits`: it is on its way; `bad`: it will never arrive; `none`: there is nothing to deliver. */
export type MailMark = 'ok' | 'waits' | 'bad' | 'none'

export interface MailSays {
  readonly mark: MailMark
  readonly text: string
}

/** How the mails of an incident fared, the worst of it first; how soon, where it is open. */
export function incidentMailSays(
  { mail, isSilenced, foldedInto, resolvedMs }: Incident,
  { t, locale }: Omit<Speaker, 'nowMs'>,
): MailSays {
  const number = (value: number) => fixed(value, 0, locale)
  if (mail.refused > 0) {
    return { mark: 'bad', text: t('incidents:stateRefused', { number: number(mail.refused) }) }
  }
  if (mail.waiting > 0) {
    if (isSilenced) return { mark: 'waits', text: t('incidents:stateSilenced') }
    if (foldedInto !== null) {
      return { mark: 'waits', text: t('incidents:stateFolded', { id: foldedInto }) }
    }
    const text =
      mail.nextMs === null
        ? t('incidents:stateWaiting')
        : t('incidents:stateWaitingNext', { time: formatHour(mail.nextMs, locale) })
    return { mark: 'waits', text }
  }
  if (mail.delivered === 0) return { mark: 'none', text: t('incidents:stateNoMail') }
  const count = { number: number(mail.delivered) }
  const text =
    mail.tookMs === null || resolvedMs !== null
      ? t('incidents:stateDelivered', count)
      : t('incidents:stateDeliveredIn', { ...count, span: tookWords(mail.tookMs, locale) })
  return { mark: 'ok', text }
}

/** `0.9 s`: how long something took, that is a second or so when all is well. */
export function tookWords(tookMs: number, locale: Locale): string {
  return joined(formatSeconds(tookMs / 1000, locale))
}

const MARKS = {
  waiting: 'waits',
  delivered: 'ok',
  refused: 'bad',
  expired: 'bad',
} as const satisfies Record<Mail['state'], MailMark>

export function mailSays({ state, deliveredMs, nextMs }: Mail, speaker: Speaker): MailSays {
  const { t, locale, nowMs } = speaker
  const mark = MARKS[state]
  if (state === 'delivered' && deliveredMs !== null) {
    const time = formatMoment(deliveredMs, nowMs, locale)
    return { mark, text: t('incidents:mailStateDelivered', { time }) }
  }
  if (state === 'waiting' && nextMs !== null) {
    const time = formatHour(nextMs, locale)
    return { mark, text: t('incidents:mailStateWaiting', { time }) }
  }
  return { mark, text: t(`incidents:mailState_${state}`) }
}

/** `550 5.1.1 no such user here`; what is no reply of a relay has no code. */
export function answerWords({ code, answer }: Pick<MailAttempt, 'code' | 'answer'>): string {
  return code !== null && !answer.startsWith(String(code)) ? `${code} ${answer}` : answer
}

/** What the page says of all mails; `needsSetup` where nobody can be mailed at all. */
export function setupSays(
  setup: MailSetup,
  { t, locale }: Omit<Speaker, 'nowMs'>,
): MailSays & { readonly needsSetup: boolean } {
  const number = (value: number) => fixed(value, 0, locale)
  const hasWay = setup.relay !== null || setup.webhook !== null
  if (!hasWay) return { mark: 'none', text: t('incidents:mailNoRelay'), needsSetup: true }
  if (setup.webhook === null && setup.recipients.length === 0) {
    return { mark: 'none', text: t('incidents:mailNobody'), needsSetup: true }
  }
  const { failed, waiting } = setup
  const counts = (count: number) => ({ count, number: number(count) })
  if (failed > 0) {
    return { mark: 'bad', text: t('incidents:mailFailed', counts(failed)), needsSetup: false }
  }
  if (waiting > 0) {
    return { mark: 'waits', text: t('incidents:mailWaiting', counts(waiting)), needsSetup: false }
  }
  const text = setup.delivered === 0 ? t('incidents:mailNone') : t('incidents:mailAll')
  return { mark: 'ok', text, needsSetup: false }
}
