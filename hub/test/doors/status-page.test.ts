// Status pages against a real hub (docs/status-page.md): who may make them, who reads them, and what they tell of nobody else.
import { createHash } from 'node:crypto'
import type { StatusPage, StatusPageDraft, StatusPageList } from '@vigie/shared/api/status-page'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FRESH_MS } from '../../src/status-pages/status-pages.ts'
import { ALWAYS } from '../busy-rule.ts'
import { SkippingClock } from '../skipping-clock.ts'
import { KEYS, newKeys, TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { Visitor, type Answer } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MIN_MS = 60_000
const PATH = '/api/v1/status-pages'

/** An administrator, by a token. */
class Administrator {
  readonly #visitor: Visitor
  readonly #token: string

  static async of(hub: TestHub): Promise<Administrator> {
    const { token } = await hub.tokens.create({ name: 'ada', role: 'admin' })
    return new Administrator(new Visitor(hub), token)
  }

  private constructor(visitor: Visitor, token: string) {
    this.#visitor = visitor
    this.#token = token
  }

  get = (path: string): Promise<Answer> => this.send('GET', path)
  post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    this.send('POST', path, { body, headers })

  send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const authorization = `Bearer ${this.#token}`
    return this.#visitor.send(method, path, { body, headers: { authorization, ...headers } })
  }
}

class Scene {
  readonly clock: SkippingClock
  readonly hub: TestHub
  readonly ada: Administrator
  readonly stranger: Visitor

  static async set(...[options, atEnd]: Parameters<typeof startHub>): Promise<Scene> {
    const clock = new SkippingClock()
    const hub = await startHub({ clock, ...options }, atEnd)
    return new Scene(hub, await Administrator.of(hub), clock)
  }

  private constructor(hub: TestHub, ada: Administrator, clock: SkippingClock) {
    this.hub = hub
    this.ada = ada
    this.clock = clock
    this.stranger = new Visitor(hub)
  }

  async page(draft: Partial<StatusPageDraft> = {}): Promise<StatusPage> {
    const made = await this.ada.post(PATH, { title: 'Our servers', isOn: true, ...draft })
    expect(made.status, made.text).toBe(201)
    return made.json() as StatusPage
  }

  change(page: StatusPage, change: object): Promise<Answer> {
    return this.ada.send('PATCH', `${PATH}/${page.id}`, { body: change })
  }

  read(page: StatusPage, headers: Record<string, string> = {}): Promise<Answer> {
    return this.stranger.get(new URL(page.url).pathname, headers)
  }

  /** As it is now: what is kept of a page is forgotten when it is changed. */
  async readNow(page: StatusPage): Promise<string> {
    expect((await this.change(page, { text: '' })).status).toBe(200)
    return (await this.read(page)).text
  }

  /** Resolves with the page once it says so. */
  untilSaid(page: StatusPage, sentence: string): Promise<string> {
    return vi.waitFor(
      async () => {
        const text = await this.readNow(page)
        expect(/<p class="lead">(.*)<\/p>/.exec(text)?.[1]).toBe(sentence)
        return text
      },
      { timeout: 20_000, interval: 200 },
    )
  }

  /** A host that ticks now. */
  async host(
    name: string,
    tags: readonly string[] = [],
  ): Promise<{ id: number; agent: TestAgent }> {
    const joined = await this.join(name)
    const { id, agent } = joined
    await agent.acknowledged(agent.tick(this.second()))
    await this.tag(id, tags)
    return joined
  }

  tag(id: number, tags: readonly string[]): Promise<Answer> {
    return this.ada.send('PUT', `/api/v1/hosts/${id}/tags`, { body: { tags } })
  }

  async join(name: string, intervalMs = 1000): Promise<{ id: number; agent: TestAgent }> {
    const { token } = await this.hub.enrolments.create({ name })
    const agent = new TestAgent({ hub: this.hub.address, token, hostname: name, intervalMs })
    const { hostId: id } = await agent.enter()
    return { id, agent }
  }

  second(): number {
    return Math.floor(this.clock.nowMs() / 1000) * 1000
  }
}

// Most tests share a hub, and tell their hosts by a tag.
let scene: Scene
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  scene = await Scene.set({}, (end) => ends.push(end))
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

describe('who makes status pages', () => {
  it('S1 an administrator makes one, which is off, hides names and has an address that nobody guesses', async () => {
    const { ada, hub, stranger } = scene
    const made = (await ada.post(PATH, { title: 'Our servers' })).json() as StatusPage
    expect(made).toEqual({
      ...{ id: made.id, title: 'Our servers', text: '', hostTags: null, names: 'hidden' },
      ...{ isOn: false, endsMs: null, createdMs: made.createdMs },
      slug: expect.stringMatching(/^[0-9a-f]{20}$/) as string,
      url: `${hub.address}/status/${made.slug}`,
    })
    expect((await stranger.get(`/status/${made.slug}`)).status).toBe(404)
    expect(((await ada.get(PATH)).json() as StatusPageList).items).toEqual([made])
    const again = await ada.send('DELETE', `${PATH}/${made.id}`)
    expect(again.status).toBe(204)
    expect((await ada.send('DELETE', `${PATH}/${made.id}`)).status).toBe(404)
    expect((await ada.send('PATCH', `${PATH}/${made.id}`, { body: { isOn: true } })).status).toBe(
      404,
    )
  })

  it('survives a restart of the hub, and each change is in the audit log without its address', async () => {
    const { ada, hub } = await Scene.set()
    const draft = { title: 'Shop', slug: 'the-shop', hostTags: ['shop'], names: 'shown' }
    const made = (await ada.post(PATH, draft)).json() as StatusPage
    await ada.send('PATCH', `${PATH}/${made.id}`, { body: { isOn: true, text: 'Paris' } })
    await hub.close()
    const next = await startHub({ dataDirectory: hub.dataDirectory })
    const bea = await Administrator.of(next)
    const { items } = (await bea.get(PATH)).json() as StatusPageList
    expect(items).toEqual([
      { ...made, isOn: true, text: 'Paris', url: `${next.address}/status/the-shop` },
    ])
    expect((await new Visitor(next).get('/status/the-shop')).status).toBe(200)
    await bea.send('DELETE', `${PATH}/${made.id}`)
    const log = (await bea.get('/api/v1/audit?action=status-page')).text
    for (const action of ['create', 'change', 'delete'])
      expect(log).toContain(`status-page.${action}`)
    expect(log).toContain('"target":"Shop"')
    expect(log).toContain('isOn: true')
    expect(log).not.toContain('the-shop')
  })

  it('refuses in words what makes no sense', async () => {
    const { ada } = scene
    const first = await scene.page({ slug: 'ours' })
    const taken = await ada.post(PATH, { title: 'b', slug: 'ours' }, { 'accept-language': 'fr' })
    expect(taken.problem()).toMatchObject({
      ...{ status: 409, type: '/docs#address-taken' },
      detail: 'Une autre page d’état a cette adresse\u202f: choisissez-en une autre.',
      errors: [{ field: 'body/slug' }],
    })
    const other = await scene.page()
    const moved = await ada.send('PATCH', `${PATH}/${other.id}`, { body: { slug: 'ours' } })
    expect(moved.status).toBe(409)
    const same = await ada.send('PATCH', `${PATH}/${first.id}`, { body: { slug: 'ours' } })
    expect(same.status).toBe(200)
    for (const draft of [
      {},
      { title: '' },
      { title: 'x'.repeat(81) },
      { title: 'x'.repeat(10_000) },
      { title: 'a', text: 'x'.repeat(301) },
      { title: 'a', slug: 'ab' },
      { title: 'a', slug: 'x'.repeat(65) },
      { title: 'a', slug: 'Shop' },
      { title: 'a', slug: '-shop' },
      { title: 'a', slug: '../api' },
      { title: 'a', hostTags: [] },
      { title: 'a', names: 'some' },
      { title: 'a', script: 'x' },
    ]) {
      expect((await ada.post(PATH, draft)).status, JSON.stringify(draft)).toBe(400)
    }
    for (const draft of [{ title: '\u202e\u200b ' }, { title: 'a', endsMs: Date.now() - 1000 }]) {
      expect((await ada.post(PATH, draft)).problem().type, JSON.stringify(draft)).toBe(
        '/docs#draft-refused',
      )
    }
    const nothing = await ada.send('PATCH', `${PATH}/${first.id}`, { body: {} })
    expect(nothing.status).toBe(400)
  })

  it('makes twenty and no more, however many are asked for at once', async () => {
    const { ada } = await Scene.set()
    const made = await Promise.all(
      Array.from({ length: 22 }, (_, index) => ada.post(PATH, { title: `Page ${index}` })),
    )
    const statuses = made.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array<number>(20).fill(201), 409, 409])
  })
})

describe('who reads status pages', () => {
  it('S1 nobody can tell a page that is off, or over, from one that there is not', async () => {
    const off = await scene.page({ isOn: false })
    const over = await scene.page({ endsMs: Math.ceil(scene.clock.nowMs()) + MIN_MS })
    expect((await scene.read(over)).status).toBe(200)
    scene.clock.skip(MIN_MS)
    const answers = [
      await scene.read(off),
      await scene.read(over),
      await scene.stranger.get('/status/none-there'),
      await scene.stranger.get('/status/%2e%2e%2fapi'),
      await scene.stranger.get(`/status/${'x'.repeat(90)}`),
    ]
    const [{ text, headers }] = answers as [Answer]
    for (const answer of answers) {
      expect(answer.status).toBe(404)
      expect(answer.text).toBe(text)
      expect({ ...answer.headers, date: '' }).toEqual({
        ...headers,
        'x-ratelimit-remaining': answer.headers['x-ratelimit-remaining'],
        date: '',
      })
    }
    expect(headers['cache-control']).toBe('no-store')
    expect((await scene.change(off, { isOn: true })).status).toBe(200)
    expect((await scene.read(off)).status).toBe(200)
    await scene.change(off, { isOn: false })
    expect((await scene.read(off)).status).toBe(404)
  })

  it('H1 needs no script, sets no cookie, is kept out of frames and search engines, and is the same until it is computed anew', async () => {
    await scene.host('web-1', ['plain'])
    const page = await scene.page({ hostTags: ['plain'] })
    const answer = await scene.read(page)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=15',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'content-language': 'en',
      vary: expect.stringContaining('Accept-Language') as string,
      refresh: '60',
    })
    const still = await scene.stranger.get(`/status/${page.slug}?still`)
    expect(still.headers['refresh']).toBeUndefined()
    expect(still.text).toContain('<a href="?">')
    const policy = answer.headers['content-security-policy']
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    const style = /<style>([^]*)<\/style>/.exec(answer.text)?.[1] ?? ''
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.text).not.toMatch(
      /<script|<img|<link|\sstyle=|\son\w+=|\ssrc=|\shref=\"(?!\?still\")/i,
    )
    // Whoever is signed in is told the same.
    expect((await scene.ada.get(`/status/${page.slug}`)).text).toBe(answer.text)

    const etag = answer.headers.etag ?? ''
    for (const known of [etag, `"other", W/${etag}`]) {
      const same = await scene.read(page, { 'if-none-match': known })
      expect([same.status, same.text, same.headers.etag]).toEqual([304, '', etag])
    }
    const french = await scene.read(page, { 'accept-language': 'fr-CA,en;q=0.5' })
    expect(french.headers['content-language']).toBe('fr')
    expect(french.text).toContain('<html lang="fr">')
    expect(french.text).toContain('Le serveur est en ligne.')
    expect(french.headers.etag).not.toBe(etag)
    const head = await scene.stranger.send('HEAD', `/status/${page.slug}`)
    expect([head.status, head.text]).toEqual([200, ''])
  })

  it('S2 S3 tells of its own hosts only, and says no name that it hides', async () => {
    await scene.ada.post('/api/v1/rules', { ...ALWAYS, name: 'secret rule' })
    await scene.host('shop-1', ['shop'])
    const canary = await scene.host('canary-7f3a', ['bank'])
    const retired = await scene.host('retired-1', ['shop'])
    await scene.host('shop-2', ['shop', 'paris'])
    await scene.ada.post(`/api/v1/hosts/${retired.id}/retire`, {})
    await vi.waitFor(async () => {
      const { items } = (await scene.ada.get('/api/v1/alerts')).json() as { items: unknown[] }
      const hosts = JSON.stringify(items)
      for (const name of ['shop-1', 'shop-2', 'canary-7f3a']) expect(hosts).toContain(name)
    })
    const shown = await scene.read(
      await scene.page({ hostTags: ['shop', 'other'], names: 'shown' }),
    )
    expect(shown.text).toContain('>shop-1<')
    expect(shown.text).toContain('>shop-2<')
    expect(shown.text).toContain('All 2 servers are up.')
    // Two of its own hosts break the rule, which is said in no other words.
    expect(shown.text).toMatch(/Open problems: 2 (critical|warnings)\./)
    for (const secret of ['canary-7f3a', 'retired-1', 'secret rule', 'paris', '127.0.0.1']) {
      expect(shown.text, secret).not.toContain(secret)
    }
    const hidden = await scene.read(await scene.page({ hostTags: ['shop'] }))
    expect(hidden.text).toContain('>Server 1<')
    expect(hidden.text).toContain('>Server 2<')
    expect(hidden.text).not.toContain('shop')
    const every = await scene.page({ names: 'shown' })
    expect((await scene.read(every)).text).toContain('>canary-7f3a<')

    // Who leaves the fleet leaves the page at once.
    await scene.ada.post(`/api/v1/hosts/${canary.id}/retire`, {})
    expect((await scene.read(every)).text).not.toContain('canary-7f3a')
  })

  it('S4 S5 says of each host how it is, the worst first, and of all in one sentence', async () => {
    const scene = await Scene.set()
    const page = await scene.page({ names: 'shown' })
    expect((await scene.read(page)).text).toContain('No server is on this page yet.')
    const [web, db, spare] = [
      await scene.host('web-1'),
      await scene.host('db-1'),
      await scene.host('spare-1', ['spare']),
    ]
    expect(await scene.readNow(page)).toContain('All 3 servers are up.')

    // A host that says goodbye is not down, and nobody knows how it is.
    db.agent.say({ type: 'bye', reason: 'stopped' })
    await db.agent.close()
    await scene.untilSaid(page, 'How 1 of 3 servers is, is not known at the moment.')

    scene.clock.skip(31_000)
    await spare.agent.acknowledged(spare.agent.tick(scene.second()))
    const down = await scene.untilSaid(page, '1 of 3 servers is down.')
    expect(down).toMatch(/Down since \d+ \w+ \d{4}, \d\d:\d\d UTC/)
    expect(namesIn(down)).toEqual(['web-1', 'db-1', 'spare-1'])

    // Maintenance is what people planned: who is down then, is in maintenance.
    const window = {
      ...{ name: 'night', cron: '* * * * *', zone: 'UTC', durationMs: 2 * MIN_MS },
      ...{ isEnabled: true, ruleIds: [], scope: { type: 'hosts', hostIds: [web.id] } },
    }
    expect((await scene.ada.post('/api/v1/maintenance', window)).status).toBe(201)
    const maintained = await scene.untilSaid(
      page,
      'How 1 of 3 servers is, is not known at the moment.',
    )
    expect(maintained).toMatch(/In maintenance until \d+ \w+ \d{4}, \d\d:\d\d UTC/)
    expect(namesIn(maintained)).toEqual(['db-1', 'web-1', 'spare-1'])
    expect(maintained).not.toContain('night')
  })

  it('A2 A3 a hole of a known length gives the known figure', async () => {
    const { id, agent } = await scene.join('web-2', MIN_MS)
    await scene.tag(id, ['hole'])
    const yesterdayMs = scene.clock.nowMs() - (scene.clock.nowMs() % DAY_MS) - DAY_MS
    // From noon on; without 864 seconds of it, which are two hundredths of the half day.
    const lastMs = yesterdayMs + DAY_MS / 2 + HOUR_MS
    sendMinutes(agent, yesterdayMs + DAY_MS / 2, lastMs)
    sendMinutes(agent, lastMs + 864_000, yesterdayMs + DAY_MS - 1)
    await agent.acknowledged(sendMinutes(agent, yesterdayMs + DAY_MS, scene.clock.nowMs()))
    const { text } = await scene.read(await scene.page({ hostTags: ['hole'] }))
    const days = daysIn(text)
    expect(days).toHaveLength(10)
    expect(days.slice(0, 8).every((words) => words.endsWith(': not known'))).toBe(true)
    expect(days[8]).toMatch(/: 98\.00\u00a0%, down for 14\u00a0min 24\u00a0s$/)
    expect(days[9]).toMatch(/: 100\u00a0%$/)
  })

  it('A3 while the hub was away nobody knows how a host was', async () => {
    const { hub, clock, ada } = await Scene.set()
    const { token } = await hub.enrolments.create({ name: 'web-1' })
    const keys = newKeys()
    const connect = async (to: TestHub): Promise<void> => {
      const agent = new TestAgent({ hub: to.address, token, keys, intervalMs: MIN_MS })
      await agent.enter()
      await agent.acknowledged(agent.tick(Math.floor(clock.nowMs() / 1000) * 1000))
    }
    await connect(hub)
    const draft = { title: 'Ours', slug: 'ours', isOn: true }
    expect((await ada.post(PATH, draft)).status).toBe(201)
    await hub.close()
    clock.skip(2 * HOUR_MS)
    const next = await startHub({ dataDirectory: hub.dataDirectory, clock })
    await connect(next)
    const { text } = await new Visitor(next).get('/status/ours')
    expect(text).toContain('The server is up.')
    const days = daysIn(text).filter((words) => !words.endsWith(': not known'))
    // Two of them when midnight was meanwhile.
    expect(days.join()).toMatch(/, not known for (2\u00a0h|1\u00a0h|\d+\u00a0min)/)
    expect(days.join()).not.toContain('down')
  })

  it('H2 texts and names are text, whatever is in them', async () => {
    const evil = '<script>alert(1)</script>'
    await scene.host(`a"><svg/onload=alert(2)>\u202e`, ['evil'])
    const page = await scene.page({
      ...{ title: `${evil}\u202e\u0000&amp;`, names: 'shown', hostTags: ['evil'] },
      text: `'"</style></title>${'<b>'.repeat(20)}`,
    })
    const { text } = await scene.read(page)
    expect(text).not.toMatch(/<script|<svg\/|<b>&lt;b|<\/style><\/title>'/)
    expect(text).toContain('<title>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;</title>')
    expect(text).toContain('a&quot;&gt;&lt;svg/onload=alert(2)&gt;')
    expect(text).not.toMatch(/[\u202e\u0000]/)
  })

  it('C1 is computed anew after 15 seconds, not before', async () => {
    await scene.host('web-3', ['fresh'])
    const page = await scene.page({ hostTags: ['fresh'] })
    expect((await scene.read(page)).text).toContain('The server is up.')
    await scene.host('web-4', ['fresh'])
    scene.clock.skip(FRESH_MS - 5000)
    expect((await scene.read(page)).text).toContain('The server is up.')
    scene.clock.skip(5000)
    expect((await scene.read(page)).text).toContain('All 2 servers are up.')
  })

  it('C3 counts by address how often somebody reads, pages that there are not too', async () => {
    const page = await scene.page()
    const eager = new Visitor(scene.hub, '127.0.0.2')
    const statuses = new Set<number>()
    for (let read = 0; read < 120; read++) {
      statuses.add((await eager.get(`/status/${read % 2 ? page.slug : `guess-${read}`}`)).status)
    }
    expect(statuses).toEqual(new Set([200, 404]))
    const refused = await eager.get(`/status/${page.slug}`)
    expect(refused.problem()).toMatchObject({ status: 429, type: '/docs#too-many-requests' })
    expect((await scene.read(page)).status).toBe(200)
  })

  it('is read under the path that the hub lives at behind a proxy', async () => {
    const hub = await startHub({ publicUrl: new URL('https://example.org/vigie') })
    const ada = await Administrator.of(hub)
    const draft = { title: 'Ours', slug: 'ours', isOn: true }
    const made = (await ada.post(PATH, draft)).json() as StatusPage
    expect(made.url).toBe('https://example.org/vigie/status/ours')
    for (const path of ['/vigie/status/ours', '/status/ours']) {
      expect((await new Visitor(hub).get(path)).text).toContain('<title>Ours</title>')
    }
  })
})

function namesIn(text: string): (string | undefined)[] {
  return [...text.matchAll(/<b><bdi>([^<]*)<\/bdi><\/b>/g)].map(([, name]) => name)
}

/** What is said of each day. */
function daysIn(text: string): string[] {
  return [...text.matchAll(/<li title="([^"]+)">/g)].map(([, words]) => words ?? '')
}

/** A tick each minute from a time to another; returns the number of the frame. */
function sendMinutes(agent: TestAgent, fromMs: number, toMs: number): number {
  const count = Math.floor((toMs - fromMs) / MIN_MS) + 1
  return agent.sendBlock({
    ...{ revision: agent.revision, startMs: fromMs, stepMs: MIN_MS },
    present: new Uint8Array(count).fill(1),
    values: new Float64Array(count * KEYS.length).fill(1),
  })
}
