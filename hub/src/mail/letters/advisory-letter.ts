// Owns the letter about one advisory: that it is new, that it says something else, that it is closed.
import { capital, listed } from '@vigie/shared/alerts/phrase'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import { publisherOf } from '@vigie/shared/advisories/failure-words'
import type { FieldChange, ToldAdvisory } from '../../cert/watch-ports.ts'
import type { Letter } from '../ports.ts'
import {
  changeBlocks,
  countOf,
  datesLine,
  dayOf,
  documentBlocks,
  hostBlocks,
  MAX_TITLE_LENGTH,
  webAddressOf,
} from './advisory-blocks.ts'
import { ADVISORY_WORDS } from './advisory-words.ts'
import { plainWords, type Block, type Inline, type Tone } from './content.ts'
import { capBlocks, closing, finishLetter, type LetterContext } from './letter-context.ts'

export type AdvisoryLetterKind = 'added' | 'revised' | 'closed'

export function advisoryLetter(
  kind: AdvisoryLetterKind,
  told: ToldAdvisory & { readonly changes: readonly FieldChange[] },
  context: LetterContext,
): Letter {
  const { document, hosts, changes } = told
  const { locale, links } = context
  const words = ADVISORY_WORDS[locale]
  const publisher = publisherOf(document.source)
  const kicker = words.kicker[kind](publisher, document.kind === 'alert')
  const reference = plainLine(document.reference)
  const title = plainLine(document.title, MAX_TITLE_LENGTH) || reference
  const lead = leadOf(kind, told, context)
  const there = webAddressOf(document.url)
  const here = links.advisory(document.reference)
  const content = {
    tone: toneOf(kind, told),
    kicker,
    mark: reference,
    title,
    titleUrl: here,
    preheader: plainWords(lead),
    blocks: [
      { type: 'words', words: lead },
      ...capBlocks(context),
      ...(kind === 'added' ? [] : changeBlocks(changes, context)),
      {
        type: 'actions',
        actions: [
          { label: words.openHere, url: here },
          ...(there === null ? [] : [{ label: words.readThere(publisher), url: there }]),
        ],
      },
      { type: 'words', words: [datesLine(document, locale)], isFact: true },
      ...hostBlocks(hosts, context),
      ...documentBlocks(document, context),
    ] satisfies Block[],
    footer: closing(context),
  }
  const subject = context.words.subject(kicker, `${subjectOf(told, context)}${title}`)
  return finishLetter('advisory', { subject, content }, context)
}

/** Lists of mails show what is concerned before the rest is cut. */
function subjectOf({ document, hosts }: ToldAdvisory, { locale }: LetterContext): string {
  const concerned = countOf(hosts, 'concerned')
  const reference = plainLine(document.reference)
  const count = concerned > 0 ? ` (${ADVISORY_WORDS[locale].hosts(concerned)})` : ''
  return `${reference}${count}, `
}

function toneOf(kind: AdvisoryLetterKind, { hosts }: ToldAdvisory): Tone {
  if (kind === 'closed') return 'over'
  return countOf(hosts, 'concerned') > 0 ? 'crisis' : 'warning'
}

function leadOf(
  kind: AdvisoryLetterKind,
  { document, hosts, isRead }: ToldAdvisory,
  { locale, uncompared = 0 }: LetterContext,
): Inline[] {
  const words = ADVISORY_WORDS[locale]
  const concerned = hosts.filter(({ verdict }) => verdict === 'concerned')
  const toCheck = countOf(hosts, 'check')
  const names = listed(
    concerned.map(({ hostName }) => plainLine(hostName, 60)),
    { locale, word: 'and', most: 6 },
  )
  const sentences: Inline[] = []
  const { closedMs } = document
  if (kind === 'closed' && closedMs !== null)
    sentences.push(words.closedLead(dayOf(closedMs, locale)))
  if (concerned.length > 0) sentences.push({ strong: words.concerns(names, concerned.length) })
  if (toCheck > 0) sentences.push(capital(words.mayConcern(toCheck)))
  // Of a title alone nothing was compared.
  if (isRead && concerned.length + toCheck === 0) {
    sentences.push(words.concernsNone)
    if (uncompared > 0) sentences.push(words.uncompared(uncompared))
  }
  if (!isRead) sentences.push(words.titleOnly)
  return sentences.flatMap((sentence, index) => (index === 0 ? [sentence] : [' ', sentence]))
}
