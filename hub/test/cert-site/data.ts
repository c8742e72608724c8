// Owns the replica's documents and feeds.
import type { SiteAdvisory } from './advisories.ts'
import type { Section } from './pages.ts'
import { escaped, feedDate, frenchDate } from './site-words.ts'

const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** `/alerte/<REF>/json/`: notices have no `closed_at`. */
export function jsonDocument({ className }: Section, advisory: SiteAdvisory): string {
  const { reference, title, closedMs, summary, solution, affectedContent } = advisory
  return JSON.stringify({
    $ref: 'https://www.cert.ssi.gouv.fr/openapi.json',
    affected_systems: advisory.affected.map(({ text, vendor, product }) => ({
      description: text,
      product: { name: product, vendor: { name: vendor, scada: false } },
    })),
    affected_systems_content: affectedContent,
    ...(className === 'cert-alert' && { closed_at: closedMs === null ? null : isoDay(closedMs) }),
    content: solution,
    cves: advisory.cves.map((name) => ({ name, url: `https://cve.example/${name}` })),
    links: advisory.links,
    reference,
    revisions: advisory.revisions.map(({ dateMs, text }) => ({
      description: ` ${text}`,
      revision_date: `${isoDay(dateMs)}T00:00:00.000000`,
    })),
    risks: advisory.risks.map((description) => ({ description })),
    summary,
    title,
    vendor_advisories: advisory.vendorAdvisories.map((link) => ({ published_at: null, ...link })),
  })
}

/** Forty at most, the newest last, dated by the first version; one line. */
export function feed(
  baseUrl: string,
  { path }: Section,
  advisories: readonly SiteAdvisory[],
): string {
  const items = [...advisories]
    .sort((a, b) => rank(a) - rank(b))
    .slice(-40)
    .map((advisory) => {
      const firstMs = Math.min(...advisory.revisions.map(({ dateMs }) => dateMs))
      const link = `${baseUrl}${path.slice(1)}${advisory.reference}/`
      return `<item><title>${escaped(advisory.title)} (${frenchDate(firstMs)})</title><link>${link}</link><description>${escaped(advisory.excerpt)}</description><guid isPermaLink="true">${link}</guid><pubDate>${feedDate(firstMs)}</pubDate></item>`
    })
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel><title>CERT-FR</title><link>${baseUrl}feed/</link><description>Réplique.</description><atom:link href="${baseUrl}feed/" rel="self"/><docs>http://www.rssboard.org/rss-specification</docs><generator>CERT-FR</generator><language>fr-FR</language><lastBuildDate>Fri, 09 Oct 2026 13:30:18 +0000</lastBuildDate>${items.join('')}</channel></rss>`
}

function rank({ reference }: SiteAdvisory): number {
  const [, year, , number] = reference.split('-')
  return Number(year) * 10_000 + Number(number)
}
