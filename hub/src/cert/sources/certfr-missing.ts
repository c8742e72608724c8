// Owns what a list shows no more. Open alerts stand before all closed ones, so one that is not there was withdrawn, or has been closed
// for long: the site is asked which, as its list of forty pages is not read to its end. What could not be read yet has only gone down the list.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { SiteSession } from '../browser/site-session.ts'
import type { KnownAdvisory } from '../ports.ts'
import type { CertfrList } from './certfr-job.ts'
import { documentOfJson } from './certfr-json.ts'
import type { ListRead } from './certfr-list.ts'
import { MAX_DOCUMENT_BYTES } from './limits.ts'
import type { RobotsRules } from './robots.ts'
import { SourceFault } from './source-fault.ts'

const MAX_ASKED = 10

export interface Missing {
  /** The site has them no more. */
  readonly gone: readonly string[]
  /** They are there, closed, or could not be read before. */
  readonly found: readonly AdvisoryDocument[]
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
    readonly robots: RobotsRules
  },
): Promise<Missing> {
  const gone: string[] = []
  const found: AdvisoryDocument[] = []
  const { list, known, source, baseUrl, robots } = about
  if (!isList || failures.length > 0) return { gone, found }
  const showsAllOpen = list.kind === 'alert' && cards.some(({ isClosed }) => isClosed)
  const listed = new Set(cards.map(({ reference }) => reference))
  const missing = [...known.values()].filter(
    ({ reference, isClosed, isRead }) =>
      !isClosed && !listed.has(reference) && (showsAllOpen || !isRead),
  )
  for (const { reference, isRead } of missing.slice(0, MAX_ASKED)) {
    const path = `${list.path}${reference}/`
    if (!robots.isAllowed(`${path}json/`)) continue
    try {
      const { status, body } = await session.get(`${path}json/`, MAX_DOCUMENT_BYTES)
      if (status === 404 || status === 410) gone.push(reference)
      if (status !== 200) continue
      const url = new URL(path, baseUrl).href
      const document = documentOfJson(body, { source, kind: list.kind, reference, url })
      if (document.closedMs !== null || !isRead) found.push(document)
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
    }
  }
  return { gone, found }
}
