// Owns the letters about several advisories: the notices of a day, alerts of an hour that has had enough mails, and machines that
// open alerts came to concern.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { DigestItem } from '../../cert/teller.ts'
import type { ToldAdvisory } from '../../cert/watch-ports.ts'
import type { Letter } from '../ports.ts'
import { countOf, datesLine, hostBlocks, MAX_TITLE_LENGTH, moreBlocks } from './advisory-blocks.ts'
import { ADVISORY_WORDS } from './advisory-words.ts'
import { plainWords, type Block, type Inline } from './content.ts'
import { capBlocks, closing, finishLetter, type LetterContext } from './letter-context.ts'

/** More than a day ever has of those that concern nobody. */
const MAX_ITEMS = 100
/** Notices that have their machines listed. */
const MAX_DETAILED = 20

/** Notices since the last digest. */
export function advisoryDigestLetter(items: readonly DigestItem[], context: LetterContext): Letter {
  const { digest, digestTitle } = ADVISORY_WORDS[context.locale]
  const heading = { kicker: digest, titleOf: digestTitle, lead: [] }
  return finishLetter('advisory-digest', listOf(items, heading, context), context)
}

/** What the cap of an hour had held back (docs/cert.md, M4). */
export function advisorySummaryLetter(
  items: readonly DigestItem[],
  context: LetterContext,
): Letter {
  const { several, severalTitle, severalLead } = ADVISORY_WORDS[context.locale]
  const heading = { kicker: several, titleOf: severalTitle, lead: [severalLead] }
  return finishLetter('advisory', listOf(items, heading, context), context)
}

interface Heading {
  readonly kicker: string
  readonly titleOf: (count: number, concerning: number) => string
  readonly lead: readonly Inline[]
}

/** Those that concern a machine come first, with their machines. */
function listOf(
  items: readonly DigestItem[],
  { kicker, titleOf, lead }: Heading,
  context: LetterContext,
) {
  const { locale, links, uncompared = 0 } = context
  const words = ADVISORY_WORDS[locale]
  const concerning = items.filter(({ advisory }) => countOf(advisory.hosts, 'concerned') > 0)
  const toCheck = items.filter(
    ({ advisory }) => advisory.hosts.length > 0 && countOf(advisory.hosts, 'concerned') === 0,
  )
  const others = items.filter(({ advisory }) => advisory.hosts.length === 0)
  const title = titleOf(items.length, concerning.length)
  const detailed = concerning.slice(0, MAX_DETAILED)
  const content = {
    tone: concerning.length > 0 ? 'warning' : 'calm',
    kicker,
    mark: 'Vigie',
    title,
    titleUrl: links.advisories(),
    preheader: items
      .slice(0, 5)
      .map(({ advisory }) => plainLine(advisory.document.title, 60))
      .join(', '),
    blocks: [
      ...capBlocks(context),
      ...(lead.length === 0 ? [] : [{ type: 'words', words: lead } as const]),
      { type: 'actions', actions: [{ label: words.openHere, url: links.advisories() }] },
      ...detailed.flatMap((item) => [
        ...sectionBlocks('', [item], context),
        ...hostBlocks(item.advisory.hosts, context),
      ]),
      ...sectionBlocks(words.digestConcerning, concerning.slice(MAX_DETAILED), context),
      ...sectionBlocks(words.digestToCheck, toCheck, context),
      ...sectionBlocks(words.digestOthers, others, context),
      ...(others.length > 0 && uncompared > 0
        ? [{ type: 'words', words: [words.uncompared(uncompared)] } as const]
        : []),
    ] satisfies Block[],
    footer: closing(context),
  } as const
  return { subject: context.words.subject(kicker, title), content }
}

function sectionBlocks(
  heading: string,
  items: readonly DigestItem[],
  context: LetterContext,
): Block[] {
  if (items.length === 0) return []
  const shown = items
    .slice(0, MAX_ITEMS)
    .map((item) => advisoryItem(item.advisory, standing(item, context), context))
  return [
    ...(heading === '' ? [] : [{ type: 'heading', text: heading } as const]),
    { type: 'list', items: shown },
    ...moreBlocks(items.length - shown.length, context),
  ]
}

/** How many machines it is about, and what became of one that was told before. */
function standing({ advisory, kinds }: DigestItem, { locale }: LetterContext): string {
  const { document, hosts } = advisory
  const words = ADVISORY_WORDS[locale]
  // One that only came to concern machines says what it said before.
  const change = kinds.includes('added')
    ? undefined
    : (['closed', 'revised'] as const).find((kind) => kinds.includes(kind))
  const semicolon = locale === 'fr' ? '\u00a0; ' : '; '
  return [
    ...(hosts.length > 0 ? [words.hosts(hosts.length)] : []),
    ...(change ? [words.became[change](document.kind === 'alert')] : []),
  ]
    .map((part) => `${part}${semicolon}`)
    .join('')
}

/** One line that leads to it. */
export function advisoryItem(
  { document }: ToldAdvisory,
  before: string,
  { locale, links }: LetterContext,
) {
  return {
    text: plainLine(document.title, MAX_TITLE_LENGTH) || plainLine(document.reference),
    url: links.advisory(document.reference),
    note: `${before}${datesLine(document, locale)}`,
  }
}

/** Only the machines that were not told before are in `advisories`. */
export function newlyConcernedLetter(
  advisories: readonly ToldAdvisory[],
  context: LetterContext,
): Letter {
  const { locale, links } = context
  const words = ADVISORY_WORDS[locale]
  const hosts = new Set(advisories.flatMap((one) => one.hosts.map(({ hostId }) => hostId))).size
  const title = words.nowConcernedTitle(hosts, advisories.length)
  const lead: Inline[] = [words.nowConcernedLead]
  const [only] = advisories
  const url =
    only && advisories.length === 1 ? links.advisory(only.document.reference) : links.advisories()
  const content = {
    tone: 'crisis',
    kicker: words.nowConcerned,
    mark: only && advisories.length === 1 ? plainLine(only.document.reference) : 'Vigie',
    title,
    titleUrl: url,
    preheader: plainWords(lead),
    blocks: [
      { type: 'words', words: lead },
      ...capBlocks(context),
      { type: 'actions', actions: [{ label: words.openHere, url }] },
      ...advisories
        .slice(0, MAX_DETAILED)
        .flatMap((advisory): Block[] => [
          { type: 'list', items: [advisoryItem(advisory, '', context)] },
          ...hostBlocks(advisory.hosts, context),
        ]),
      ...moreBlocks(advisories.length - MAX_DETAILED, context),
    ] satisfies Block[],
    footer: closing(context),
  } as const
  const subject = context.words.subject(words.nowConcerned, title)
  return finishLetter('advisory', { subject, content }, context)
}
