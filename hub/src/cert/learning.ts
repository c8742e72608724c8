// Owns what a reading of a source teaches: which advisories are new or say something else, and what of it is news (docs/cert.md).
import type { AdvisoryDocument, AdvisoryKind, AdvisorySourceId } from '@vigie/shared/api/advisory'
import { differenceOf, isPoorer } from './difference.ts'
import type { ListedAdvisory, Reading } from './ports.ts'
import type {
  FieldChange,
  KeptAdvisory,
  Learnt,
  NewNews,
  NewsChannel,
  NewsKind,
} from './watch-ports.ts'

const DAY_MS = 86_400_000
/** What is unseen, over, and this much older than the watch was only further down the list before. */
const OLDER_MS = 2 * DAY_MS

/** What a source's advisories are, where only its list could be read. */
export const KIND_OF: Readonly<Record<AdvisorySourceId, AdvisoryKind>> = {
  'certfr-alerts': 'alert',
  'certfr-notices': 'notice',
  'cisa-kev': 'notice',
  debian: 'notice',
}

export interface LearningContext {
  readonly source: { readonly id: AdvisorySourceId; readonly url: string }
  readonly known: ReadonlyMap<string, KeptAdvisory>
  /** When the source was first read well; null makes this reading the baseline. */
  readonly baselineMs: number | null
  readonly nowMs: number
}

export interface Lesson extends Pick<Learnt, 'advisories' | 'news'> {
  readonly added: readonly string[]
  readonly changed: readonly string[]
}

/** An advisory as it is kept from now on, and what happened to it; null when nothing did. */
interface Step {
  readonly advisory: KeptAdvisory
  readonly kind: NewsKind | null
  readonly changes: readonly FieldChange[]
}

/** Of everything that a list shows, whatever its order. */
export function lessonOf(reading: Reading, context: LearningContext): Lesson {
  const documents = new Map(reading.documents.map((document) => [document.reference, document]))
  const listed = new Map(reading.listed.map((item) => [item.reference, item]))
  const isHashOwed = reading.failures.length > 0
  const steps = Array.from(listed.values(), (item) =>
    stepOf(item, documents.get(item.reference), { ...context, isHashOwed }),
  ).filter((step) => step !== null)
  // What a list does not show is removed only when it was read to its end, or when the source says so.
  const told = new Set(reading.gone)
  const removed = [...context.known.values()].filter(
    ({ reference, isRemoved }) =>
      !isRemoved && !listed.has(reference) && (reading.isWhole || told.has(reference)),
  )
  const gone = removed.map((advisory): Step => ({
    advisory: { ...advisory, isRemoved: true, changedMs: context.nowMs },
    kind: 'removed',
    changes: [],
  }))
  const all = [...steps, ...gone]
  const of = (...kinds: readonly (NewsKind | null)[]): string[] =>
    all.filter(({ kind }) => kinds.includes(kind)).map(({ advisory }) => advisory.reference)
  return {
    advisories: all.map(({ advisory }) => advisory),
    news: all.flatMap((step) => newsOf(step, context)),
    added: of('added'),
    changed: of('revised', 'closed', 'reopened', 'removed', 'returned'),
  }
}

function stepOf(
  item: ListedAdvisory,
  document: AdvisoryDocument | undefined,
  context: LearningContext & { readonly isHashOwed: boolean },
): Step | null {
  const kept = context.known.get(item.reference)
  if (!kept) return firstStep(item, document, context)
  if (document) return nextStep(kept, item, document, context)
  if (kept.isRemoved) return returned(kept, context)
  // Where something could not be read, what a list says anew may stand for a document that is owed still.
  if (context.isHashOwed || kept.listHash === item.listHash) return null
  return { advisory: { ...kept, listHash: item.listHash }, kind: null, changes: [] }
}

function firstStep(
  item: ListedAdvisory,
  document: AdvisoryDocument | undefined,
  { source, baselineMs, nowMs }: LearningContext,
): Step {
  const isOver = item.isClosed || (document?.kind ?? KIND_OF[source.id]) === 'notice'
  const isOld =
    baselineMs !== null &&
    isOver &&
    document !== undefined &&
    document.publishedMs < baselineMs - OLDER_MS
  const isBaseline = baselineMs === null || isOld
  // Without a hash the document is what the list says of it: it is still to be read.
  const isRead = document !== undefined && item.listHash !== ''
  const said = isBaseline ? null : (document ?? titleOnly(item, source, nowMs))
  const shown = isRead ? document : said
  return {
    advisory: {
      reference: item.reference,
      source: source.id,
      kind: shown?.kind ?? KIND_OF[source.id],
      listHash: item.listHash,
      isClosed: (shown?.closedMs ?? null) !== null || item.isClosed,
      isRead,
      isBaseline,
      isRemoved: false,
      firstSeenMs: nowMs,
      changedMs: nowMs,
      document: shown,
    },
    kind: isBaseline ? null : 'added',
    changes: [],
  }
}

/** What is told of an advisory of which only the list could be read. */
function titleOnly(
  { reference, title, isClosed }: ListedAdvisory,
  source: LearningContext['source'],
  nowMs: number,
): AdvisoryDocument {
  return {
    source: source.id,
    kind: KIND_OF[source.id],
    reference,
    title,
    url: source.url,
    publishedMs: nowMs - (nowMs % DAY_MS),
    revisedMs: null,
    closedMs: isClosed ? nowMs - (nowMs % DAY_MS) : null,
    risks: [],
    affected: [],
    cves: [],
    summary: '',
    solution: '',
    links: [],
    revisions: [],
  }
}

function returned(kept: KeptAdvisory, { nowMs }: LearningContext): Step {
  return {
    advisory: { ...kept, isRemoved: false, changedMs: nowMs },
    kind: 'returned',
    changes: [],
  }
}

function nextStep(
  kept: KeptAdvisory,
  item: ListedAdvisory,
  document: AdvisoryDocument,
  { nowMs }: LearningContext,
): Step {
  const seen = { ...kept, listHash: item.listHash, isRemoved: false, isRead: true }
  const before = kept.document
  // Of the baseline nothing but the list was known: there is nothing to compare it with.
  if (before === null) {
    const isClosed = document.closedMs !== null || item.isClosed
    return { advisory: { ...seen, isClosed, document }, kind: null, changes: [] }
  }
  if (isPoorer(before, document)) {
    return { advisory: { ...seen, isRead: kept.isRead }, kind: null, changes: [] }
  }
  const isClosed = document.closedMs !== null
  // What was known by its title only is news in whole, when that was told.
  const changes: FieldChange[] = kept.isRead
    ? differenceOf(before, document)
    : [{ field: 'document', added: [], removed: [] }]
  const kind = kindOfChange(kept, isClosed, changes)
  const changedMs = kind === null ? kept.changedMs : nowMs
  return { advisory: { ...seen, isClosed, document, changedMs }, kind, changes }
}

function kindOfChange(
  { isClosed: wasClosed, isRemoved }: KeptAdvisory,
  isClosed: boolean,
  changes: readonly FieldChange[],
): NewsKind | null {
  if (isClosed && !wasClosed) return 'closed'
  if (changes.length > 0) return 'revised'
  if (wasClosed && !isClosed) return 'reopened'
  return isRemoved ? 'returned' : null
}

const TOLD: readonly NewsKind[] = ['added', 'revised', 'closed']

function newsOf({ advisory, kind, changes }: Step, context: LearningContext): NewNews[] {
  if (kind === null) return []
  const { reference, source } = advisory
  return [
    {
      source,
      reference,
      hostId: null,
      kind,
      channel: channelOf(advisory, kind),
      timeMs: context.nowMs,
      detail: { changes },
    },
  ]
}

function channelOf({ kind: advisoryKind }: KeptAdvisory, kind: NewsKind): NewsChannel {
  if (!TOLD.includes(kind)) return 'none'
  return advisoryKind === 'alert' ? 'now' : 'digest'
}
