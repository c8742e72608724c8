// Owns reading CERT-FR's list: page after page as far as there is news, and what is still read when its layout is not known.
import { Value } from 'typebox/value'
import type { SiteSession } from '../browser/site-session.ts'
import type { KnownAdvisory, WatchFailure } from '../ports.ts'
import {
  cardsOf,
  cardsOfLinks,
  cardsWanted,
  RawCards,
  readCardsInPage,
  type Card,
} from './certfr-cards.ts'
import type { CertfrList } from './certfr-job.ts'
import { MANY_NEW, MAX_PAGES } from './limits.ts'
import { faultOfEmptyPage, faultOfPage } from './page-state.ts'
import { failureOf, SourceFault } from './source-fault.ts'

export interface ListRead {
  readonly cards: readonly Card[]
  /** Its last page was reached. */
  readonly isWhole: boolean
  /** It is the list itself: the home page, and links alone, leave advisories out. */
  readonly isList: boolean
  readonly failures: readonly WatchFailure[]
}

type Known = ReadonlyMap<string, KnownAdvisory>

const MAX_FAILURES_A_PAGE = 10
const CUT: WatchFailure = {
  kind: 'too-large',
  detail: `more is new than ${MAX_PAGES} pages show: what stands on later ones was not read`,
}

/** @throws {SourceFault} when it cannot be seen what the list shows. */
export async function readList(
  session: SiteSession,
  list: CertfrList,
  known: Known,
): Promise<ListRead> {
  const first = await readPage(session, list.path, list)
  if (first.cards.length === 0) return await readOtherwise(session, list, first)
  const cards = [...first.cards]
  const failures = await withPicture(session, first.failures)
  let page = first
  for (let pages = 1; page.next && wantsMore(page, list, known); pages++) {
    if (pages === MAX_PAGES) {
      // A first run is not to know all that was ever closed.
      if (known.size > 0) failures.push(CUT)
      break
    }
    try {
      page = await readPage(session, page.next, list)
    } catch (error) {
      failures.push(failureOf(error))
      break
    }
    cards.push(...page.cards)
    failures.push(...page.failures)
    if (page.cards.length === 0) break
  }
  const isWhole = page.next === undefined && failures.length === 0 && page.cards.length > 0
  return { cards: eachOnce(cards), isWhole, isList: true, failures }
}

interface ListPage {
  readonly raw: RawCards
  readonly cards: readonly Card[]
  readonly failures: readonly WatchFailure[]
  /** The path of the next page. */
  readonly next: string | undefined
  readonly empty: SourceFault
}

async function readPage(session: SiteSession, path: string, list: CertfrList): Promise<ListPage> {
  const opened = await session.open(path)
  const raw = await session.read(readCardsInPage, cardsWanted(list.code))
  if (!Value.Check(RawCards, raw)) throw new SourceFault('bad-document', `${path}: it is no list`)
  const seen = { ...opened, path, title: raw.title, text: raw.text }
  const fault = faultOfPage(seen)
  if (fault) throw fault
  const { cards, failures } = cardsOf(raw, list.code)
  // Not one card can be read as it should be: that is a new layout, which shows nothing to be relied on.
  const [worst] = failures
  if (worst && !cards.some(({ title, publishedMs }) => title !== '' && publishedMs !== undefined)) {
    throw new SourceFault(worst.kind, `${path}: no card can be read; ${worst.detail}`)
  }
  return {
    raw,
    cards,
    failures: failures.slice(0, MAX_FAILURES_A_PAGE),
    next: nextPath(raw.next, list),
    empty: faultOfEmptyPage(seen),
  }
}

/** There are no cards: links to advisories are read where there are some, else the home page, which shows the open alerts. */
async function readOtherwise(
  session: SiteSession,
  list: CertfrList,
  { raw, empty }: ListPage,
): Promise<ListRead> {
  const links = cardsOfLinks(raw, list.code)
  if (empty.kind !== 'no-cards' || (links.length === 0 && list.code !== 'ALE')) throw empty
  const failures = await withPicture(session, [failureOf(empty)])
  if (links.length > 0) return { cards: links, isWhole: false, isList: false, failures }
  const home = await readPage(session, '/', list).catch(() => undefined)
  if (!home || home.cards.length === 0) throw new PicturedFault(empty, failures)
  return { cards: home.cards, isWhole: false, isList: false, failures }
}

/** The fault of a page that has been left since: its picture was taken before. */
export class PicturedFault extends SourceFault {
  readonly failures: readonly WatchFailure[]

  constructor(fault: SourceFault, failures: readonly WatchFailure[]) {
    super(fault.kind, fault.message, { cause: fault })
    this.failures = failures
  }
}

// A first run looks at closed alerts too: one that is known does not become news when it is opened again.
function wantsMore({ cards }: ListPage, { kind }: CertfrList, known: Known): boolean {
  if (known.size === 0) return kind === 'alert'
  return cards.filter(({ reference }) => !known.has(reference)).length >= MANY_NEW
}

/** Only a page of the same list is one. */
function nextPath(href: string | null, { path }: CertfrList): string | undefined {
  if (href === null) return undefined
  const here = 'https://source.invalid'
  const url = URL.parse(href, here)
  if (!url?.pathname.startsWith(`${path}page/`)) return undefined
  return /^\d{1,4}\/?$/.test(url.pathname.slice(`${path}page/`.length)) ? url.pathname : undefined
}

function eachOnce(cards: readonly Card[]): Card[] {
  const byReference = new Map<string, Card>()
  for (const card of cards) {
    if (!byReference.has(card.reference)) byReference.set(card.reference, card)
  }
  return [...byReference.values()]
}

/** With what the page looks like, at the first of them. */
async function withPicture(
  session: SiteSession,
  failures: readonly WatchFailure[],
): Promise<WatchFailure[]> {
  const [first, ...others] = failures
  return first ? [{ ...first, ...(await session.picture()) }, ...others] : []
}
