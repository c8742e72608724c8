// Where the hub is led by those whom it calls: nowhere. Each of them redirects to a second server, as it would to the address of
// a cloud's metadata or to what listens beside the hub, and the second one must see nothing.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { UnreadableSourceError } from '../../src/cert/ports.ts'
import { fetchBounded } from '../../src/cert/sources/bounded-fetch.ts'
import { createKevSource } from '../../src/cert/sources/kev-source.ts'
import { SourceFault } from '../../src/cert/sources/source-fault.ts'
import { startHeartbeat } from '../../src/mail/heartbeat.ts'
import { createWebhook } from '../../src/mail/webhook.ts'
import { CompanyProxy } from '../cert-site/proxy.ts'
import { run } from '../doors/command.ts'
import { Visitor } from '../doors/visitor.ts'
import { outboxCall } from '../outbox.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { startWebListener } from '../web-listener.ts'

const CODES = [301, 302, 303, 307, 308]
const LED_ON = 'it leads to another address, which is not called'
const NEVER = new AbortController().signal
const CALL = outboxCall('{}')

/** What stands in the network beside the hub. */
let inner: Awaited<ReturnType<typeof startWebListener>>

beforeEach(async () => {
  inner = await startWebListener({ status: 200, body: 'the keys of the cloud' })
})
afterEach(() => expect(inner.calls).toEqual([]))

/** A server that leads all who call to the inner one, by its address or by another name of it. */
function leading(status = 302, name = '127.0.0.1') {
  const to = new URL(inner.url)
  to.hostname = name
  return startWebListener({ status, headers: { location: to.href } })
}

it('the inner server would answer, so that the rest says something', async () => {
  const { url } = await leading()
  expect(await (await fetch(url)).text()).toBe('the keys of the cloud')
  inner.calls.length = 0
})

describe.each(CODES)('with %i', (code) => {
  it('a heartbeat follows nobody, and says so', async () => {
    const outside = await leading(code)
    const heartbeat = startHeartbeat({
      url: outside.url,
      isHealthy: () => true,
      clock: systemClock,
      log: pino({ level: 'silent' }),
      everyMs: 10,
    })
    onTestFinished(() => heartbeat.close())
    await outside.isCalled(2)
    expect(heartbeat.state().answer).toBe(`${code} ${LED_ON}`)
  })

  it('a webhook follows nobody, and says so', async () => {
    const { url } = await leading(code)
    const webhook = createWebhook({ url, secret: undefined, clock: systemClock })
    onTestFinished(() => webhook.close())
    const outcome = await webhook.deliver(CALL)
    expect(outcome).toMatchObject({ outcome: 'deferred', code, answer: `${code} ${LED_ON}` })
  })

  it.each(['127.0.0.1', 'localhost'])('a source is not left for another site at %s', async (to) => {
    const { url } = await leading(code, to)
    const options = { userAgent: 'Vigie', maxBytes: 1000, signal: NEVER }
    await expect(fetchBounded(url.href, options)).rejects.toThrow(SourceFault)
  })
})

describe('a source', () => {
  it('whose robots.txt leads elsewhere is left for nobody either', async () => {
    const { url } = await leading()
    await expect(
      createKevSource({ version: '1', contactUrl: undefined, url: url.href }).read(
        new Map(),
        NEVER,
      ),
    ).rejects.toThrow(UnreadableSourceError)
  })

  it('leads a company’s proxy nowhere either', async () => {
    const outside = await startWebListener({
      status: 302,
      headers: { location: 'http://169.254.169.254/latest/meta-data/' },
    })
    const proxy = await CompanyProxy.start(outside.url)
    for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, proxy.url)
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '')
    onTestFinished(() => void vi.unstubAllEnvs())
    const options = { userAgent: 'Vigie', maxBytes: 1000, signal: NEVER }
    const reading = fetchBounded('http://cert.example/list', options)
    await expect(reading).rejects.toThrow('leads to another site')
    expect(proxy.asked).toEqual(['GET http://cert.example/list'])
  })

  it('whose name has been made to lead to this machine is asked nothing: its certificate is not of that name', async () => {
    const fixture = (name: string): string =>
      readFileSync(new URL(`../fixtures/proxied/${name}`, import.meta.url), 'utf8')
    const tls = { key: fixture('cert.example.key.pem'), cert: fixture('cert.example.pem') }
    const server = createServer(tls, (_, answer) => {
      inner.calls.push({ method: '', path: '', headers: {}, body: '' })
      answer.end()
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const options = { userAgent: 'Vigie', maxBytes: 1000, signal: NEVER }
    const reading = fetchBounded(`https://localhost:${port}/`, options)
    await expect(reading).rejects.toMatchObject({ kind: 'certificate-error' })
  })
})

describe('an OpenID Connect provider', () => {
  const hubOf = (issuer: URL) =>
    startHub({
      oidc: {
        issuer: new URL(issuer.origin),
        clientId: 'vigie',
        clientSecret: 'a secret of the client',
        label: 'Example',
        viewerGroup: undefined,
      },
    })
  /** As it answers who asks for its addresses. */
  const described = ({ origin }: URL, more = {}) => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/keys`,
      ...more,
    }),
  })
  const startAt = async (hub: TestHub, visitor = new Visitor(hub)): Promise<string> =>
    (await visitor.get('/api/auth/oidc/start')).headers.location ?? ''

  it('whose description is elsewhere is away', async () => {
    const hub = await hubOf((await leading()).url)
    expect(await startAt(hub)).toBe('/sign-in?oidc=unavailable')
  })

  it('has the code and the secret for itself, wherever it leads', async () => {
    const provider = await startWebListener()
    provider.manner = described(provider.url)
    const hub = await hubOf(provider.url)
    const visitor = new Visitor(hub)
    const state = new URL(await startAt(hub, visitor)).searchParams.get('state') ?? ''
    provider.manner = { status: 307, headers: { location: inner.url.href } }
    const back = await visitor.get(`/api/auth/oidc/callback?code=x&state=${state}`)
    expect(back.headers.location).toBe('/sign-in?oidc=failed')
    expect(provider.calls.map(({ path }) => path)).toContain('/token')
  })

  it('whose description is right and has no end is away', async () => {
    const provider = await startWebListener()
    provider.manner = described(provider.url, { more: 'x'.repeat(2 << 20) })
    const hub = await hubOf(provider.url)
    expect(await startAt(hub)).toBe('/sign-in?oidc=unavailable')
    provider.manner = described(provider.url)
    expect(await startAt(hub)).toMatch(/^http:.*\/authorize\?/)
  })
})

it('a command takes its token to no other hub', async () => {
  const { url } = await leading()
  const { code, stderr } = await run(['hosts'], {
    VIGIE_HUB: url.origin,
    VIGIE_TOKEN: 'vigie_secret',
  })
  expect(code).toBe(1)
  expect(stderr).toContain('does not answer')
})
