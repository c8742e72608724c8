// Owns the mails that tell what the CERT watch learnt: for each recipient one, in his language, with an id that stays.
import type { Locale } from '@vigie/shared/format/locale'
import type { Told } from '../cert/teller.ts'
import type { Clock } from '../clock.ts'
import { CAP_MS, roomFor } from './hourly-cap.ts'
import { WEBHOOK } from './letter-writer.ts'
import {
  advisoryDigestLetter,
  advisorySummaryLetter,
  newlyConcernedLetter,
} from './letters/advisory-digest-letter.ts'
import { advisoryLetter } from './letters/advisory-letter.ts'
import { letterContext, type LetterContext } from './letters/letter-context.ts'
import { watchBegunLetter, watchFailingLetter, watchWorkingLetter } from './letters/watch-letter.ts'
import { webhookAdvisories, type ToldNews } from './letters/webhook-advisories.ts'
import { messageIdFor } from './message-id.ts'
import type { Letter, MailLinks, NewMail, RecipientReader } from './ports.ts'

export interface AdvisoryMailParts {
  readonly recipients: Pick<RecipientReader, 'find'> & {
    /** Addresses of those whom every rule mails that names nobody. */
    defaults(): readonly string[]
  }
  /** Addresses of those who run the hub. */
  readonly administrators: () => Promise<readonly string[]>
  readonly usual: { readonly locale: Locale; readonly zone: string }
  readonly links: MailLinks
  readonly clock: Clock
  readonly from: string
  /** Whether what everybody is mailed of alerts is posted too. */
  readonly hasWebhook: boolean
  /** Times of the mails to a recipient that count in the cap of an hour, since then. */
  readonly composedSince: (recipient: string, sinceMs: number) => Promise<number[]>
  readonly maxMailsPerHour: number
  /** How many hosts cannot be compared whole. */
  readonly uncompared: () => Promise<number>
}

/** Every mail of the same `key` to the same recipient is the same mail. */
export function createAdvisoryMails(parts: AdvisoryMailParts) {
  const { recipients, administrators, usual, links, clock, from, hasWebhook } = parts
  const { composedSince, maxMailsPerHour: perHour } = parts

  /** Of the last mail that a recipient gets for now. */
  const capOf = async (recipient: string, nowMs: number): Promise<LetterContext['cap']> => {
    const written = await composedSince(recipient, nowMs - CAP_MS)
    const { lastUntilMs } = roomFor(written, perHour, nowMs)
    return lastUntilMs === null ? null : { perHour, untilMs: lastUntilMs }
  }

  return async (told: Told, key: string, to: 'everybody' | 'admins'): Promise<NewMail[]> => {
    const addresses = to === 'everybody' ? recipients.defaults() : await administrators()
    const nowMs = clock.nowMs()
    const uncompared = await parts.uncompared()
    const mails: NewMail[] = []
    for (const recipient of uniqueAddresses(addresses)) {
      const { locale, zone } = recipients.find(recipient) ?? usual
      const cap = await capOf(recipient, nowMs)
      const context = letterContext({ recipient, locale, zone, links, cap, nowMs, uncompared })
      mails.push(addressed(letterOf(told, context), told, { recipient, key, from, nowMs }))
    }
    const posted = hasWebhook ? newsOf(told) : []
    if (posted.length > 0) {
      const letter = webhookAdvisories(posted, links)
      const mail = addressed(letter, told, { recipient: WEBHOOK, key, from, nowMs })
      mails.push({ ...mail, channel: 'webhook' })
    }
    return mails
  }
}

interface Envelope {
  readonly recipient: string
  readonly key: string
  readonly from: string
  readonly nowMs: number
}

function addressed(letter: Letter, told: Told, { recipient, key, from, nowMs }: Envelope): NewMail {
  const references = 'advisory' in told ? [told.advisory.document.reference] : []
  const idOf = (...words: readonly string[]): string =>
    messageIdFor(from, ...words, recipient.toLowerCase())
  const isFirst = told.type === 'advisory' && told.kind === 'added'
  return {
    ...letter,
    channel: 'mail',
    recipient,
    // The first mail of an advisory begins its thread (RFC 5322, section 3.6.4).
    messageId: isFirst ? idOf('advisory', ...references) : idOf('cert', key),
    references: isFirst ? [] : references.map((reference) => idOf('advisory', reference)),
    writtenMs: nowMs,
  }
}

/** What a webhook is told of: alerts, and hosts that they come to concern. */
function newsOf(told: Told): ToldNews[] {
  switch (told.type) {
    case 'advisory':
      return [{ ...told, changes: told.news.detail.changes ?? [] }]
    case 'concerned':
      return told.advisories.map((advisory) => ({ kind: 'concerned', advisory, changes: [] }))
    case 'several': {
      const byReference = new Map(
        told.items.map(({ advisory }) => [advisory.document.reference, advisory]),
      )
      return told.news.flatMap(({ kind, reference, detail: { changes = [] } }) => {
        const advisory = byReference.get(reference ?? '')
        return advisory ? [{ kind, advisory, changes }] : []
      })
    }
    case 'digest':
    case 'begun':
    case 'failing':
    case 'working':
      return []
  }
}

function uniqueAddresses(addresses: readonly string[]): string[] {
  return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()]
}

function letterOf(told: Told, context: LetterContext): Letter {
  switch (told.type) {
    case 'advisory': {
      const { changes = [] } = told.news.detail
      return advisoryLetter(told.kind, { ...told.advisory, changes }, context)
    }
    case 'concerned':
      return newlyConcernedLetter(told.advisories, context)
    case 'digest':
      return advisoryDigestLetter(told.items, context)
    case 'several':
      return advisorySummaryLetter(told.items, context)
    case 'begun':
      return watchBegunLetter(told, context)
    case 'failing':
      return watchFailingLetter(told.news, context)
    case 'working':
      return watchWorkingLetter(told.news, context)
  }
}
