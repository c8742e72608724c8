// OpenID Connect against a real provider on loopback (docs/access.md): who comes in by its word, and what of it is not believed.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { CALLBACK, CLIENT, OidcProvider, type Claims } from '../oidc-provider.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { ADA, administratorOf, Visitor, type Answer } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

// By subject: what the provider says of each.
const PEOPLE = new Map<string, Claims>([
  ['s-ada', { email: 'ADA@example.org', email_verified: true }],
  ['s-impostor', { email: ADA.email, email_verified: false }],
  ['s-bea', { email: 'bea@example.org', email_verified: true, name: 'Bea' }],
  ['s-member', { email: 'member@example.org', email_verified: true, groups: ['ops', 'staff'] }],
  ['s-stranger', { email: 'stranger@example.org', email_verified: true, groups: ['staff'] }],
])

let hub: TestHub
let provider: OidcProvider
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  provider = await OidcProvider.start(PEOPLE)
  hub = await startHub(
    {
      oidc: {
        issuer: new URL(provider.issuer),
        clientId: CLIENT.id,
        clientSecret: CLIENT.secret,
        label: 'Example',
        viewerGroup: 'ops',
      },
    },
    (end) => ends.push(end),
  )
  provider.serve(hub.address)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
  provider.close()
})

let visitors = 1
const stranger = (): Visitor => new Visitor(hub, `127.0.3.${++visitors}`)

/** As a browser with a person before it: through the provider's pages, which are the library's own for development. */
async function throughProvider(start: URL, subject: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let url = start
  let form: URLSearchParams | undefined
  for (let steps = 0; steps < 12; steps++) {
    if (url.pathname === CALLBACK) return url
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: form }),
    })
    for (const written of response.headers.getSetCookie()) {
      const [pair = ''] = written.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const location = response.headers.get('location')
    form = undefined
    if (location !== null) {
      url = new URL(location, url)
      continue
    }
    const page = await response.text()
    const action = /action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) throw new Error(`the provider shows ${page.slice(0, 300)}`)
    url = new URL(action, url)
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
    form = new URLSearchParams({ prompt, login: subject, password: 'any' })
  }
  throw new Error('the provider leads nowhere')
}

async function startOf(visitor: Visitor, search = ''): Promise<URL> {
  const started = await visitor.get(`/api/auth/oidc/start${search}`)
  expect(started.status, started.text).toBe(302)
  return new URL(started.headers.location ?? '')
}

const returning = (visitor: Visitor, url: URL): Promise<Answer> =>
  visitor.get(url.pathname + url.search)

async function signIn(
  subject: string,
  visitor = stranger(),
): Promise<{ visitor: Visitor; to: string }> {
  const back = await throughProvider(await startOf(visitor), subject)
  const answer = await returning(visitor, back)
  return { visitor, to: answer.headers.location ?? '' }
}

const who = async (visitor: Visitor): Promise<unknown> =>
  ((await visitor.get('/api/v1/session')).json() as { person: unknown }).person

it('O1 signs in who has an account with the address that the provider has verified, and knows them by subject from then on', async () => {
  await administratorOf(hub)
  expect((await stranger().get('/api/v1/session')).json()).toMatchObject({
    oidc: { label: 'Example' },
  })
  const { visitor, to } = await signIn('s-ada')
  expect(to).toBe('/')
  expect(await who(visitor)).toMatchObject({ email: ADA.email, role: 'admin' })

  PEOPLE.set('s-ada', { email: 'ada@elsewhere.example', email_verified: false })
  expect(await who((await signIn('s-ada')).visitor)).toMatchObject({ email: ADA.email })
})

it('O2 lets in nobody by an address that is not verified', async () => {
  const { visitor, to } = await signIn('s-impostor')
  expect([to, await who(visitor)]).toEqual(['/sign-in?oidc=unverified-email', null])
})

it('O3 makes the account that an invite says, a viewer of who is in the group, and none for others', async () => {
  expect((await signIn('s-bea')).to).toBe('/sign-in?oidc=unknown-person')
  await hub.people.invites.issue({
    ...{ email: 'bea@example.org', role: 'viewer', hostTags: ['shop'], createdBy: 'ada' },
  })
  expect(await who((await signIn('s-bea')).visitor)).toMatchObject({
    ...{ email: 'bea@example.org', name: 'Bea', role: 'viewer', hostTags: ['shop'] },
  })
  expect(await hub.people.invites.list()).toEqual([])
  expect(await who((await signIn('s-member')).visitor)).toMatchObject({ role: 'viewer' })
  expect((await signIn('s-stranger')).to).toBe('/sign-in?oidc=unknown-person')
})

it('O4 believes no answer that belongs to another browser, another beginning, or was used', async () => {
  const [mine, theirs] = [stranger(), stranger()]
  const back = await throughProvider(await startOf(mine), 's-ada')
  await startOf(theirs)
  // Somebody is made to come back with an answer that is not theirs.
  expect((await returning(theirs, back)).headers.location).toBe('/sign-in?oidc=failed')
  expect((await returning(stranger(), back)).headers.location).toBe('/sign-in?oidc=failed')
  const kept = new Visitor(hub)
  for (const [name, value] of mine.cookies) kept.cookies.set(name, value)
  expect((await returning(mine, back)).headers.location).toBe('/')
  expect((await returning(kept, back)).headers.location).toBe('/sign-in?oidc=failed')
  expect(await who(kept)).toBe(null)
})

it.each([
  ['state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
  ['issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ['code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
])('O5 believes no answer with another %s', async (_, change) => {
  const visitor = stranger()
  const back = await throughProvider(await startOf(visitor), 's-ada')
  change(back)
  expect((await returning(visitor, back)).headers.location).toBe('/sign-in?oidc=failed')
  expect(await who(visitor)).toBe(null)
})

it('O5 believes no ID token for another beginning, by its nonce', async () => {
  const visitor = stranger()
  const start = await startOf(visitor)
  start.searchParams.set('nonce', 'x'.repeat(43))
  const back = await throughProvider(start, 's-ada')
  expect((await returning(visitor, back)).headers.location).toBe('/sign-in?oidc=failed')
})

it('O6 tells the person when they, or the provider, said no', async () => {
  const visitor = stranger()
  const start = await startOf(visitor)
  const back = new URL(CALLBACK, hub.address)
  const state = start.searchParams.get('state') ?? ''
  back.search = new URLSearchParams({
    error: 'access_denied',
    state,
    iss: provider.issuer,
  }).toString()
  expect((await returning(visitor, back)).headers.location).toBe('/sign-in?oidc=denied')
})

it.each([
  [
    '/hosts/1?range=1h',
    '/hosts/1?range=1h',
    '/sign-in?oidc=unverified-email&to=%2Fhosts%2F1%3Frange%3D1h',
  ],
  ['//evil.example', '/', '/sign-in?oidc=unverified-email'],
  ['/\\evil.example', '/', '/sign-in?oidc=unverified-email'],
  ['https://evil.example/', '/', '/sign-in?oidc=unverified-email'],
  [
    '/a\r\nset-cookie: a=b',
    '/aset-cookie:%20a=b',
    '/sign-in?oidc=unverified-email&to=%2Faset-cookie%3A%2520a%3Db',
  ],
])('O8 leads back to %j as %s', async (to, inside, refused) => {
  const search = `?to=${encodeURIComponent(to)}`
  for (const [subject, expected] of [
    ['s-ada', inside],
    ['s-impostor', refused],
  ] as const) {
    const visitor = stranger()
    const back = await throughProvider(await startOf(visitor, search), subject)
    const { headers } = await returning(visitor, back)
    expect(headers.location).toBe(expected)
    expect(JSON.stringify(headers['set-cookie'])).not.toContain('a=b')
  }
})

it('O3 makes one account where a newcomer comes by two windows at once', async () => {
  for (const [subject, invited] of [
    ['s-twice', false],
    ['s-invited', true],
  ] as const) {
    const email = `${subject}@example.org`
    PEOPLE.set(subject, { email, email_verified: true, ...(!invited && { groups: ['ops'] }) })
    if (invited) {
      await hub.people.invites.issue({
        ...{ email, role: 'admin', hostTags: null, createdBy: 'ada' },
      })
    }
    const windows = [stranger(), stranger(), stranger()]
    const backs = await Promise.all(
      windows.map(async (window) => throughProvider(await startOf(window), subject)),
    )
    const answers = await Promise.all(
      windows.map((window, index) => returning(window, backs[index] ?? new URL(hub.address))),
    )
    expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(
      windows.map(() => [302, '/']),
    )
    const people = await hub.people.accounts.list()
    expect(people.filter((person) => person.email === email)).toHaveLength(1)
    const links = sql<{ links: number }>`select count(*) as links from person_account
      where account_id = ${`${provider.issuer} ${subject}`}`
    expect((await links.execute(hub.store.db)).rows).toEqual([{ links: 1 }])
  }
})
