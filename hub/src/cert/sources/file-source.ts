// Owns sources that are one file: fetched whole, and what is new or other than before is told.
import type { AdvisoryDocument, AdvisorySourceId } from '@vigie/shared/api/advisory'
import {
  UnreadableSourceError,
  type AdvisorySource,
  type KnownAdvisory,
  type Reading,
  type WatchFailure,
} from '../ports.ts'
import { askRobots, fetchBounded } from './bounded-fetch.ts'
import { differs, listHashOf } from './list-hash.ts'
import { failureOf, SourceFault } from './source-fault.ts'
import { userAgentOf, type SourceIdentity } from './source-identity.ts'

export interface FileSourceOptions extends SourceIdentity {
  readonly url: string
  /** 30 s unless set. */
  readonly timeoutMs?: number
}

export interface FileContent {
  /** Each reference once. */
  readonly documents: readonly AdvisoryDocument[]
  readonly failures: readonly WatchFailure[]
  /** It has all that there is: what it has no more is removed. */
  readonly isWhole: boolean
}

export interface FileFormat {
  readonly id: AdvisorySourceId
  readonly by: Reading['by']
  readonly maxBytes: number
  /** @throws {SourceFault} when it is no such file. */
  readonly parse: (body: string) => FileContent
}

/** Its `read` rejects with the signal's reason when it is aborted. */
export function createFileSource(format: FileFormat, options: FileSourceOptions): AdvisorySource {
  const { url, timeoutMs } = options
  return {
    id: format.id,
    url,
    async read(known, signal) {
      const { maxBytes } = format
      const fetching = { userAgent: userAgentOf(options), maxBytes, signal, timeoutMs }
      try {
        await askRobots(url, fetching)
        const content = format.parse(await fetchBounded(url, fetching))
        if (content.documents.length === 0) {
          throw new SourceFault('no-cards', `${url}: it names no advisory`)
        }
        return readingOf(format, content, known)
      } catch (error) {
        if (!(error instanceof SourceFault)) throw error
        throw new UnreadableSourceError([failureOf(error)])
      }
    },
  }
}

function readingOf(
  { by }: FileFormat,
  { documents, failures, isWhole }: FileContent,
  known: ReadonlyMap<string, KnownAdvisory>,
): Reading {
  const listed = documents.map((document) => {
    const { reference, title, summary, affected, solution, links } = document
    // Not the date: where the file has none, it is that of the reading.
    const excerpt = JSON.stringify([summary, affected, solution, links])
    const listHash = listHashOf({ title, excerpt })
    return { reference, listHash, title, isClosed: false }
  })
  const news = documents.filter((_, i) => {
    const now = listed[i]
    const before = now && known.get(now.reference)
    return !before?.isRead || differs(now?.listHash ?? '', before.listHash)
  })
  return { by, listed, isWhole: isWhole && failures.length === 0, documents: news, failures }
}
