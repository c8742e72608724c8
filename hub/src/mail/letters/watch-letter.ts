// Owns the letters about the watch itself: that it is on, that it cannot see, that it sees again.
import { failureWords, sourceName } from '@vigie/shared/advisories/failure-words'
import { capital, listed } from '@vigie/shared/alerts/phrase'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'
import type { News, ToldAdvisory } from '../../cert/watch-ports.ts'
import type { Letter } from '../ports.ts'
import { countOf, moreBlocks } from './advisory-blocks.ts'
import { advisoryItem } from './advisory-digest-letter.ts'
import { ADVISORY_WORDS } from './advisory-words.ts'
import { plainWords, type Block, type Inline, type Tone } from './content.ts'
import { closing, finishLetter, type LetterContext } from './letter-context.ts'

const MAX_OPEN = 60
const MAX_FAILURES = 10

export function watchBegunLetter(
  { sources, open }: { sources: readonly AdvisorySourceId[]; open: readonly ToldAdvisory[] },
  context: LetterContext,
): Letter {
  const { locale } = context
  const words = ADVISORY_WORDS[locale]
  const names = listed(
    sources.map((source) => sourceName(source, locale)),
    { locale, word: 'and', most: 10 },
  )
  const rank = ({ hosts }: ToldAdvisory): number =>
    countOf(hosts, 'concerned') > 0 ? 0 : hosts.length > 0 ? 1 : 2
  const shown = open
    .toSorted((a, b) => rank(a) - rank(b) || b.document.publishedMs - a.document.publishedMs)
    .slice(0, MAX_OPEN)
  const items = shown.map((advisory) =>
    advisoryItem(advisory, standing(advisory, context), context),
  )
  return letter(
    {
      tone: 'calm',
      title: words.begunTitle(names),
      lead: [words.begunLead],
      blocks: [
        { type: 'heading', text: words.openNow, note: String(open.length) },
        items.length > 0 ? { type: 'list', items } : { type: 'words', words: [words.noneOpen] },
        ...moreBlocks(open.length - shown.length, context),
      ],
    },
    context,
  )
}

/** Which machines it concerns, before its dates. */
function standing({ hosts }: ToldAdvisory, { locale }: LetterContext): string {
  const words = ADVISORY_WORDS[locale]
  const concerned = hosts.filter(({ verdict }) => verdict === 'concerned')
  const colon = locale === 'fr' ? '\u00a0: ' : ': '
  if (concerned.length > 0) {
    const names = listed(
      concerned.map(({ hostName }) => plainLine(hostName, 60)),
      { locale, word: 'and', most: 6 },
    )
    return `${words.concernedHosts}${colon}${names}. `
  }
  return hosts.length > 0 ? `${words.hostsToCheck}${colon}${hosts.length}. ` : ''
}

export function watchFailingLetter(news: News, context: LetterContext): Letter {
  const { locale, times } = context
  const words = ADVISORY_WORDS[locale]
  const { failures = [], failingSinceMs = news.timeMs, isPartly } = news.detail
  const name = sourceName(news.source, locale)
  const since = times.at(failingSinceMs)
  const items = failures.slice(0, MAX_FAILURES).map(({ kind, detail }) => ({
    text: capital(failureWords(kind, locale)),
    url: null,
    note: plainLine(detail, 300),
  }))
  return letter(
    {
      tone: 'warning',
      title: isPartly ? words.partlyTitle(name) : words.failingTitle(name),
      lead: [isPartly ? words.partlyLead(since) : words.failingLead(since)],
      blocks: [
        { type: 'heading', text: words.failingWhy },
        { type: 'list', items },
        { type: 'words', words: [words.failingMeans] },
      ],
    },
    context,
  )
}

export function watchWorkingLetter(news: News, context: LetterContext): Letter {
  const { locale, times } = context
  const words = ADVISORY_WORDS[locale]
  const { failingSinceMs } = news.detail
  const since = failingSinceMs === undefined ? null : times.at(failingSinceMs)
  return letter(
    {
      tone: 'over',
      title: words.workingTitle(sourceName(news.source, locale)),
      lead: [words.workingLead(since)],
      blocks: [],
    },
    context,
  )
}

function letter(
  parts: { tone: Tone; title: string; lead: readonly Inline[]; blocks: readonly Block[] },
  context: LetterContext,
): Letter {
  const { tone, title, lead, blocks } = parts
  const { links, locale } = context
  const words = ADVISORY_WORDS[locale]
  const content = {
    tone,
    kicker: words.watch,
    mark: 'Vigie',
    title,
    titleUrl: links.advisories(),
    preheader: plainWords(lead),
    blocks: [
      { type: 'words', words: lead },
      { type: 'actions', actions: [{ label: words.openWatch, url: links.advisories() }] },
      ...blocks,
    ] satisfies Block[],
    footer: closing(context),
  }
  const subject = context.words.subject(words.watch, title.replace(/\u00a0?: /, ', '))
  return finishLetter('watch', { subject, content }, context)
}
