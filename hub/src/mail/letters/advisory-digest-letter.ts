// Owns the letters about several advisories: the notices of a day, and machines that open alerts came to concern.
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { DigestItem } from '../../cert/teller.ts'
import type { ToldAdvisory } from '../../cert/watch-ports.ts'
import type { Letter } from '../ports.ts'
import { countOf, datesLine, hostBlocks, MAX_TITLE_LENGTH, moreBlocks } from './advisory-blocks.ts'
import { ADVISORY_WORDS } from './advisory-words.ts'
import { plainWords, type Block, type Inline } from './content.ts'
import { closing, finishLetter, type LetterContext } from './letter-context.ts'

/** More than a day ever has of those that concern nobody. */
const MAX_ITEMS = 100
/** Notices that have their machines listed. */
const MAX_DETAILED = 20

/** Those that concern a machine come first, with their machines. */
export function advisoryDigestLetter(items: readonly DigestItem[], context: LetterContext): Letter {
  const { locale, links } = context
  const words = ADVISORY_WORDS[locale]
  const concerning = items.filter(({ advisory }) => countOf(advisory.hosts, 'concerned') > 0)
  const toCheck = items.filter(
    ({ advisory }) => advisory.hosts.length > 0 && countOf(advisory.hosts, 'concerned') === 0,
  )
  const others = items.filter(({ advisory }) => advisory.hosts.length === 0)
  const title = words.digestTitle(items.length, concerning.length)
  const detailed = concerning.slice(0, MAX_DETAILED)
  const content = {
    tone: concerning.length > 0 ? 'warning' : 'calm',
    kicker: words.digest,
    mark: 'Vigie',
    title,
    titleUrl: links.advisories(),
    preheader: items
      .slice(0, 5)
      .map(({ advisory }) => plainLine(advisory.document.title, 60))
      .join(', '),
    blocks: [
      { type: 'actions', actions: [{ label: words.openHere, url: links.advisories() }] },
      ...detailed.flatMap((item) => [
        ...sectionBlocks('', [item], context),
        ...hostBlocks(item.advisory.hosts, context),
      ]),
      ...sectionBlocks(words.digestConcerning, concerning.slice(MAX_DETAILED), context),
      ...sectionBlocks(words.digestToCheck, toCheck, context),
      ...sectionBlocks(words.digestOthers, others, context),
    ] satisfies Block[],
    footer: closing(context),
  } as const
  const subject = context.words.subject(words.digest, title)
  return finishLetter('advisory-digest', { subject, content }, context)
}

function sectionBlocks(
  heading: string,
  items: readonly DigestItem[],
  context: LetterContext,
): Block[] {
  if (items.length === 0) return []
  const { locale } = context
  const words = ADVISORY_WORDS[locale]
  const shown = items.slice(0, MAX_ITEMS).map(({ advisory, kinds }) => {
    const isNew = kinds.includes('added')
    const counts = advisory.hosts.length > 0 ? `${words.hosts(advisory.hosts.length)}; ` : ''
    return advisoryItem(advisory, `${counts}${isNew ? '' : `${words.isRevised}; `}`, context)
  })
  return [
    ...(heading === '' ? [] : [{ type: 'heading', text: heading } as const]),
    { type: 'list', items: shown },
    ...moreBlocks(items.length - shown.length, context),
  ]
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
