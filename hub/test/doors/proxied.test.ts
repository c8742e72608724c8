// A hub behind a proxy: under a path, and who is believed about where a request comes from.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { basePathOf, withoutBase } from '../../src/http/base-path.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { TestAgent } from '../test-agent.ts'
import { administratorOf, ADA, Visitor } from './visitor.ts'

const PUBLIC = 'https://example.org/vigie/'
const underPath = (): Promise<TestHub> => startHub({ publicUrl: new URL(PUBLIC) })
/** As a browser sends it whose page came through the proxy. */
const FROM_PAGE = { origin: 'https://example.org', host: 'example.org' }

describe('a hub that lives under a path', () => {
  it('answers there, and where a proxy has taken the path off', async () => {
    const visitor = new Visitor(await underPath())
    for (const path of ['/vigie/healthz', '/healthz', '/vigie/api/v1/session']) {
      expect((await visitor.get(path)).status).toBe(200)
    }
    expect((await visitor.get('/vigiehealthz/api')).headers['content-type']).toContain('html')
    const { servers } = (await visitor.get('/vigie/api/v1/openapi.json')).json() as {
      servers: unknown
    }
    expect(servers).toEqual([{ url: '/vigie' }])
  })

  it('has its cookies, its links and its line for new machines lead there', async () => {
    const hub = await underPath()
    const visitor = new Visitor(hub)
    const token = await hub.people.issueSignInToken()
    const claim = { token, ...ADA }
    const claimed = await visitor.post('/vigie/api/v1/sign-in-links/claim', claim, FROM_PAGE)
    expect(claimed.status).toBe(204)
    const written = [...(claimed.headers['set-cookie'] ?? [])]
    const body = { email: ADA.email, password: ADA.password }
    const signedIn = await visitor.post('/vigie/api/auth/sign-in/email', body, FROM_PAGE)
    written.push(...(signedIn.headers['set-cookie'] ?? []))
    const names = written.map((each) => each.slice(0, each.indexOf('=')))
    expect(names).toContain('__Secure-vigie.device')
    for (const cookie of written) expect(cookie).toMatch(/; Path=\/vigie;.*; Secure/)

    const enrolled = await visitor.post('/vigie/api/v1/enrolments', {}, FROM_PAGE)
    expect((enrolled.json() as { command: string }).command).toContain(` ${PUBLIC.slice(0, -1)} `)
    const feed = await visitor.get('/vigie/api/v1/advisories.atom')
    expect(feed.text).toContain(`<link rel="alternate" href="${PUBLIC}cert"/>`)
    expect(feed.text).not.toContain('example.org/api')
  })

  it('takes agents in', async () => {
    const hub = await underPath()
    const { token } = await hub.enrolments.create({})
    const agent = new TestAgent({ hub: `${hub.address}/vigie`, token })
    expect((await agent.enter()).type).toBe('welcome')
    agent.socket.terminate()
  })

  it('is never under one of its own names, nor under what a page or a shell would read otherwise', () => {
    const pathOf = (written: string) => basePathOf(new URL(written, 'https://example.org'))
    expect(['/', '/vigie', '/tools/vigie//'].map(pathOf)).toEqual(['', '/vigie', '/tools/vigie'])
    for (const path of ['/api', '/live/x', '/a"b', '/a$b', '/a%20b', '/a;b', '/-a']) {
      expect(pathOf(path)).toBeUndefined()
    }
    expect(withoutBase('/vigie', '/vigie')).toBe('/')
    expect(withoutBase('/vigie?a=/vigie', '/vigie')).toBe('/?a=/vigie')
    expect(withoutBase('/vigie/vigie/x', '/vigie')).toBe('/vigie/x')
  })
})

describe('the address that a request is said to come from', () => {
  const forged = { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' }
  const addressOf = async (hub: TestHub, from: string, headers: Record<string, string>) => {
    const administrator = await administratorOf(hub)
    const visitor = new Visitor(hub, from)
    await visitor.post(
      '/api/auth/sign-in/email',
      { email: 'a@b.fr', password: 'x'.repeat(12) },
      headers,
    )
    const { items } = (await administrator.get('/api/v1/audit?action=sign-in')).json() as {
      items: { address: string }[]
    }
    return items[0]?.address
  }

  it('is believed of nobody by itself', async () => {
    const hub = await startHub()
    expect(await addressOf(hub, '127.0.0.1', forged)).toBe('127.0.0.1')
  })

  it('is believed of trusted proxies, and nobody else can forge it', async () => {
    const proxied = (): Promise<TestHub> =>
      startHub({ trustedProxies: ['127.0.0.2', '10.0.0.0/8'] })
    expect(await addressOf(await proxied(), '127.0.0.2', forged)).toBe('203.0.113.7')
    expect(await addressOf(await proxied(), '127.0.0.3', forged)).toBe('127.0.0.3')
    // What the client wrote itself stands before what the proxy has added.
    const added = { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' }
    expect(await addressOf(await proxied(), '127.0.0.2', added)).toBe('203.0.113.7')
  })

  it('is an address, or the proxy is taken for who asks', async () => {
    const hub = await startHub({ trustedProxies: ['127.0.0.2'] })
    const proxy = new Visitor(hub, '127.0.0.2')
    const written = [
      '<script>alert(1)</script>',
      'ada signed in, from nowhere',
      '{"level":60,"msg":"the hub was taken over"}',
      '203.0.113.7; DROP TABLE person',
      'x'.repeat(4000),
    ]
    for (const entry of written) {
      const body = { email: 'a@b.fr', password: 'x'.repeat(12) }
      await proxy.post('/api/auth/sign-in/email', body, { 'x-forwarded-for': entry })
    }
    const { rows } = await sql<{ address: string }>`select address from audit_entry`.execute(
      hub.store.db,
    )
    expect(rows.map(({ address }) => address)).toEqual(written.map(() => '127.0.0.2'))
  })

  it('cannot be changed to try more passwords', async () => {
    const hub = await startHub({ trustedProxies: ['127.0.0.2'] })
    const visitor = new Visitor(hub, '127.0.0.3')
    const statuses: number[] = []
    for (let each = 0; each < 12; each++) {
      const headers = { 'x-forwarded-for': `203.0.113.${each}` }
      const body = { email: `p${each}@b.fr`, password: 'x'.repeat(12) }
      statuses.push((await visitor.post('/api/auth/sign-in/email', body, headers)).status)
    }
    expect(statuses.at(-1)).toBe(429)
  })
})
