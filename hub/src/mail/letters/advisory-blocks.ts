// Owns the parts that letters about advisories share. What a source wrote is text everywhere: one line each, and so many.
import { evidenceSentence } from '@vigie/shared/advisories/evidence-words'
import { plainLine } from '@vigie/shared/alerts/plain-line'
import type { AdvisoryDocument, Evidence } from '@vigie/shared/api/advisory'
import type { Locale } from '@vigie/shared/format/locale'
import type { FieldChange, ToldAdvisory, ToldHost } from '../../cert/watch-ports.ts'
import { ADVISORY_WORDS } from './advisory-words.ts'
import type { Block, Inline } from './content.ts'
import type { LetterContext } from './letter-context.ts'
import { dayWriter, WHOLE_DAY } from './letter-times.ts'

/** What a mail names of each; who wants more follows its link. */
export const MAX_HOSTS = 40
const MAX_LINES = 40
const MAX_CVES = 60
const MAX_PARAGRAPHS = 12
const MAX_PARAGRAPH_LENGTH = 1200
const MAX_LINE_LENGTH = 300
export const MAX_TITLE_LENGTH = 200

/** Days of sources are midnight UTC, whatever the reader's zone. */
export function dayOf(timeMs: number, locale: Locale): string {
  return dayWriter(locale, { timeZone: 'UTC', ...WHOLE_DAY })(timeMs)
}

/** Null for what is not an address of the web: nobody is led there. */
export function webAddressOf(url: string): string | null {
  const parsed = URL.parse(url)
  return parsed?.protocol === 'https:' || parsed?.protocol === 'http:' ? parsed.href : null
}

export function datesLine(document: AdvisoryDocument, locale: Locale): string {
  const { reference, kind, publishedMs, revisedMs, closedMs } = document
  const day = (timeMs: number | null): string | null =>
    timeMs === null ? null : dayOf(timeMs, locale)
  return ADVISORY_WORDS[locale].dates({
    reference: plainLine(reference),
    isAlert: kind === 'alert',
    published: dayOf(publishedMs, locale),
    revised: revisedMs === publishedMs ? null : day(revisedMs),
    closed: day(closedMs),
  })
}

/** The concerned, then those to check, each with why. */
export function hostBlocks(hosts: readonly ToldHost[], context: LetterContext): Block[] {
  const words = ADVISORY_WORDS[context.locale]
  return (['concerned', 'check'] as const).flatMap((verdict) => {
    const some = hosts.filter((host) => host.verdict === verdict)
    if (some.length === 0) return []
    const text = verdict === 'concerned' ? words.concernedHosts : words.hostsToCheck
    const items = some.slice(0, MAX_HOSTS).map((host) => hostItem(host, context))
    return [
      { type: 'heading', text, note: String(some.length) } as const,
      { type: 'list', items } as const,
      ...moreBlocks(some.length - items.length, context),
    ]
  })
}

function hostItem({ hostId, hostName, evidence }: ToldHost, { locale, links }: LetterContext) {
  const [first] = evidence
  return {
    text: plainLine(hostName),
    url: links.host(hostId),
    note: first ? plainLine(evidenceNote(first, locale), 2 * MAX_LINE_LENGTH) : '',
  }
}

/** The rule with the package, and the line of the advisory that it is by. */
function evidenceNote(evidence: Evidence, locale: Locale): string {
  const line = plainLine(evidence.line, MAX_LINE_LENGTH)
  const quoted = locale === 'fr' ? `«\u00a0${line}\u00a0»` : `“${line}”`
  return `${evidenceSentence(evidence, locale)} ${quoted}`
}

export function moreBlocks(count: number, { locale }: LetterContext): Block[] {
  return count > 0
    ? [{ type: 'words', words: [ADVISORY_WORDS[locale].more(count)], isFact: true }]
    : []
}

/** What the source says: risks, systems, vulnerabilities, summary, solution. */
export function documentBlocks(document: AdvisoryDocument, context: LetterContext): Block[] {
  const words = ADVISORY_WORDS[context.locale]
  return [
    ...nameBlocks(words.risks, document.risks, MAX_LINES, context),
    ...lineBlocks(
      words.affected,
      document.affected.map(({ text, product }) => text || (product ?? '')),
      context,
    ),
    ...paragraphBlocks(words.summary, document.summary),
    ...paragraphBlocks(words.solution, document.solution),
    ...nameBlocks(words.vulnerabilities, document.cves, MAX_CVES, context),
    ...linkBlocks(document, context),
  ]
}

function nameBlocks(
  text: string,
  items: readonly string[],
  most: number,
  context: LetterContext,
): Block[] {
  if (items.length === 0) return []
  const shown = items.slice(0, most).map((item) => ({ text: plainLine(item, 120), url: null }))
  return [
    { type: 'heading', text },
    { type: 'names', items: shown },
    ...moreBlocks(items.length - shown.length, context),
  ]
}

function lineBlocks(text: string, lines: readonly string[], context: LetterContext): Block[] {
  if (lines.length === 0) return []
  const items = lines
    .slice(0, MAX_LINES)
    .map((line) => ({ text: plainLine(line, MAX_LINE_LENGTH), url: null, note: '' }))
  return [
    { type: 'heading', text },
    { type: 'list', items },
    ...moreBlocks(lines.length - items.length, context),
  ]
}

function paragraphBlocks(text: string, written: string): Block[] {
  const paragraphs = written
    // Items of a list stand apart.
    .split(/\n\n|\n(?=- )/)
    .map((paragraph) => plainLine(paragraph, MAX_PARAGRAPH_LENGTH))
    .filter((paragraph) => paragraph !== '')
  if (paragraphs.length === 0) return []
  const shown = paragraphs.slice(0, MAX_PARAGRAPHS)
  if (shown.length < paragraphs.length) shown.push('…')
  return [
    { type: 'heading', text },
    ...shown.map((paragraph): Block => ({ type: 'words', words: [paragraph] })),
  ]
}

function linkBlocks({ links }: AdvisoryDocument, context: LetterContext): Block[] {
  const items = links.flatMap(({ title, url }) => {
    const address = webAddressOf(url)
    return address === null
      ? []
      : [{ text: plainLine(title, MAX_LINE_LENGTH) || address, url: address, note: '' }]
  })
  if (items.length === 0) return []
  return [
    { type: 'heading', text: ADVISORY_WORDS[context.locale].documentation },
    { type: 'list', items: items.slice(0, MAX_LINES) },
    ...moreBlocks(items.length - MAX_LINES, context),
  ]
}

/** What is different from before, in words. */
export function changeBlocks(changes: readonly FieldChange[], context: LetterContext): Block[] {
  if (changes.length === 0) return []
  const words = ADVISORY_WORDS[context.locale]
  const blocks = changes.flatMap(({ field, added, removed }): Block[] => {
    if (added.length + removed.length === 0) return [line(words.rewritten[field])]
    return [
      ...(added.length > 0 ? [line(words.came[field](added.length)), ...named(added)] : []),
      // A history that grew shorter tells nobody anything.
      ...(removed.length > 0 && field !== 'revisions'
        ? [line(words.went(removed.length)), ...named(removed)]
        : []),
    ]
  })
  return [{ type: 'heading', text: words.changed }, ...blocks]
}

function line(text: string): Block {
  return { type: 'words', words: [text] satisfies Inline[] }
}

function named(items: readonly string[]): Block[] {
  return [
    {
      type: 'names',
      items: items.map((item) => ({ text: plainLine(item, MAX_LINE_LENGTH), url: null })),
    },
  ]
}

export function countOf(hosts: ToldAdvisory['hosts'], verdict: ToldHost['verdict']): number {
  return hosts.filter((host) => host.verdict === verdict).length
}
