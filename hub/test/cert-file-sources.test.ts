// CISA's catalogue and Debian's feed, as they are fetched from a real server on loopback that may do them harm.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../src/clock.ts'
import {
  UnreadableSourceError,
  type AdvisorySource,
  type KnownAdvisory,
} from '../src/cert/ports.ts'
import { createDebianSource } from '../src/cert/sources/debian-source.ts'
import { createKevSource } from '../src/cert/sources/kev-source.ts'
import { debianFeed, dsa } from './debian-site.ts'

type Serve = (path: string, answer: ServerResponse) => void

const identity = { version: '1.2.3', contactUrl: 'https://vigie.example/contact' }
const NEVER = new AbortController().signal

async function serving(serve: Serve): Promise<{ url: string; agents: string[] }> {
  const agents: string[] = []
  const server = createServer((request, answer) => {
    agents.push(request.headers['user-agent'] ?? '')
    answer.on('error', () => undefined)
    if (request.url === '/robots.txt') answer.writeHead(404).end()
    else serve(request.url ?? '', answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`, agents }
}

const entry = (cveID: string, more: object = {}): object => ({
  cveID,
  vendorProject: 'Goéland',
  product: 'Passerelle',
  vulnerabilityName: `Goéland Passerelle ${cveID}`,
  dateAdded: '2026-10-01',
  shortDescription: 'Un inconnu <b>entre</b>.',
  requiredAction: 'Installer la version 4.2.',
  dueDate: '2026-10-22',
  knownRansomwareCampaignUse: 'Known',
  notes: 'https://editeur.example/a ; javascript:alert(1) ; https://phare.example/b',
  cwes: ['CWE-78'],
  ...more,
})
const catalogue = (...vulnerabilities: unknown[]): string =>
  JSON.stringify({ catalogVersion: '2026.10.01', count: vulnerabilities.length, vulnerabilities })

async function read(source: AdvisorySource, known = new Map<string, KnownAdvisory>()) {
  const reading = await source.read(known, NEVER)
  for (const { reference, listHash, isClosed } of reading.listed) {
    known.set(reference, { reference, listHash, isClosed, isRead: true })
  }
  return { reading, known }
}

async function failureOf(source: AdvisorySource, signal = NEVER): Promise<string> {
  const outcome: unknown = await source.read(new Map(), signal).catch((error: unknown) => error)
  if (outcome instanceof UnreadableSourceError) return outcome.failures[0].kind
  throw new Error('it could be read', { cause: outcome })
}

describe('the catalogue of exploited vulnerabilities', () => {
  it('is read whole, then what is new or other than before', async () => {
    let body = catalogue(entry('CVE-2026-90001'), entry('CVE-2026-90002'))
    const { url, agents } = await serving((_, answer) => answer.end(body))
    const source = createKevSource({ ...identity, url })
    const { reading, known } = await read(source)
    expect(reading).toMatchObject({ by: 'data', isWhole: true, failures: [] })
    expect(reading.documents[0]).toEqual({
      source: 'cisa-kev',
      kind: 'notice',
      reference: 'CVE-2026-90001',
      title: 'Goéland Passerelle CVE-2026-90001',
      url: 'https://nvd.nist.gov/vuln/detail/CVE-2026-90001',
      publishedMs: Date.UTC(2026, 9, 1),
      revisedMs: null,
      closedMs: null,
      risks: ['Ransomware'],
      affected: [{ text: 'Goéland Passerelle', vendor: 'Goéland', product: 'Passerelle' }],
      cves: ['CVE-2026-90001'],
      summary: 'Un inconnu entre.',
      solution: 'Installer la version 4.2.',
      links: [
        { title: 'https://editeur.example/a', url: 'https://editeur.example/a' },
        { title: 'https://phare.example/b', url: 'https://phare.example/b' },
      ],
      revisions: [],
    })
    expect(new Set(agents)).toEqual(new Set(['Vigie/1.2.3 (+https://vigie.example/contact)']))
    expect((await read(source, known)).reading.documents).toEqual([])
    body = catalogue(
      entry('CVE-2026-90003'),
      entry('CVE-2026-90001', { requiredAction: 'Éteindre.' }),
      entry('CVE-2026-90002'),
    )
    const { documents } = (await read(source, known)).reading
    expect(documents.map(({ reference }) => reference)).toEqual([
      'CVE-2026-90003',
      'CVE-2026-90001',
    ])
  })

  it('leaves out entries that cannot be read, and says so', async () => {
    const body = catalogue(entry('CVE-2026-90001'), entry('../etc'), { cveID: 7 }, null)
    const { url } = await serving((_, answer) => answer.end(body))
    const { reading } = await read(createKevSource({ ...identity, url }))
    expect(reading.listed).toHaveLength(1)
    expect(reading.isWhole).toBe(false)
    expect(reading.failures.map(({ kind }) => kind)).toEqual([
      'bad-document',
      'bad-document',
      'bad-document',
    ])
  })
})

describe('the Debian feed', () => {
  it('names packages', async () => {
    const body = debianFeed(
      dsa('DSA-9001-1', 'goeland'),
      dsa('DSA-9002-2', 'libamarre2', '2026-10-02'),
    )
    const { url } = await serving((_, answer) => answer.end(body))
    const nowMs = Date.UTC(2026, 9, 5, 13)
    const clock = { ...systemClock, nowMs: () => nowMs }
    const source = createDebianSource({ ...identity, url, clock })
    const { reading, known } = await read(source)
    expect(reading).toMatchObject({ by: 'feed', isWhole: false, failures: [] })
    expect(reading.documents).toMatchObject([
      {
        source: 'debian',
        reference: 'DSA-9001-1',
        url: 'https://listes.example/DSA-9001-1',
        publishedMs: Date.UTC(2026, 9, 5),
        affected: [{ text: 'Debian goeland', vendor: 'Debian', product: 'goeland' }],
        cves: ['CVE-2026-90001', 'CVE-2026-90002'],
        summary: 'Deux failles, CVE-2026-90001 et CVE-2026-90002.',
      },
      { reference: 'DSA-9002-2', publishedMs: Date.UTC(2026, 9, 2) },
    ])
    expect((await read(source, known)).reading.documents).toEqual([])
  })

  it.each([
    ['a document type', '<!DOCTYPE rdf:RDF [<!ENTITY a "aaaa">]><rdf:RDF>&a;</rdf:RDF>'],
    ['an entity', debianFeed('<item><title>&a;</title></item>')],
    ['half of it', debianFeed(dsa('DSA-9001-1', 'goeland')).slice(0, -40)],
    ['HTML', '<html><body><p>maintenance</p></body></html>'],
    ['nothing', ''],
    ['deep elements', debianFeed('<item>'.repeat(1000))],
  ])('is not read with %s', async (_, body) => {
    const { url } = await serving((_, answer) => answer.end(body))
    expect(await failureOf(createDebianSource({ ...identity, url, clock: systemClock }))).toBe(
      'bad-document',
    )
  })
})

describe('a file', () => {
  const lead = (to: string): Serve => {
    return (_, answer) => answer.writeHead(302, { location: to }).end()
  }
  const cases: readonly [string, string, Serve][] = [
    ['that is none', 'http-error', (_, answer) => answer.writeHead(500).end()],
    ['that is elsewhere', 'http-error', lead('http://127.0.0.1:1/')],
    ['that is a file of the machine', 'http-error', lead('file:///etc/passwd')],
    ['that redirects without end', 'http-error', lead('/list')],
    ['that is no JSON', 'bad-document', (_, answer) => answer.end('<html>')],
    ['that is other JSON', 'bad-document', (_, answer) => answer.end('[]')],
    ['that is empty', 'no-cards', (_, answer) => answer.end(catalogue())],
    ['that is too large', 'too-large', (_, answer) => answer.end(Buffer.alloc(11_000_000, ' '))],
    [
      'that unpacks to too much',
      'too-large',
      (_, answer) => {
        answer.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000_000, ' ')))
      },
    ],
    ['that hangs up', 'unreachable', (_, answer) => answer.destroy()],
    [
      'that breaks off',
      'unreachable',
      (_, answer) => {
        answer.writeHead(200, { 'content-length': 1000 }).write('{', () => answer.destroy())
      },
    ],
    ['that never answers', 'deadline', () => undefined],
  ]
  it.each(cases)('%s is %s', async (_, kind, serve) => {
    const { url } = await serving(serve)
    expect(await failureOf(createKevSource({ ...identity, url, timeoutMs: 1_500 }))).toBe(kind)
  })

  it('is not read when robots.txt forbids it', async () => {
    const server = createServer((request, answer) => {
      answer.end(request.url === '/robots.txt' ? 'User-agent: Vigie\nDisallow: /' : catalogue())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`
    expect(await failureOf(createKevSource({ ...identity, url }))).toBe('disallowed')
  })

  it('is given up when the hub stops', async () => {
    const { url } = await serving(() => undefined)
    const stop = new AbortController()
    const reading = createKevSource({ ...identity, url }).read(new Map(), stop.signal)
    stop.abort(new Error('the hub stops'))
    await expect(reading).rejects.toThrow('the hub stops')
  })
})
