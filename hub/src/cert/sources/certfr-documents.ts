// Owns reading advisories one by one: by their structured document, else by their page, else what the list says of them.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import { Value } from 'typebox/value'
import type { SiteSession } from '../browser/site-session.ts'
import type { WatchFailure } from '../ports.ts'
import { documentOfJson, type Expected } from './certfr-json.ts'
import { documentOfPage, RawAdvisoryPage, readAdvisoryInPage } from './certfr-page.ts'
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENTS } from './limits.ts'
import { faultOfPage } from './page-state.ts'
import type { RobotsRules } from './robots.ts'
import { failureOf, SourceFault } from './source-fault.ts'

/** What a list says of an advisory that is to be read. */
export interface Wanted extends Expected {
  readonly path: string
  readonly title: string
  readonly summary: string
  /** What the list says will do, when nothing else can be read: it is not known yet, and news cannot wait. */
  readonly isNew: boolean
}

export interface DocumentsRead {
  readonly documents: readonly AdvisoryDocument[]
  /** Those that were read in full. */
  readonly read: ReadonlySet<string>
  /** Those that were not come to: they were too many, or the run was to end. */
  readonly left: ReadonlySet<string>
  readonly failures: readonly WatchFailure[]
}

/** One after another, as many as one run reads. A fault of one is told and does not keep others from being read. */
export async function readDocuments(
  session: SiteSession,
  wanted: readonly Wanted[],
  { robots, signal }: { readonly robots: RobotsRules; readonly signal: AbortSignal },
): Promise<DocumentsRead> {
  const documents: AdvisoryDocument[] = []
  const read = new Set<string>()
  const failures: WatchFailure[] = []
  for (const [i, advisory] of wanted.entries()) {
    if (signal.aborted || i === MAX_DOCUMENTS) {
      const left = wanted.slice(i)
      if (signal.aborted) {
        const detail = `there was no time to read ${left.length} documents`
        failures.push({ kind: 'deadline', detail })
      }
      documents.push(...left.flatMap(documentsOfList))
      return { documents, read, left: new Set(left.map(({ reference }) => reference)), failures }
    }
    try {
      documents.push(await readDocument(session, advisory, robots))
      read.add(advisory.reference)
    } catch (error) {
      failures.push(failureOf(error))
      documents.push(...documentsOfList(advisory))
    }
  }
  return { documents, read, left: new Set(), failures }
}

/** @throws {SourceFault} of the structured document, when the page cannot be read either. */
async function readDocument(
  session: SiteSession,
  advisory: Wanted,
  robots: RobotsRules,
): Promise<AdvisoryDocument> {
  const { path, reference } = advisory
  try {
    return await readJson(session, advisory, robots)
  } catch (error) {
    try {
      return await readAdvisoryPage(session, advisory, robots)
    } catch (other) {
      const [json, page] = [failureOf(error), failureOf(other)]
      const detail = `${reference} cannot be read: ${json.detail}; ${page.detail}`
      throw new SourceFault(json.kind, detail, { cause: new Error(path, { cause: other }) })
    }
  }
}

async function readJson(
  session: SiteSession,
  advisory: Wanted,
  robots: RobotsRules,
): Promise<AdvisoryDocument> {
  const path = `${advisory.path}json/`
  if (!robots.isAllowed(path)) throw new SourceFault('disallowed', `${path} is not for robots`)
  const { status, body } = await session.get(path, MAX_DOCUMENT_BYTES)
  if (status !== 200) throw new SourceFault('http-error', `${path}: HTTP ${status}`)
  return documentOfJson(body, advisory)
}

async function readAdvisoryPage(
  session: SiteSession,
  advisory: Wanted,
  robots: RobotsRules,
): Promise<AdvisoryDocument> {
  const { path } = advisory
  if (!robots.isAllowed(path)) throw new SourceFault('disallowed', `${path} is not for robots`)
  const opened = await session.open(path)
  const fault = faultOfPage({ ...opened, path, title: '', text: '' })
  if (fault) throw fault
  const raw = await session.read(readAdvisoryInPage, undefined)
  if (!Value.Check(RawAdvisoryPage, raw)) {
    throw new SourceFault('bad-document', `${path}: it is no advisory`)
  }
  return documentOfPage(raw, advisory)
}

/** One of what is new, none of what is known or of which the list says too little. */
function documentsOfList(advisory: Wanted): AdvisoryDocument[] {
  const { source, kind, reference, url, title, summary, publishedMs, closedMs } = advisory
  if (!advisory.isNew || title === '' || publishedMs === undefined) return []
  const document: AdvisoryDocument = {
    source,
    kind,
    reference,
    title,
    url,
    publishedMs,
    revisedMs: null,
    closedMs: closedMs ?? null,
    risks: [],
    affected: [],
    cves: [],
    summary,
    solution: '',
    links: [],
    revisions: [],
  }
  return [document]
}
