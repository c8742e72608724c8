// Owns one reading of CERT-FR: what may be read, the list, the feed beside it, what of both is new, and the documents of that.
import type { AdvisoryDocument } from '@vigie/shared/api/advisory'
import type { SiteSession } from '../browser/site-session.ts'
import type { KnownAdvisory, ListedAdvisory, WatchFailure } from '../ports.ts'
import { readDocuments, type DocumentsRead, type Wanted } from './certfr-documents.ts'
import { certfrFeedOf, type FeedEntry } from './certfr-feed.ts'
import { CERTFR_LISTS, type CertfrAnswer, type CertfrJob, type CertfrList } from './certfr-job.ts'
import type { Card } from './certfr-cards.ts'
import { PicturedFault, readList, type ListRead } from './certfr-list.ts'
import { readMissing } from './certfr-missing.ts'
import { MAX_DOCUMENT_BYTES, MAX_FEED_BYTES, MAX_ROBOTS_BYTES } from './limits.ts'
import { differs, listHashOf, merged } from './list-hash.ts'
import { compareReferences, newestOf, oldestOf } from './references.ts'
import { faultOfStatus } from './page-state.ts'
import { EVERYTHING_ALLOWED, robotsRulesOf, type RobotsRules } from './robots.ts'
import { failureOf, SourceFault } from './source-fault.ts'

/** Open alerts that are read again when only the feed can be, which does not tell of revisions and closings. */
const MAX_OPEN_READ_AGAIN = 10
const ROBOTS_NAME = 'vigie'

/** What is told of an advisory by the list, or by the feed. */
interface Row extends Card {
  readonly listHash: string
}

/** Never rejects for what a source does; a fault of our own does. */
export async function readCertfr(
  session: SiteSession,
  job: CertfrJob,
  signal: AbortSignal,
): Promise<CertfrAnswer> {
  const list = CERTFR_LISTS[job.source]
  const robots = await robotsOf(session)
  if (!robots.isAllowed(list.path)) {
    const detail = `robots.txt does not allow ${list.path}`
    return { is: 'unreadable', failures: [{ kind: 'disallowed', detail }] }
  }
  const ofFeed: WatchFailure[] = []
  const failures: WatchFailure[] = []
  const feed = await attempt(ofFeed, () => feedOf(session, list, robots))
  const read = await attempt(failures, () => trustedList(session, list, job), session)
  // The page says more of what is wrong than the feed does: a run is told by its first failure.
  failures.push(...(read?.failures ?? []), ...ofFeed)
  if (!read && (!feed || isBehind(feed, job))) {
    const [first, ...others] = failures
    const unknown: WatchFailure = { kind: 'unreachable', detail: 'nothing could be read' }
    return { is: 'unreadable', failures: [first ?? unknown, ...others] }
  }
  const rows = read
    ? [...read.cards.map(rowOfCard), ...unshown(feed ?? [], read, { known: job.known, failures })]
    : (feed ?? []).map(rowOfEntry)
  const wanted = chosen(rows, job, read !== undefined)
  const documents = await readDocuments(
    session,
    wanted.map((row) => wantedOf(row, job)),
    { robots, signal },
  )
  const { gone, found } = read
    ? await readMissing(session, read, { ...job, list, robots })
    : { gone: [], found: [] }
  const listed = listedOf(rows, job, { wanted: new Set(wanted), documents })
  return {
    is: 'reading',
    by: read ? 'page' : 'feed',
    listed: [...listed, ...found.map((document) => listedFound(document, job))],
    isWhole: read?.isWhole ?? false,
    gone: [...gone],
    documents: [...documents.documents.filter(isAskedFor(job)), ...found],
    failures: [...failures, ...documents.failures],
  }
}

/** A first run has the open alerts only; the feed does not tell which they are. */
function isAskedFor({ known, source }: CertfrJob): (document: AdvisoryDocument) => boolean {
  const isAll = known.size > 0 || CERTFR_LISTS[source].kind !== 'alert'
  return ({ closedMs }) => isAll || closedMs === null
}

// RFC 9309 has nothing read while robots.txt cannot be: then one page is, which is how maintenance is told from a ban.
async function robotsOf(session: SiteSession): Promise<RobotsRules> {
  try {
    const { status, body } = await session.get('/robots.txt', MAX_ROBOTS_BYTES)
    return status === 200 ? robotsRulesOf(body, ROBOTS_NAME) : EVERYTHING_ALLOWED
  } catch (error) {
    if (error instanceof SourceFault) return EVERYTHING_ALLOWED
    throw error
  }
}

async function feedOf(
  session: SiteSession,
  { feedPath, code }: CertfrList,
  robots: RobotsRules,
): Promise<FeedEntry[] | undefined> {
  if (!robots.isAllowed(feedPath)) return undefined
  const { status, body } = await session.get(feedPath, MAX_FEED_BYTES)
  if (status !== 200) throw faultOfStatus({ path: feedPath, status, text: body })
  return certfrFeedOf(body, code)
}

async function trustedList(
  session: SiteSession,
  list: CertfrList,
  { known }: CertfrJob,
): Promise<ListRead> {
  const read = await readList(session, list, known)
  if (!read.isList) return read
  const listed = new Set(read.cards.map(({ reference }) => reference))
  const newest = newestOf(known.keys())
  if (newest === undefined || listed.has(newest)) return read
  if (read.cards.some(({ reference }) => compareReferences(reference, newest) > 0)) return read
  if (await isExplained(session, list, newest)) return read
  const detail = `${newest} is known, the newest that is shown is ${newestOf(listed) ?? 'none'}`
  throw new SourceFault('went-backwards', detail)
}

/** The newest may have been withdrawn, or closed so long ago that it stands on another page. */
async function isExplained(
  session: SiteSession,
  { path }: CertfrList,
  reference: string,
): Promise<boolean> {
  try {
    const { status, body } = await session.get(`${path}${reference}/json/`, MAX_DOCUMENT_BYTES)
    if (status === 404 || status === 410) return true
    return status === 200 && /"closed_at"\s{0,5}:\s{0,5}"/.test(body)
  } catch (error) {
    if (error instanceof SourceFault) return false
    throw error
  }
}

/**
 * What the feed has that is new and on no page that was read: it may stand on a later one, which no run comes to. What is newer than
 * all that the list shows is a failure of the list; what is older than all that is known was there when the watch began.
 */
function unshown(
  feed: readonly FeedEntry[],
  { cards }: ListRead,
  { known, failures }: { known: CertfrJob['known']; failures: WatchFailure[] },
): Row[] {
  const listed = new Set(cards.map(({ reference }) => reference))
  const newest = newestOf(listed)
  const missing = feed.filter(({ reference }) => !known.has(reference) && !listed.has(reference))
  const ahead = missing.filter(
    ({ reference }) => newest === undefined || compareReferences(reference, newest) > 0,
  )
  if (ahead.length > 0) {
    const detail = `the feed has ${ahead.map(({ reference }) => reference).join(', ')}, the list does not`
    failures.push({ kind: 'feed-disagrees', detail: detail.slice(0, 300) })
  }
  const oldest = oldestOf(known.keys())
  if (oldest === undefined) return ahead.map(rowOfEntry)
  return missing.filter(({ reference }) => compareReferences(reference, oldest) > 0).map(rowOfEntry)
}

function isBehind(feed: readonly FeedEntry[], { known }: CertfrJob): boolean {
  const [newest, told] = [newestOf(known.keys()), newestOf(feed.map(({ reference }) => reference))]
  return newest !== undefined && told !== undefined && compareReferences(told, newest) < 0
}

/** What is to be read, the newest first. */
function chosen(rows: readonly Row[], { known, source }: CertfrJob, isList: boolean): Row[] {
  const isAlert = CERTFR_LISTS[source].kind === 'alert'
  const newestFirst = [...rows].sort((a, b) => compareReferences(b.reference, a.reference))
  if (known.size === 0) {
    // The feed does not tell which are closed: their documents do.
    return newestFirst.filter(({ isClosed }) => !isAlert || isClosed !== true)
  }
  let readAgain = 0
  return newestFirst.filter((row) => {
    const before = known.get(row.reference)
    if (!before || isNews(row, before)) return true
    return !isList && isAlert && !before.isClosed && readAgain++ < MAX_OPEN_READ_AGAIN
  })
}

function isNews({ listHash, isClosed }: Row, before: KnownAdvisory): boolean {
  if (differs(listHash, before.listHash)) return true
  if (isClosed !== undefined && isClosed !== before.isClosed) return true
  // Those that were closed when the watch began are known and not read.
  return !before.isRead && !before.isClosed
}

function wantedOf(row: Row, { source, baseUrl, known }: CertfrJob): Wanted {
  const { path, kind } = CERTFR_LISTS[source]
  const at = `${path}${row.reference}/`
  return {
    source,
    kind,
    reference: row.reference,
    path: at,
    url: new URL(at, baseUrl).href,
    title: row.title,
    summary: row.excerpt ?? '',
    publishedMs: row.publishedMs,
    closedMs: row.closedMs ?? (row.isClosed === true ? row.publishedMs : row.closedMs),
    isNew: !known.has(row.reference) && known.size > 0,
  }
}

function listedOf(
  rows: readonly Row[],
  { known }: CertfrJob,
  { wanted, documents }: { wanted: ReadonlySet<Row>; documents: DocumentsRead },
): ListedAdvisory[] {
  const byReference = new Map(documents.documents.map((document) => [document.reference, document]))
  const listed: ListedAdvisory[] = []
  for (const row of rows) {
    const { reference } = row
    const before = known.get(reference)
    const document = byReference.get(reference)
    const isDone = !wanted.has(row) || documents.read.has(reference)
    // What a first run did not come to stays unknown: nothing would be told of it as a part of the baseline.
    if (known.size === 0 && documents.left.has(reference)) continue
    const isClosed = row.isClosed ?? (document ? document.closedMs !== null : before?.isClosed)
    listed.push({
      reference,
      title: row.title || document?.title || reference,
      isClosed: isClosed ?? false,
      listHash: isDone ? merged(row.listHash, before?.listHash ?? '') : (before?.listHash ?? ''),
    })
  }
  return listed
}

function listedFound(
  { reference, title, closedMs }: AdvisoryDocument,
  { known }: CertfrJob,
): ListedAdvisory {
  // An empty one is of what is still to be read.
  const listHash = known.get(reference)?.listHash || listHashOf({ title })
  return { reference, title, listHash, isClosed: closedMs !== null }
}

// Moments, not words: layouts write the same day in different ways.
function rowOfCard(card: Card): Row {
  const { title, publishedMs, isClosed, closedMs, excerpt } = card
  const date = publishedMs === undefined ? undefined : String(publishedMs)
  const status = isClosed === undefined ? undefined : `${isClosed} ${closedMs}`
  return { ...card, listHash: listHashOf({ title: title || undefined, date, status, excerpt }) }
}

function rowOfEntry({ reference, title, publishedMs, summary }: FeedEntry): Row {
  return { reference, title, publishedMs, excerpt: summary, listHash: listHashOf({ title }) }
}

/** Undefined when it could not be read, with the failure told, and with what the page looks like. */
async function attempt<T>(
  failures: WatchFailure[],
  work: () => Promise<T>,
  session?: SiteSession,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error
    if (error instanceof PicturedFault) failures.push(...error.failures)
    else failures.push({ ...failureOf(error), ...(await session?.picture()) })
    return undefined
  }
}
