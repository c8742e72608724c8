// Owns Debian's security advisories: an RSS 1.0 of the newest, each a notice that names a source package. It tells neither versions
// nor CVEs; where an item has no date, the day of the reading is taken.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { Clock } from '../../clock.ts'
import { UnreadableSourceError, type AdvisorySource, type WatchFailure } from '../ports.ts'
import { cvesIn } from './certfr-json.ts'
import { feedDayMs } from './dates.ts'
import type { DebianDataReader } from './debian-data.ts'
import { feedItemsOf, type FeedItem } from './feed-xml.ts'
import { createFileSource, type FileContent, type FileSourceOptions } from './file-source.ts'
import { MAX_FEED_BYTES, MAX_TITLE_LENGTH } from './limits.ts'
import { plainLine, plainText, tidyLine } from './plain-text.ts'
import { webAddress } from './web-address.ts'

export const DEBIAN_URL = 'https://www.debian.org/security/dsa'

const DAY_MS = 86_400_000
const MAX_FAILURES = 10
/** "DSA-6012-1 nncp - security update" */
const TITLE = /^(DSA-\d{1,6}(?:-\d{1,3})?) ([a-z0-9][a-z0-9.+-]{1,100})(?: - (.{1,200}))?$/

export type DebianSourceOptions = Omit<FileSourceOptions, 'url'> & {
  readonly url?: string
  readonly clock: Pick<Clock, 'nowMs'>
  /** Read with the feed; one that fails does not keep the other from being read. */
  readonly data?: DebianDataReader
}

export function createDebianSource(options: DebianSourceOptions): AdvisorySource {
  const { url = DEBIAN_URL, clock, data } = options
  const feed = createFileSource(
    {
      id: 'debian',
      by: 'feed',
      maxBytes: MAX_FEED_BYTES,
      parse: (body) => debianContentOf(body, clock.nowMs()),
    },
    { ...options, url },
  )
  if (!data) return feed
  return {
    ...feed,
    data,
    async read(known, signal) {
      const fault = await data.refresh(signal)
      const faults = fault ? [fault] : []
      try {
        const reading = await feed.read(known, signal)
        return { ...reading, failures: [...reading.failures, ...faults] }
      } catch (error) {
        if (!(error instanceof UnreadableSourceError)) throw error
        const [first, ...others] = error.failures
        throw new UnreadableSourceError([first, ...others, ...faults])
      }
    },
  }
}

/** @throws {SourceFault} when it is no feed. An item that is no advisory is left out and told. */
export function debianContentOf(body: string, nowMs: number): FileContent {
  const documents = new Map<string, AdvisoryDocument>()
  const failures: WatchFailure[] = []
  for (const item of feedItemsOf(body)) {
    const document = documentOf(item, nowMs - (nowMs % DAY_MS))
    if (document) documents.set(document.reference, document)
    else if (failures.length < MAX_FAILURES) {
      const detail = `an item of the feed is no advisory: "${tidyLine(item.title, 80)}"`
      failures.push({ kind: 'bad-reference', detail })
    }
  }
  return { documents: [...documents.values()], failures, isWhole: false }
}

function documentOf({ title, link, guid, description, date }: FeedItem, todayMs: number) {
  const [, reference, product] = TITLE.exec(plainLine(title, MAX_TITLE_LENGTH)) ?? []
  const url = webAddress(link) ?? webAddress(guid)
  if (reference === undefined || product === undefined || url === undefined) return undefined
  const document: AdvisoryDocument = {
    source: 'debian',
    kind: 'notice',
    reference,
    title: plainLine(title, MAX_TITLE_LENGTH),
    url,
    publishedMs: feedDayMs(date) ?? todayMs,
    revisedMs: null,
    closedMs: null,
    risks: [],
    affected: [{ text: `Debian ${product}`, vendor: 'Debian', product }],
    cves: cvesIn([description]),
    summary: plainText(description),
    solution: '',
    links: [],
    revisions: [],
  }
  return document
}
