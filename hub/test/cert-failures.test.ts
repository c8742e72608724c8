// Each way in which CERT-FR cannot be seen has its name: the replica, through real Chromium.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { certfr, watchedSite } from './cert-site/certfr.ts'
import { CertSite, type Mood } from './cert-site/cert-site.ts'
import { tempDirectory } from './test-hub.ts'

/** A browser for each takes a while: VIGIE_SOAK=1 has all of them, else those whose way through the code is their own. */
const isSoak = process.env['VIGIE_SOAK'] === '1'
const inSoak = <Case>(cases: readonly Case[]): readonly Case[] => (isSoak ? cases : [])

const PNG = [0x89, 0x50, 0x4e, 0x47]

/** Something on loopback that nothing may ask: what it was asked for. */
async function trap(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, answer) => {
    asked.push(request.url ?? '')
    answer.end('<h1>trap</h1>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

describe('a site that answers nothing', () => {
  it.each([
    ['maintenance', 'maintenance'] as const,
    ['unavailable', 'http-error'] as const,
    ...inSoak([['broken', 'http-error'] as const]),
  ])('%s is named %s, with what was seen', async (mood, kind) => {
    const { site, fails } = await watchedSite()
    site.mood = mood
    const { failures } = await fails()
    // Page and feed: the first, which the log tells, is that of the page.
    expect(failures.map((one) => one.kind)).toEqual([kind, kind])
    const [failure] = failures
    expect([...(failure.screenshot ?? [])].slice(0, 4)).toEqual(PNG)
    expect(failure.html).toContain('<h1>')
    expect(failure.detail).toMatch(/HTTP 50[03]/)
  })

  it('is unreachable when nothing listens', async () => {
    const site = await CertSite.start()
    const { fails } = certfr(site)
    const { url } = site
    await site.close()
    expect(url).toMatch(/^http/)
    expect((await fails()).failures).toMatchObject([
      { kind: 'unreachable' },
      { kind: 'unreachable' },
    ])
  })

  it('has a certificate that is not trusted', async () => {
    const site = await CertSite.start({ tls: true })
    const { failures } = await certfr(site).fails()
    expect(failures.map(({ kind }) => kind)).toEqual(['certificate-error', 'certificate-error'])
    expect(site.requests).toEqual([])
  })
})

describe('a page that cannot be read, while the feed can', () => {
  it.each<[Mood, string]>([
    ['challenge', 'challenge'],
    ['empty', 'no-cards'],
    ['truncated', 'bad-document'],
    ['huge', 'too-large'],
    ['redirects', 'http-error'],
    ['download', 'bad-document'],
    ...inSoak<[Mood, string]>([
      ['hanging-up', 'unreachable'],
      ['quiet-challenge', 'challenge'],
      ['missing', 'http-error'],
      ['bomb', 'too-large'],
      ['elsewhere', 'http-error'],
      ['text', 'bad-document'],
    ]),
  ])('%s is named %s, and news come by the feed', async (mood, kind) => {
    const { site, read } = await watchedSite()
    const { url, asked } = await trap()
    site.mood = mood
    site.trap = url
    site.publish('CERTFR-2026-ALE-012')
    const reading = await read()
    expect(reading.by).toBe('feed')
    expect(reading.failures.map((failure) => failure.kind)).toEqual([kind])
    expect(reading.documents.map(({ reference }) => reference)).toContain('CERTFR-2026-ALE-012')
    expect(reading.isWhole).toBe(false)
    expect(asked).toEqual([])
  })

  it.each(inSoak<Mood>(['tarpit', 'slow']))('%s takes no longer than it may', async (mood) => {
    const { site, read } = await watchedSite({ deadlineMs: 30_000 })
    site.mood = mood
    const reading = await read()
    expect(reading).toMatchObject({ by: 'feed', failures: [{ kind: 'deadline' }] })
  })

  it('without a browser, the feed is read', async () => {
    const site = await CertSite.start()
    const { read } = certfr(site, { browser: () => undefined })
    expect(await read()).toMatchObject({ by: 'feed', failures: [{ kind: 'no-browser' }] })
    site.publish('CERTFR-2026-ALE-012')
    site.closeAlert('CERTFR-2026-ALE-010')
    const { documents } = await read()
    expect(documents).toMatchObject([
      { reference: 'CERTFR-2026-ALE-012' },
      { reference: 'CERTFR-2026-ALE-011', closedMs: null },
      { reference: 'CERTFR-2026-ALE-010', closedMs: Date.UTC(2026, 9, 20) },
      { reference: 'CERTFR-2026-ALE-004' },
    ])
  })

  it('with a browser that does not start, the feed is read', async () => {
    const site = await CertSite.start()
    const reading = await certfr(site, { browser: () => '/bin/false' }).read()
    expect(reading).toMatchObject({ by: 'feed', failures: [{ kind: 'browser-died' }] })
  })

  it('with a snap that does not start, the feed is read, and it says how to get another', async () => {
    const folder = await tempDirectory()
    const wrapper = `${folder}/chromium-browser`
    await writeFile(wrapper, '#!/bin/sh\nexec /snap/bin/none\n', { mode: 0o755 })
    const site = await CertSite.start()
    const { by, failures } = await certfr(site, { browser: () => wrapper }).read()
    expect(by).toBe('feed')
    expect(failures[0]?.detail).toContain('it is a snap')
    expect(failures[0]?.detail).toContain('VIGIE_CHROMIUM')
  })
})

describe('layouts', () => {
  it('a redesign is a failure, and what its links tell is read', async () => {
    const { site, read } = await watchedSite()
    site.layout = 'redesign'
    site.publish('CERTFR-2026-ALE-012')
    const reading = await read()
    expect(reading).toMatchObject({
      by: 'page',
      failures: [{ kind: 'no-cards' }],
      documents: [{ reference: 'CERTFR-2026-ALE-012' }],
    })
    expect(reading.failures[0]?.html).toContain('class="tile"')
    site.layout = 'cards'
    expect(await read()).toMatchObject({ documents: [], failures: [] })
  })

  it('the home page of October 2022 is read when the list shows nothing', async () => {
    const { site, read } = await watchedSite()
    site.layout = 'gone'
    site.publish('CERTFR-2026-ALE-012')
    const reading = await read()
    expect(reading).toMatchObject({
      by: 'page',
      failures: [{ kind: 'no-cards' }],
      documents: [{ reference: 'CERTFR-2026-ALE-012' }],
    })
    expect(reading.listed.map(({ reference }) => reference).sort()).toEqual([
      'CERTFR-2026-ALE-004',
      'CERTFR-2026-ALE-010',
      'CERTFR-2026-ALE-011',
      'CERTFR-2026-ALE-012',
    ])
    site.layout = 'cards'
    expect(await read()).toMatchObject({ documents: [], failures: [] })
  })
})

describe('cards that cannot be read', () => {
  const blank = (card: string): string =>
    card.replace(/(<a href="\/alerte[^>]*>)[^<]*/, '$1\n      ')

  it('with blank titles are a failure, not news', async () => {
    const { site, read } = await watchedSite()
    site.spoil = blank
    expect(await read()).toMatchObject({
      by: 'feed',
      failures: [{ kind: 'blank-title', screenshot: expect.any(Uint8Array) as Uint8Array }],
    })
  })

  it.each([
    ['blank-title', blank],
    ['bad-date', (card: string) => card.replace(/Publié le [^<]*/, 'Publié hier')],
    ['bad-reference', (card: string) => card.replace(/(item-ref">)[^<]*/, '$1CERTFR-2026-XYZ-011')],
  ] as const)('one with %s is told, others are read', async (kind, spoil) => {
    const { site, read } = await watchedSite()
    site.spoil = (card, { reference }) => (reference === 'CERTFR-2026-ALE-011' ? spoil(card) : card)
    site.publish('CERTFR-2026-ALE-012')
    const reading = await read()
    expect(reading).toMatchObject({ by: 'page', isWhole: false, failures: [{ kind }] })
    expect(reading.documents.map(({ reference }) => reference)).toContain('CERTFR-2026-ALE-012')
  })
})

describe('the feed', () => {
  it('has what the page does not show: that is told, and read', async () => {
    const { site, read } = await watchedSite()
    const late = site.publish('CERTFR-2026-ALE-012')
    site.alerts = site.alerts.filter((alert) => alert !== late)
    site.feedOf = (alerts) => [...alerts, late]
    site.bodies.set('/alerte/CERTFR-2026-ALE-012/json/', '')
    const reading = await read()
    expect(reading.failures.map(({ kind }) => kind)).toContain('feed-disagrees')
    expect(reading.documents).toMatchObject([{ title: 'Vulnérabilité dans Misaine Portail' }])
  })

  it('that cannot be read is told, the page is read', async () => {
    const { site, read } = await watchedSite()
    site.bodies.set('/alerte/feed/', '<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>')
    expect(await read()).toMatchObject({ by: 'page', failures: [{ kind: 'bad-document' }] })
  })

  it('and the page from before the newest that is known are not believed', async () => {
    const { site, fails, known, read } = await watchedSite()
    const newest = site.publish('CERTFR-2026-ALE-012')
    await read()
    site.alerts = site.alerts.filter((alert) => alert !== newest)
    site.bodies.set('/alerte/CERTFR-2026-ALE-012/json/', '{"closed_at":null}')
    expect(known.has('CERTFR-2026-ALE-012')).toBe(true)
    expect((await fails()).failures).toMatchObject([
      { kind: 'went-backwards', screenshot: expect.any(Uint8Array) as Uint8Array },
    ])
  })
})

describe('a document', () => {
  const path = '/alerte/CERTFR-2026-ALE-012/'

  it.each<Mood>(['huge', 'elsewhere', ...inSoak<Mood>(['slow', 'hanging-up', 'redirects'])])(
    'that is %s is read from its page',
    async (mood) => {
      const { site, read } = await watchedSite()
      const { url, asked } = await trap()
      site.trap = url
      site.publish('CERTFR-2026-ALE-012')
      site.moodsOf.set(`${path}json/`, mood)
      const reading = await read()
      expect(reading.failures).toEqual([])
      expect(reading.documents).toMatchObject([{ cves: ['CVE-2026-90012'] }])
      expect(asked).toEqual([])
    },
  )

  it('that unpacks to more than memory holds ends the run', async () => {
    const { site, fails } = await watchedSite()
    site.publish('CERTFR-2026-ALE-012')
    site.moodsOf.set(`${path}json/`, 'bomb')
    expect((await fails()).failures).toMatchObject([{ kind: 'too-large' }])
  })

  // A fifth of its time is left to say so: a machine that is busy with other tests may need longer once.
  it(
    'W3, W8: that there is no time for is told by the list, and read by the next run',
    { retry: 2 },
    async () => {
      const { site, read } = await watchedSite({ deadlineMs: 12_000 })
      site.publish('CERTFR-2026-ALE-012')
      site.publish('CERTFR-2026-ALE-013')
      site.moodsOf.set('/alerte/CERTFR-2026-ALE-013/json/', 'tarpit')
      const first = await read()
      expect(first.failures.map(({ kind }) => kind)).toEqual(['deadline', 'deadline'])
      expect(first.documents).toMatchObject([
        { reference: 'CERTFR-2026-ALE-013', affected: [] },
        { reference: 'CERTFR-2026-ALE-012', affected: [] },
      ])
      site.moodsOf.clear()
      expect((await read()).documents).toHaveLength(2)
    },
  )
})

describe('robots.txt', () => {
  it('that forbids the list keeps it from being read', async () => {
    const site = await CertSite.start()
    site.robots = 'User-agent: *\nDisallow: /alerte\n'
    expect((await certfr(site).fails()).failures).toMatchObject([{ kind: 'disallowed' }])
    expect(site.paths).toEqual(['/robots.txt'])
  })
})

describe('hostile pages', () => {
  it.each(['script', 'refresh'] as const)(
    '%s: cards are read, nothing else is reached',
    async (mood) => {
      const { site, read } = await watchedSite()
      const { url, asked } = await trap()
      site.trap = url
      site.mood = mood
      site.publish('CERTFR-2026-ALE-012')
      site.requests.length = 0
      expect(await read()).toMatchObject({
        by: 'page',
        failures: [],
        documents: [{ reference: 'CERTFR-2026-ALE-012' }],
      })
      expect(asked).toEqual([])
      expect(site.paths).toEqual([
        '/robots.txt',
        '/alerte/feed/',
        '/alerte/',
        '/alerte/CERTFR-2026-ALE-012/json/',
      ])
    },
  )
})
