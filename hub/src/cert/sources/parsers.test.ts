// Dates, references, marks of lists, addresses, robots.txt and feeds: as they are written, and as they should not be.
import { describe, expect, it } from 'vitest'
import { certfrFeedOf } from './certfr-feed.ts'
import { feedDayMs, frenchDateMs, isoDayMs } from './dates.ts'
import { feedItemsOf } from './feed-xml.ts'
import { differs, listHashOf, merged } from './list-hash.ts'
import { compareReferences, isReference, newestOf, referenceIn } from './references.ts'
import { robotsRulesOf } from './robots.ts'
import { webAddress } from './web-address.ts'

describe('dates', () => {
  it.each([
    ['Publié le 02 septembre 2026', Date.UTC(2026, 8, 2)],
    ['7 octobre 2022', Date.UTC(2022, 9, 7)],
    ['le 1er août 2025', Date.UTC(2025, 7, 1)],
    ['Clôturée le 22 décembre 2026', Date.UTC(2026, 11, 22)],
    ['Publié le 3 FÉVRIER 2024', Date.UTC(2024, 1, 3)],
    ['Publié\u00a0le\u00a003\u00a0mars\u00a02024', Date.UTC(2024, 2, 3)],
    ['29 février 2023', undefined],
    ['31 juin 2026', undefined],
    ['0 mai 2026', undefined],
    ['3 vendémiaire 2026', undefined],
    ['3 mai 1492', undefined],
    ['3 mai 20266', undefined],
    ['hier', undefined],
    ['', undefined],
  ])('%j is read', (text, ms) => {
    expect(frenchDateMs(text)).toBe(ms)
  })

  it('of documents and feeds are read', () => {
    expect(isoDayMs('2026-09-30T00:00:00.000000')).toBe(Date.UTC(2026, 8, 30))
    expect(isoDayMs('2026-13-30')).toBeUndefined()
    expect(feedDayMs('Fri, 09 Oct 2026 13:30:18 +0000')).toBe(Date.UTC(2026, 9, 9))
    expect(feedDayMs('9 October 2026 CEST')).toBe(Date.UTC(2026, 9, 9))
    expect(feedDayMs('2026-10-09')).toBe(Date.UTC(2026, 9, 9))
    expect(feedDayMs('soon')).toBeUndefined()
  })
})

describe('references', () => {
  it('are told by their kind', () => {
    expect(isReference('CERTFR-2026-ALE-011', 'ALE')).toBe(true)
    expect(isReference('CERTA-2009-ALE-001', 'ALE')).toBe(true)
    expect(isReference('CERTFR-2026-AVI-0011', 'ALE')).toBe(false)
    expect(isReference('CERTFR-2026-ALE-011 ', 'ALE')).toBe(false)
    expect(isReference('CERTFR-2026-ALE-01', 'ALE')).toBe(false)
  })

  it('are found in addresses', () => {
    expect(referenceIn('/alerte/CERTFR-2026-ALE-011/')).toBe('CERTFR-2026-ALE-011')
    expect(referenceIn('/alerte/')).toBeUndefined()
  })

  it('are in the order in which they were given out', () => {
    expect(compareReferences('CERTFR-2026-ALE-001', 'CERTFR-2025-ALE-020')).toBeGreaterThan(0)
    expect(compareReferences('CERTFR-2026-AVI-1000', 'CERTFR-2026-AVI-999')).toBeGreaterThan(0)
    expect(newestOf(['CERTFR-2026-ALE-002', 'CERTFR-2026-ALE-010'])).toBe('CERTFR-2026-ALE-010')
    expect(newestOf([])).toBeUndefined()
  })
})

describe('what a list says', () => {
  const full = listHashOf({ title: 'a', date: '1', status: 'open', excerpt: 'x' })

  it('differs in any of its parts', () => {
    expect(differs(full, full)).toBe(false)
    for (const more of [{ title: 'b' }, { date: '2' }, { status: 'no' }, { excerpt: 'y' }]) {
      const other = { title: 'a', date: '1', status: 'open', excerpt: 'x', ...more }
      expect(differs(listHashOf(other), full)).toBe(true)
    }
  })

  it('is compared in what both tell', () => {
    expect(differs(listHashOf({ title: 'a' }), full)).toBe(false)
    expect(differs(listHashOf({ title: 'b' }), full)).toBe(true)
    expect(differs(listHashOf({}), full)).toBe(false)
    expect(differs(full, '')).toBe(true)
    expect(merged(listHashOf({ title: 'a' }), full)).toBe(full)
    expect(merged(full, '')).toBe(full)
  })
})

describe('addresses', () => {
  it.each([
    ['https://phare.example/a', 'https://phare.example/a'],
    ['/avis/x/', 'https://site.example/avis/x/'],
    ['//autre.example/', 'https://autre.example/'],
    ['javascript:alert(1)', undefined],
    ['JaVaScRiPt:alert(1)', undefined],
    ['\tjavascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/passwd', undefined],
    ['https://nom:secret@phare.example/', undefined],
    ['https://', undefined],
    [`https://phare.example/${'a'.repeat(3000)}`, undefined],
  ])('%s', (address, kept) => {
    expect(webAddress(address, 'https://site.example/alerte/')).toBe(kept)
  })
})

describe('robots.txt', () => {
  const site =
    'User-agent: *\nDisallow: /pdf\nDisallow: /fiche/\n\nUser-agent: BadBot\nDisallow: /\n'

  it.each([
    [site, '/alerte/', true],
    [site, '/pdf/x', false],
    ['', '/alerte/', true],
    ['User-agent: *\nDisallow:\n', '/alerte/', true],
    ['User-agent: *\nDisallow: /\nAllow: /alerte/\n', '/alerte/feed/', true],
    ['User-agent: *\nDisallow: /\nAllow: /alerte/\n', '/avis/', false],
    ['User-Agent: Vigie\r\nDisallow: /\r\n\r\nUser-agent: *\r\nAllow: /\r\n', '/alerte/', false],
    ['User-agent: a\nUser-agent: vigie # us\nDisallow: /alerte', '/alerte/', false],
    ['User-agent: *\nDisallow: /*/json/$', '/alerte/x/json/', false],
    ['User-agent: *\nDisallow: /*/json/$', '/alerte/x/json/y', true],
    ['User-agent: *\nDisallow: /*a*a$', '/xaya', false],
    ['<html>User-agent: *</html>', '/alerte/', true],
  ])('%j, %s: %s', (text, path, isAllowed) => {
    expect(robotsRulesOf(text, 'vigie').isAllowed(path)).toBe(isAllowed)
  })

  it('of many stars is read', () => {
    const text = `User-agent: *\n${`Disallow: /${'*a'.repeat(240)}$\n`.repeat(4_000)}`
    expect(robotsRulesOf(text, 'vigie').isAllowed(`/${'a'.repeat(200)}b`)).toBe(true)
  })
})

describe('feeds', () => {
  const item = (title: string, more = ''): string =>
    `<item><title>${title}</title><link>https://site.example/alerte/CERTFR-2026-ALE-011/</link><pubDate>Mon, 28 Sep 2026 00:00:00 +0000</pubDate>${more}</item>`
  const rss = (...items: string[]): string =>
    `<?xml version='1.0' encoding='UTF-8'?><rss version="2.0"><channel><title>x</title>${items.join('')}</channel></rss>`

  it('are read, without the dates behind their titles', () => {
    const xml = rss(
      item('[MàJ] Faille dans Foc (28 septembre 2026)', '<description>**a** \\[b\\]</description>'),
    )
    expect(certfrFeedOf(xml, 'ALE')).toEqual([
      {
        reference: 'CERTFR-2026-ALE-011',
        title: '[MàJ] Faille dans Foc',
        publishedMs: Date.UTC(2026, 8, 28),
        summary: 'a [b]',
      },
    ])
  })

  it('keep CDATA, and leave out the titles of other elements', () => {
    const xml = rss(item('<![CDATA[a <b>]]>', '<image><title>non</title></image>'))
    expect(feedItemsOf(xml)[0]?.title).toBe('a <b>')
  })

  it.each([
    ['bad-document', rss()],
    ['bad-document', '<rss><channel>'],
    ['bad-document', '<html></html>'],
    ['bad-document', rss(item('&xxe;'))],
    ['bad-document', `<!DOCTYPE rss SYSTEM "file:///etc/passwd">${rss(item('a'))}`],
    ['blank-title', rss(item(' (28 septembre 2026)'))],
    ['bad-date', rss(item('a')).replace('28 Sep 2026', 'soon')],
  ])('are refused as %s', (kind, xml) => {
    expect(() => certfrFeedOf(xml, 'ALE')).toThrow(expect.objectContaining({ kind }))
  })

  it('are read no further than to their five hundredth item', () => {
    expect(feedItemsOf(rss(...Array<string>(600).fill(item('a'))))).toHaveLength(500)
  })
})
