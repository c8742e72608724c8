// Owns CERT-FR's RSS: what its items say of advisories. Its dates are those of the first version, its newest item comes last.
import { feedDayMs } from './dates.ts'
import { feedItemsOf } from './feed-xml.ts'
import { MAX_TITLE_LENGTH } from './limits.ts'
import { plainLine, plainText } from './plain-text.ts'
import { isReference, referenceIn, type CertfrCode } from './references.ts'
import { SourceFault } from './source-fault.ts'

export interface FeedEntry {
  readonly reference: string
  readonly title: string
  readonly publishedMs: number
  readonly summary: string
}

/** "(09 février 2024)", which the feed puts behind each title. */
const DATE_BEHIND = /\s{0,5}\(\d{1,2}(?:er)? [\p{L}]{3,9} \d{4}\)$/u

/**
 * Items of another kind are left out.
 * @throws {SourceFault} when it is no feed, has no such item, or one of them cannot be read.
 */
export function certfrFeedOf(xml: string, code: CertfrCode): FeedEntry[] {
  const entries: FeedEntry[] = []
  for (const { title, link, guid, description, date } of feedItemsOf(xml)) {
    const reference = referenceIn(link) ?? referenceIn(guid)
    if (reference === undefined || !isReference(reference, code)) continue
    const publishedMs = feedDayMs(date)
    const words = plainLine(title, MAX_TITLE_LENGTH).replace(DATE_BEHIND, '')
    if (words === '') throw new SourceFault('blank-title', `the feed: ${reference} has no title`)
    if (publishedMs === undefined) {
      throw new SourceFault('bad-date', `the feed: ${reference} is of "${date.slice(0, 60)}"`)
    }
    entries.push({ reference, title: words, publishedMs, summary: plainText(description) })
  }
  if (entries.length === 0) {
    throw new SourceFault('bad-document', 'the feed names no advisory')
  }
  return entries
}
