// Owns the cards of CERT-FR's lists: which elements are cards in each of its layouts, what is read from them inside the page, and
// what of that is believed. Class names alone are relied on: tags have changed before, classes have not.
import { Type, type Static } from 'typebox'
import { frenchDateMs } from './dates.ts'
import { MAX_CARDS_PER_PAGE, MAX_TITLE_LENGTH } from './limits.ts'
import type { WatchFailure } from '../ports.ts'
import type { PageDocument } from './page-elements.ts'
import { tidyLine } from './plain-text.ts'
import { isReference, referenceIn, type CertfrCode } from './references.ts'

/** What the function in the page is told: it sees nothing of this module. */
export interface CardsWanted {
  /** `cert-alert` or `cert-avis`. */
  readonly className: string
  /** `/alerte/CERT` or `/avis/CERT`: what every layout has had so far are links to advisories. */
  readonly linkPart: string
  readonly maxCards: number
}

const short = Type.String({ maxLength: 4_000 })
const orNull = Type.Union([short, Type.Null()])

const RawCard = Type.Object({
  href: orNull,
  reference: orNull,
  title: orNull,
  date: orNull,
  status: orNull,
  excerpt: orNull,
  isOpen: Type.Boolean(),
  isClosed: Type.Boolean(),
})
type RawCard = Static<typeof RawCard>

export const RawCards = Type.Object({
  title: short,
  /** The beginning of what the page says. */
  text: Type.String({ maxLength: 20_000 }),
  cards: Type.Array(RawCard, { maxItems: 1_000 }),
  /** Where there are no cards: links to advisories. */
  links: Type.Array(Type.Object({ href: short, text: short }), { maxItems: 1_000 }),
  next: orNull,
})
export type RawCards = Static<typeof RawCards>

export interface Card {
  readonly reference: string
  readonly title: string
  readonly publishedMs?: number
  /** Null when it is open, undefined when the layout does not tell. */
  readonly closedMs?: number | null
  readonly isClosed?: boolean
  readonly excerpt?: string
}

export interface Cards {
  readonly cards: readonly Card[]
  /** One a card that cannot be read as it should be. */
  readonly failures: readonly WatchFailure[]
}

declare const document: PageDocument

/** Runs inside the page. Lengths are limited there, before anything is sent. */
export function readCardsInPage({ className, linkPart, maxCards }: CardsWanted): unknown {
  const said = (text: string | null | undefined): string | null =>
    text === null || text === undefined ? null : text.slice(0, 4_000)
  const rows = Array.from(document.querySelectorAll(`.item.${className}`))
    // The heading of a section carries the class as well.
    .filter((row) => row.querySelector('.item-title, .item-ref') !== null)
  const cards = rows.slice(0, maxCards).map((row) => {
    const part = (name: string): string | null => said(row.querySelector(name)?.textContent)
    const link = row.querySelector('.item-title a[href]') ?? row.querySelector('.item-ref a[href]')
    const classes = row.className.split(/\s+/, 50)
    return {
      href: said(link?.getAttribute('href')),
      reference: part('.item-ref'),
      title: part('.item-title'),
      date: part('.item-date'),
      status: part('.item-status'),
      excerpt: part('.item-excerpt'),
      isOpen: classes.includes('open'),
      isClosed: classes.includes('closed'),
    }
  })
  const anchors = cards.length > 0 ? [] : document.querySelectorAll(`a[href*="${linkPart}"]`)
  const links = Array.from(anchors)
    .slice(0, maxCards * 2)
    .map((link) => ({
      href: said(link.getAttribute('href')) ?? '',
      text: said(link.textContent) ?? '',
    }))
  const next = Array.from(document.querySelectorAll('a.page-numbers'))
    .slice(0, 100)
    .find((link) => (link.textContent ?? '').includes('Suivant'))
  return {
    title: said(document.title) ?? '',
    text: (document.body?.textContent ?? '').slice(0, 20_000),
    cards,
    links,
    next: said(next?.getAttribute('href')),
  }
}

export function cardsWanted(code: CertfrCode): CardsWanted {
  const [className, linkPart] =
    code === 'ALE' ? ['cert-alert', '/alerte/CERT'] : ['cert-avis', '/avis/CERT']
  return { className, linkPart, maxCards: MAX_CARDS_PER_PAGE }
}

/** Each reference once, in the order of the page. A card without a reference is left out, others keep what can be read. */
export function cardsOf({ cards: raw }: RawCards, code: CertfrCode): Cards {
  const cards = new Map<string, Card>()
  const failures: WatchFailure[] = []
  for (const card of raw) {
    const reference = referenceOf(card, code)
    if (reference === undefined) {
      const what = tidyLine(card.reference ?? card.href ?? '', 60)
      failures.push({ kind: 'bad-reference', detail: `a card's reference is "${what}"` })
      continue
    }
    const title = tidyLine(card.title ?? '', MAX_TITLE_LENGTH)
    if (title === '') {
      failures.push({ kind: 'blank-title', detail: `the card of ${reference} has no title` })
    }
    const date = tidyLine(card.date ?? '', 100)
    const publishedMs = frenchDateMs(date)
    if (publishedMs === undefined) {
      failures.push({ kind: 'bad-date', detail: `the card of ${reference} is of "${date}"` })
    }
    if (cards.has(reference)) continue
    cards.set(reference, {
      reference,
      title,
      ...(publishedMs !== undefined && { publishedMs }),
      ...(code === 'ALE' && statusOf(card)),
      ...(card.excerpt !== null && { excerpt: tidyLine(card.excerpt) }),
    })
  }
  return { cards: [...cards.values()], failures }
}

/** What links alone tell, in a layout that is not known: references, and a title where the link's text is one. */
export function cardsOfLinks({ links }: RawCards, code: CertfrCode): Card[] {
  const titles = new Map<string, string>()
  for (const { href, text } of links) {
    const reference = referenceIn(href)
    if (reference === undefined || !isReference(reference, code)) continue
    const title = tidyLine(text, MAX_TITLE_LENGTH)
    const isTitle = title.length > reference.length && !title.includes(reference)
    if (isTitle || !titles.has(reference)) titles.set(reference, isTitle ? title : '')
  }
  return [...titles].map(([reference, title]) => ({ reference, title }))
}

function referenceOf({ reference, href }: RawCard, code: CertfrCode): string | undefined {
  const written = tidyLine(reference ?? '', 100)
  const linked = referenceIn(href ?? '')
  if (written !== '' && !isReference(written, code)) return undefined
  const found = written || linked
  // A card that links to another advisory than it names is no card to believe.
  if (found === undefined || (linked !== undefined && linked !== found)) return undefined
  return isReference(found, code) ? found : undefined
}

function statusOf({ status, isOpen, isClosed }: RawCard): Partial<Card> {
  const words = tidyLine(status ?? '', 100)
  const saysClosed = /^cl[oô]tur/i.test(words.normalize('NFC'))
  if (words === '' && !isOpen && !isClosed) return {}
  const closed = saysClosed || (isClosed && !/en cours/i.test(words))
  return {
    isClosed: closed,
    ...(closed ? closedOn(words) : { closedMs: null }),
  }
}

function closedOn(words: string): { closedMs?: number } {
  const closedMs = frenchDateMs(words)
  return closedMs === undefined ? {} : { closedMs }
}
