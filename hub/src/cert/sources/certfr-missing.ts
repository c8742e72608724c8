// Owns open alerts that a list shows no more: open ones stand before all closed ones, so one that is not there was withdrawn, or has
// been closed for long. The site is asked which, as its list of forty pages is not read to its end.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { SiteSession } from '../browser/site-session.ts'
import type { KnownAdvisory } from '../ports.ts'
import type { CertfrList } from './certfr-job.ts'
import { documentOfJson } from './certfr-json.ts'
import type { ListRead } from './certfr-list.ts'
import { MAX_DOCUMENT_BYTES } from './limits.ts'
import { SourceFault } from './source-fault.ts'

const MAX_ASKED = 10

export interface Missing {
  /** The site has them no more. */
  readonly gone: readonly string[]
  /** They are there, closed. */
  readonly closed: readonly AdvisoryDocument[]
}

/** What cannot be told now is left to the next run: nothing was seen that is new. */
export async function readMissing(
  session: SiteSession,
  { cards, isList, failures }: ListRead,
  about: {
    readonly list: CertfrList
    readonly known: ReadonlyMap<string, KnownAdvisory>
    readonly source: AdvisoryDocument['source']
    readonly baseUrl: string
  },
): Promise<Missing> {
  const gone: string[] = []
  const closed: AdvisoryDocument[] = []
  const { list, known, source, baseUrl } = about
  const showsAllOpen = isList && failures.length === 0 && cards.some(({ isClosed }) => isClosed)
  if (list.kind !== 'alert' || !showsAllOpen) return { gone, closed }
  const listed = new Set(cards.map(({ reference }) => reference))
  const missing = [...known.values()].filter(
    ({ reference, isClosed }) => !isClosed && !listed.has(reference),
  )
  for (const { reference } of missing.slice(0, MAX_ASKED)) {
    const path = `${list.path}${reference}/`
    try {
      const { status, body } = await session.get(`${path}json/`, MAX_DOCUMENT_BYTES)
      if (status === 404 || status === 410) gone.push(reference)
      if (status !== 200) continue
      const url = new URL(path, baseUrl).href
      const document = documentOfJson(body, { source, kind: list.kind, reference, url })
      if (document.closedMs !== null) closed.push(document)
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
    }
  }
  return { gone, closed }
}
