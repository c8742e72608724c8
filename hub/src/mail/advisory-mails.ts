// Owns the mails that tell what the CERT watch learnt: for each recipient one, in his language, with an id that stays.
import type { Locale } from '@vigie/shared/format/locale'
import type { Told } from '../cert/teller.ts'
import type { Clock } from '../clock.ts'
import { advisoryDigestLetter, newlyConcernedLetter } from './letters/advisory-digest-letter.ts'
import { advisoryLetter } from './letters/advisory-letter.ts'
import { letterContext, type LetterContext } from './letters/letter-context.ts'
import { watchBegunLetter, watchFailingLetter, watchWorkingLetter } from './letters/watch-letter.ts'
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
}

/** Every mail of the same `key` to the same recipient is the same mail. */
export function createAdvisoryMails(parts: AdvisoryMailParts) {
  const { recipients, administrators, usual, links, clock, from } = parts
  return async (told: Told, key: string, to: 'everybody' | 'admins'): Promise<NewMail[]> => {
    const addresses = to === 'everybody' ? recipients.defaults() : await administrators()
    const nowMs = clock.nowMs()
    const references = 'advisory' in told ? [told.advisory.document.reference] : []
    return uniqueAddresses(addresses).map((recipient) => {
      const { locale, zone } = recipients.find(recipient) ?? usual
      const context = letterContext({ recipient, locale, zone, links, cap: null, nowMs })
      const idOf = (...words: readonly string[]): string =>
        messageIdFor(from, ...words, recipient.toLowerCase())
      const isFirst = told.type === 'advisory' && told.kind === 'added'
      return {
        ...letterOf(told, context),
        channel: 'mail',
        recipient,
        // The first mail of an advisory begins its thread (RFC 5322, section 3.6.4).
        messageId: isFirst ? idOf('advisory', ...references) : idOf('cert', key),
        references: isFirst ? [] : references.map((reference) => idOf('advisory', reference)),
        writtenMs: nowMs,
      }
    })
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
    case 'begun':
      return watchBegunLetter(told, context)
    case 'failing':
      return watchFailingLetter(told.news, context)
    case 'working':
      return watchWorkingLetter(told.news, context)
  }
}
