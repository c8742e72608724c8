// Owns CERT-FR's page of one advisory, which is read where its structured document cannot be: rows of its tables are found by
// their label, sections by their heading, wherever they stand.
import type { AdvisoryDocument, AdvisoryRevision } from '@vigie/shared/api/advisory'
import { Type, type Static } from 'typebox'
import { cvesIn, linksOf, sortedRevisions, type Expected } from './certfr-json.ts'
import { frenchDateMs } from './dates.ts'
import { MAX_AFFECTED, MAX_RISKS, MAX_TITLE_LENGTH } from './limits.ts'
import type { PageDocument, PageElement } from './page-elements.ts'
import { plainLine, plainText, tidyLine } from './plain-text.ts'
import { SourceFault } from './source-fault.ts'

const line = Type.String({ maxLength: 4_000 })
const many = { maxItems: 5_000 }

export const RawAdvisoryPage = Type.Object({
  heading: line,
  rows: Type.Array(Type.Object({ label: line, value: line }), many),
  sections: Type.Array(
    Type.Object({
      heading: line,
      text: Type.String({ maxLength: 100_000 }),
      items: Type.Array(line, many),
      links: Type.Array(Type.Object({ title: line, url: line }), many),
    }),
    { maxItems: 100 },
  ),
  revisions: Type.Array(Type.Object({ date: line, text: line }), many),
})
type RawAdvisoryPage = Static<typeof RawAdvisoryPage>

declare const document: PageDocument

/** Runs inside the page. */
export function readAdvisoryInPage(): unknown {
  const said = (text: string | null | undefined, max = 4_000): string => (text ?? '').slice(0, max)
  const all = (from: PageElement, selector: string, max = 1_000): PageElement[] =>
    Array.from(from.querySelectorAll(selector)).slice(0, max)

  // Paragraphs and items end a line; text content alone would join them.
  const written = (element: PageElement): string => {
    const blocks = all(element, 'p, li, pre').filter(
      (block) =>
        block.closest('p, li, pre') === block && block.querySelector('p, li, pre') === null,
    )
    const texts = blocks.map(
      (block) => `${block.tagName === 'LI' ? '- ' : ''}${said(block.textContent)}`,
    )
    return texts.length > 0 ? texts.join('\n\n') : said(element.textContent)
  }
  const sectionOf = (heading: PageElement): unknown => {
    const parts: PageElement[] = []
    let part = heading.nextElementSibling
    while (part !== null && part.tagName !== 'H2' && parts.length < 200) {
      // Some sections stand in a <div> of their own, with their heading in it.
      if (part.querySelector('h2') !== null) break
      parts.push(part)
      part = part.nextElementSibling
    }
    const items = parts.flatMap((element) =>
      all(element, 'li').map((item) => said(item.textContent)),
    )
    const links = parts.flatMap((element) =>
      all(element, 'a[href]').map((link) => ({
        title: said(link.textContent),
        url: said(link.getAttribute('href')),
      })),
    )
    const text = parts.map(written).join('\n\n').slice(0, 100_000)
    return {
      heading: said(heading.textContent),
      text,
      items: items.slice(0, 5_000),
      links: links.slice(0, 5_000),
    }
  }
  return {
    heading: said(document.querySelector('.meta-title h1')?.textContent),
    rows: all(document, '.meta-document tr, .meta-table tr', 100).map((row) => ({
      label: said(row.children[0]?.textContent),
      value: said(row.children[1]?.textContent),
    })),
    sections: all(document, '.article-content h2', 50).map(sectionOf),
    revisions: all(document, '.article-footer dt', 300).map((term) => ({
      date: said(term.textContent),
      text: said(term.nextElementSibling?.textContent),
    })),
  }
}

/** @throws {SourceFault} when the page is of another reference, or tells no title or no date. */
export function documentOfPage(raw: RawAdvisoryPage, expected: Expected): AdvisoryDocument {
  const { source, kind, reference, url } = expected
  const row = (label: RegExp): string => {
    const found = raw.rows.find((row) => label.test(tidyLine(row.label)))
    return tidyLine(found?.value ?? '')
  }
  if (row(/^r[ée]f[ée]rence$/i) !== reference) {
    throw new SourceFault('bad-document', `the page of ${reference} is another's`)
  }
  const heading = tidyLine(raw.heading, MAX_TITLE_LENGTH).replace(/^objet ?: ?/i, '')
  const title = row(/^titre$/i).slice(0, MAX_TITLE_LENGTH) || heading
  if (title === '') throw new SourceFault('blank-title', `the page of ${reference} has no title`)
  const revisions = revisionsOf(raw)
  const publishedMs =
    frenchDateMs(row(/premi[èe]re version/i)) ?? revisions.at(0)?.dateMs ?? expected.publishedMs
  if (publishedMs === undefined) {
    throw new SourceFault('bad-date', `the page of ${reference} has no date`)
  }
  const lastMs = frenchDateMs(row(/derni[èe]re version/i)) ?? revisions.at(-1)?.dateMs
  const closing = revisions.findLast(({ text }) => /^cl[oô]ture de l.alerte/i.test(text))
  const documentation = section(raw, /^documentation/i)
  return {
    source,
    kind,
    reference,
    title,
    url,
    publishedMs,
    revisedMs: lastMs !== undefined && revisions.length > 1 ? lastMs : null,
    closedMs: expected.closedMs !== undefined ? expected.closedMs : (closing?.dateMs ?? null),
    risks: section(raw, /^risque/i)
      .items.map((risk) => tidyLine(risk))
      .slice(0, MAX_RISKS),
    affected: section(raw, /^syst[èe]mes? affect/i)
      .items.map((text) => ({ text: tidyLine(text), vendor: null, product: null }))
      .filter(({ text }) => text !== '')
      .slice(0, MAX_AFFECTED),
    cves: cvesIn([...documentation.items, documentation.text]),
    summary: section(raw, /^r[ée]sum[ée]/i).text,
    solution: solutionOf(raw),
    links: linksOf(documentation.links, url),
    revisions,
  }
}

function revisionsOf(raw: RawAdvisoryPage): AdvisoryRevision[] {
  const revisions: AdvisoryRevision[] = []
  for (const { date, text } of raw.revisions) {
    const dateMs = frenchDateMs(tidyLine(date))
    if (dateMs !== undefined) revisions.push({ dateMs, text: plainLine(text) })
  }
  return sortedRevisions(revisions)
}

function solutionOf(raw: RawAdvisoryPage): string {
  const around = section(raw, /^contournement/i).text
  const solution = section(raw, /^solution/i).text
  return plainText(
    [around && `Contournement provisoire\n\n${around}`, solution].filter(Boolean).join('\n\n'),
  )
}

function section(raw: RawAdvisoryPage, heading: RegExp) {
  const found = raw.sections.find((section) => heading.test(tidyLine(section.heading)))
  if (!found) return { text: '', items: [], links: [] }
  // It is text already: marks of Markdown and letters like "<" in it are meant.
  const text = found.text
    .split(/\n{2,}/)
    .map((paragraph) => tidyLine(paragraph, 10_000))
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
  return { text, items: found.items, links: found.links }
}
