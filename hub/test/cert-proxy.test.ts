// Sources behind a company's proxy, which alone knows where they are: a real one on loopback, through Chromium and without.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { UnreadableSourceError, type AdvisorySource } from '../src/cert/ports.ts'
import { createKevSource } from '../src/cert/sources/kev-source.ts'
import { certfr } from './cert-site/certfr.ts'
import { CertSite } from './cert-site/cert-site.ts'
import { CompanyProxy } from './cert-site/proxy.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const identity = { version: '1.2.3', contactUrl: undefined }
const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/proxied/${name}`, import.meta.url), 'utf8')

/** As the hub's environment has it. */
function environment(variables: Readonly<Record<string, string>>): void {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    vi.stubEnv(name, variables[name] ?? '')
    vi.stubEnv(name.toLowerCase(), variables[name.toLowerCase()] ?? '')
  }
  onTestFinished(() => void vi.unstubAllEnvs())
}

async function failuresOf(source: AdvisorySource) {
  const outcome = await source
    .read(new Map(), new AbortController().signal)
    .catch((error: unknown) => error)
  if (outcome instanceof UnreadableSourceError) return outcome.failures
  throw new Error('it could be read', { cause: outcome })
}

function expectNoPassword(text: string): void {
  expect(text).not.toMatch(/cret|s%3A|ada:/)
}

/** A catalogue at `https://cert.example/kev.json`, behind a proxy. */
async function proxiedCatalogue() {
  const vulnerability = { cveID: 'CVE-2026-90001', dateAdded: '2026-10-01', product: 'Goéland' }
  const body = JSON.stringify({ vulnerabilities: [vulnerability] })
  const tls = { key: fixture('cert.example.key.pem'), cert: fixture('cert.example.pem') }
  const server = createServer(tls, (_, answer) => answer.end(body))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const proxy = await CompanyProxy.start(new URL(`https://127.0.0.1:${port}`))
  const source = createKevSource({ ...identity, url: 'https://cert.example/kev.json' })
  return { proxy, source }
}

describe('CERT-FR', () => {
  it('is read by Chromium through the proxy, which is asked for nothing else', async () => {
    const site = await CertSite.start()
    const proxy = await CompanyProxy.start(new URL(site.url))
    environment({ HTTP_PROXY: proxy.url })
    const { read } = certfr(site, { baseUrl: 'http://cert.example/' })
    expect(await read()).toMatchObject({ by: 'page', failures: [] })
    expect(site.paths).toContain('/alerte/')
    expect(proxy.asked.length).toBeGreaterThan(2)
    for (const asked of proxy.asked) {
      expect(asked).toMatch(/^(?:GET http:\/\/cert\.example\/|CONNECT cert\.example:80$)/)
    }
  })

  it('says that the proxy refuses, in words without its password', async () => {
    const site = await CertSite.start()
    const proxy = await CompanyProxy.start(new URL(site.url))
    environment({ https_proxy: proxy.url })
    const { fails } = certfr(site, {
      baseUrl: 'https://cert.example/',
      ...(!isSoak && { browser: () => undefined }),
    })
    proxy.refuses = 407
    const { failures, message } = await fails()
    expect(failures.map(({ kind }) => kind)).toContain('proxy-error')
    expect(message).toContain('answers 407: it wants a name and a password')
    expectNoPassword(message)
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT cert.example:443']))
  })

  it.runIf(isSoak)('has its certificate verified behind the proxy too', async () => {
    const site = await CertSite.start({ tls: true })
    const proxy = await CompanyProxy.start(new URL(site.url))
    environment({ HTTPS_PROXY: proxy.url })
    const { failures } = await certfr(site, { baseUrl: 'https://cert.example/' }).fails()
    expect(failures.map(({ kind }) => kind)).toEqual(['certificate-error', 'certificate-error'])
    expect(site.requests).toEqual([])
  })
})

describe('what is one file', () => {
  it('is fetched through a tunnel, its certificate verified', async () => {
    const { proxy, source } = await proxiedCatalogue()
    environment({ HTTPS_PROXY: proxy.url })
    expect(await failuresOf(source)).toMatchObject([{ kind: 'certificate-error' }])
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, fixture('authority.pem')])
    onTestFinished(() => setDefaultCACertificates(trusted))
    const reading = await source.read(new Map(), new AbortController().signal)
    expect(reading.documents).toMatchObject([{ reference: 'CVE-2026-90001' }])
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT cert.example:443']))
  })

  it('says what the proxy says, in words without its password', async () => {
    const { proxy, source } = await proxiedCatalogue()
    environment({ HTTPS_PROXY: proxy.url })
    for (const [refuses, words] of [
      [407, /the proxy 127\.0\.0\.1:\d+ answers 407: it wants a name and a password/],
      [502, /the proxy 127\.0\.0\.1:\d+ answers 502$/],
    ] as const) {
      proxy.refuses = refuses
      const [failure] = await failuresOf(source)
      expect(failure).toMatchObject({ kind: 'proxy-error' })
      expect(failure.detail).toMatch(words)
    }
    proxy.close()
    const [failure] = await failuresOf(source)
    expect(failure).toMatchObject({ kind: 'proxy-error' })
    expect(failure.detail).toMatch(/the proxy 127\.0\.0\.1:\d+ cannot be reached/)
    expectNoPassword(failure.detail)
  })

  it.each([
    ['ftp://ada:cret@proxy.example', 'HTTPS_PROXY is no proxy: write http://host:port'],
    ['socks5://ada:cret@proxy.example:1080', 'HTTPS_PROXY is no proxy: write http://host:port'],
  ])('says that %s is no proxy', async (written, words) => {
    environment({ HTTPS_PROXY: written })
    const source = createKevSource({ ...identity, url: 'https://cert.example/kev.json' })
    expect(await failuresOf(source)).toMatchObject([{ kind: 'proxy-error', detail: words }])
    const site = certfr(await CertSite.start(), { baseUrl: 'https://cert.example/' })
    expect((await site.fails()).failures).toMatchObject([{ kind: 'proxy-error', detail: words }])
  })
})
