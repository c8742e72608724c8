// Owns CERT-FR's structured documents (`/alerte/<REF>/json/`): their schema, as loose as documents of all years are, and what
// becomes of them. Nothing in them is taken as it is: texts become plain, addresses are http(s), all is limited.
import type {
  AdvisoryDocument,
  AdvisoryLink,
  AdvisoryRevision,
  AffectedSystem,
} from '@vigie/shared/api/advisory'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { isoDayMs } from './dates.ts'
import {
  MAX_AFFECTED,
  MAX_CVES,
  MAX_LINKS,
  MAX_REVISIONS,
  MAX_RISKS,
  MAX_TITLE_LENGTH,
} from './limits.ts'
import { plainLine, plainText } from './plain-text.ts'
import { SourceFault } from './source-fault.ts'
import { webAddress } from './web-address.ts'

const maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]))
const text = maybe(Type.String())
const named = Type.Object({ name: text })

const CertfrJson = Type.Object({
  reference: Type.String(),
  title: Type.String(),
  summary: text,
  content: text,
  closed_at: text,
  affected_systems_content: text,
  affected_systems: maybe(
    Type.Array(
      Type.Object({
        description: text,
        product: maybe(Type.Object({ name: text, vendor: maybe(named) })),
      }),
    ),
  ),
  cves: maybe(Type.Array(named)),
  risks: maybe(Type.Array(Type.Object({ description: text }))),
  links: maybe(Type.Array(Type.Object({ title: text, url: text }))),
  vendor_advisories: maybe(Type.Array(Type.Object({ title: text, url: text }))),
  revisions: maybe(Type.Array(Type.Object({ description: text, revision_date: text }))),
})
type CertfrJson = Static<typeof CertfrJson>

/** What the list knows of it, for what its document leaves out. */
export interface Expected {
  readonly source: AdvisoryDocument['source']
  readonly kind: AdvisoryDocument['kind']
  readonly reference: string
  readonly url: string
  readonly publishedMs?: number | undefined
  /** What the list says: null when it is open, undefined when it does not tell. */
  readonly closedMs?: number | null | undefined
}

/** @throws {SourceFault} when it is no such document, of another reference, or without a title or a date. */
export function documentOfJson(body: string, expected: Expected): AdvisoryDocument {
  const json = parsed(body)
  const { reference, url, source, kind } = expected
  if (json.reference.trim() !== reference) {
    throw new SourceFault('bad-document', `the document of ${reference} is another's`)
  }
  const title = plainLine(json.title, MAX_TITLE_LENGTH)
  if (title === '')
    throw new SourceFault('blank-title', `the document of ${reference} has no title`)
  const revisions = revisionsOf(json)
  const publishedMs = revisions.at(0)?.dateMs ?? expected.publishedMs
  if (publishedMs === undefined) {
    throw new SourceFault('bad-date', `the document of ${reference} has no date`)
  }
  const revisedMs = revisions.at(-1)?.dateMs ?? null
  const { systems, words } = affectedOf(json)
  return {
    source,
    kind,
    reference,
    title,
    url,
    publishedMs,
    revisedMs: revisedMs !== null && revisions.length > 1 ? revisedMs : null,
    closedMs: closedOf(json, expected),
    risks: lines(json.risks ?? [], ({ description }) => description, MAX_RISKS),
    affected: systems,
    cves: cvesIn((json.cves ?? []).map(({ name }) => name ?? '')),
    summary: [plainText(json.summary ?? ''), words].filter((part) => part !== '').join('\n\n'),
    solution: plainText((json.content ?? '').replace(/^\s*#{1,6} *Solutions? *\n/i, '')),
    links: linksOf([...(json.vendor_advisories ?? []), ...(json.links ?? [])], url),
    revisions,
  }
}

/** Each CVE once, in the order of its first mention. */
export function cvesIn(texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    for (const [cve] of text.slice(0, 100_000).matchAll(/(?<![\w-])CVE-\d{4}-\d{4,7}(?!\d)/g)) {
      if (found.size < MAX_CVES) found.add(cve)
    }
  }
  return [...found]
}

/** Those that lead somewhere on the web, each once. */
export function linksOf(
  links: readonly { title?: string | null; url?: string | null }[],
  base: string,
): AdvisoryLink[] {
  const found = new Map<string, string>()
  for (const { title, url } of links) {
    const address = url ? webAddress(url, base) : undefined
    if (address === undefined || found.size >= MAX_LINKS) continue
    if (!found.has(address)) found.set(address, plainLine(title ?? '', MAX_TITLE_LENGTH) || address)
  }
  return [...found].map(([url, title]) => ({ title, url }))
}

/** Oldest first; of one day, in the order in which they are written. */
export function sortedRevisions(revisions: readonly AdvisoryRevision[]): AdvisoryRevision[] {
  return revisions.slice(0, MAX_REVISIONS).sort((a, b) => a.dateMs - b.dateMs)
}

function parsed(body: string): CertfrJson {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch (error) {
    throw new SourceFault('bad-document', 'the document is no JSON', { cause: error })
  }
  if (Value.Check(CertfrJson, json)) return json
  const [first] = Value.Errors(CertfrJson, json)
  const where = first ? `${first.instancePath} ${first.message}` : 'it'
  throw new SourceFault('bad-document', `the document is not as documents are: ${where}`)
}

function revisionsOf({ revisions }: CertfrJson): AdvisoryRevision[] {
  const readable: AdvisoryRevision[] = []
  for (const { description, revision_date } of (revisions ?? []).slice(0, MAX_REVISIONS)) {
    const dateMs = isoDayMs(revision_date ?? '')
    if (dateMs !== undefined) readable.push({ dateMs, text: plainLine(description ?? '') })
  }
  return sortedRevisions(readable)
}

// The list decides where it tells: both would else be read at different moments, and open and closed at once.
function closedOf({ closed_at }: CertfrJson, { closedMs }: Expected): number | null {
  if (closedMs === null) return null
  return isoDayMs(closed_at ?? '') ?? closedMs ?? null
}

interface Affected {
  readonly systems: AffectedSystem[]
  /** What is written beside them in sentences. */
  readonly words: string
}

/** Older documents have a text, whose lists are systems; where nothing else names one, its sentences do. */
function affectedOf(json: CertfrJson): Affected {
  const systems: AffectedSystem[] = []
  for (const { description, product } of json.affected_systems ?? []) {
    const [vendor, name] = [known(product?.vendor?.name), known(product?.name)]
    const text = plainLine(description ?? '') || [vendor, name].filter(Boolean).join(' ')
    if (text !== '') systems.push({ text, vendor, product: name })
  }
  const written = plainText(json.affected_systems_content ?? '').split('\n')
  const isItem = (line: string): boolean => line.startsWith('- ')
  const hasNames = systems.length > 0 || written.some(isItem)
  const told = new Set(systems.map(({ text }) => text))
  const words: string[] = []
  for (const line of written.filter((line) => line !== '')) {
    const text = plainLine(line.replace(/^- /, ''))
    if (hasNames && !isItem(line)) words.push(text)
    else if (!told.has(text)) systems.push({ text, vendor: null, product: null })
  }
  return { systems: systems.slice(0, MAX_AFFECTED), words: words.join('\n\n') }
}

function known(name: string | null | undefined): string | null {
  const line = plainLine(name ?? '', MAX_TITLE_LENGTH)
  return line === '' || /^n\/?a$/i.test(line) ? null : line
}

function lines<T>(
  items: readonly T[],
  textOf: (item: T) => string | null | undefined,
  max: number,
) {
  const texts = items.slice(0, max * 2).map((item) => plainLine(textOf(item) ?? ''))
  return [...new Set(texts)].filter((text) => text !== '').slice(0, max)
}
