// A second factor that is demanded (docs/access.md, F8 to F12), on real hubs: what can be done before it is set up, and by whom.
import { once } from 'node:events'
import type { AuditPage } from '@vigie/shared/api/audit'
import type { SecondFactorSetup } from '@vigie/shared/api/own-account'
import type { SessionState } from '@vigie/shared/api/session'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { startHub, tempDirectory, type TestHub } from '../test-hub.ts'
import { totpCode } from './totp.ts'
import { ADA, administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const FACTOR = '/api/v1/me/second-factor'
const BOB = { email: 'bob@example.org', password: 'a door with two locks' }

let hub: TestHub
let ada: Visitor
let bob: Visitor
const ends: (() => Promise<void>)[] = []
const atEnd = (end: () => Promise<void>): void => void ends.push(end)

beforeAll(async () => {
  const dataDirectory = await tempDirectory(atEnd)
  const before = await startHub({ dataDirectory }, atEnd)
  ada = await administratorOf(before)
  await before.people.accounts.create({ ...BOB, role: 'viewer' })
  // By her password, not by the link, which stands for both factors.
  ada = await signedIn(before, ADA)
  await before.close()
  const options = { dataDirectory, limits: { checkSessionEveryMs: 50 } }
  hub = await startHub({ ...options, secondFactorPolicy: 'administrators' }, atEnd)
  ada = moved(ada, hub)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

async function signedIn(to: TestHub, { email, password }: typeof ADA): Promise<Visitor> {
  const visitor = new Visitor(to)
  const answer = await visitor.post('/api/auth/sign-in/email', { email, password })
  expect(answer.status, answer.text).toBe(204)
  return visitor
}

/** The same browser, at the hub's new address. */
function moved(from: Visitor, to: TestHub): Visitor {
  const visitor = new Visitor(to)
  for (const [name, value] of from.cookies) visitor.cookies.set(name, value)
  return visitor
}

async function sessionOf(visitor: Visitor): Promise<SessionState> {
  return (await visitor.get('/api/v1/session')).json() as SessionState
}

async function setUp(visitor: Visitor, password: string): Promise<string> {
  const { secret } = (await visitor.post(FACTOR, { password })).json() as SecondFactorSetup
  const confirmed = await visitor.post(`${FACTOR}/confirm`, { code: totpCode(secret) })
  expect(confirmed.status, confirmed.text).toBe(200)
  return secret
}

function watch(visitor: Visitor): WebSocket {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return new WebSocket(`${hub.address.replace('http', 'ws')}/live`, ['vigie.live.1'], {
    headers: { origin: hub.address, cookie },
  })
}

async function closeOf(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

describe('for administrators', () => {
  it('F8 a session of before the policy may only say who it is, set one up, and sign out', async () => {
    expect(await sessionOf(ada)).toMatchObject({
      person: { email: ADA.email },
      isSecondFactorDue: true,
    })
    const routes = hub
      .routes()
      .filter(({ access, method }) => access !== 'open' && method !== 'HEAD')
    const letIn: string[] = []
    for (const { method, url } of routes) {
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined
      const path = url.replace(/:[A-Za-z]+/g, '999999')
      const answer = await ada.send(method, path, { body })
      if (answer.status === 403) {
        expect(answer.problem().type, `${method} ${url}`).toBe('/docs#second-factor-due')
      } else letIn.push(`${method} ${url}`)
    }
    expect(letIn.sort()).toEqual([`GET ${FACTOR}`, `POST ${FACTOR}`, `POST ${FACTOR}/confirm`])
    expect(await closeOf(watch(ada))).toBe(CLOSE.signedOut.code)
  })

  it('F8 leaves viewers, and programs with a token, alone', async () => {
    bob = await signedIn(hub, BOB)
    expect((await sessionOf(bob)).isSecondFactorDue).toBe(false)
    expect((await bob.get('/api/v1/hosts')).status).toBe(200)
    const { token } = await hub.tokens.create({ name: 'ops', role: 'admin' })
    const asProgram = { authorization: `Bearer ${token}` }
    expect((await new Visitor(hub).get('/api/v1/users', asProgram)).status).toBe(200)
  })

  it('F9 the link that the hub prints stands for both factors', async () => {
    const byLink = new Visitor(hub)
    const token = await hub.people.issueSignInToken()
    await byLink.post('/api/v1/sign-in-links/claim', { token })
    expect((await sessionOf(byLink)).isSecondFactorDue).toBe(false)
    expect((await byLink.get('/api/v1/users')).status).toBe(200)
  })

  it('F10 once it is set up all is open, and it is not taken away any more', async () => {
    const secret = await setUp(ada, ADA.password)
    expect((await sessionOf(ada)).isSecondFactorDue).toBe(false)
    expect((await ada.get('/api/v1/users')).status).toBe(200)
    expect((await ada.get(FACTOR)).json()).toMatchObject({ isOn: true, isDemanded: true })
    const refused = await ada.post(`${FACTOR}/disable`, { password: ADA.password })
    expect(refused.problem()).toMatchObject({ status: 409, type: '/docs#second-factor-demanded' })

    const again = new Visitor(hub)
    expect((await again.post('/api/auth/sign-in/email', ADA)).status).toBe(202)
    const code = totpCode(secret, 1)
    expect((await again.post('/api/auth/sign-in/second-factor', { code })).status).toBe(204)
    expect((await again.get('/api/v1/users')).status).toBe(200)
    const page = (await ada.get('/api/v1/audit?who=ada')).json() as AuditPage
    const noted = page.items.map(({ action, outcome, detail }) => ({ action, outcome, detail }))
    expect(noted).toContainEqual(
      expect.objectContaining({ action: 'own.second-factor.on', outcome: 'done' }),
    )
    expect(noted).toContainEqual({
      action: 'own.second-factor.off',
      outcome: 'refused',
      detail: 'second-factor-demanded',
    })
    expect(noted.filter(({ detail }) => detail === 'second-factor-due')).not.toEqual([])
  })

  it('F10 who has lost it sets up another, and watches nothing until then', async () => {
    const socket = watch(ada)
    const closing = closeOf(socket)
    await once(socket, 'message')
    const { person } = await sessionOf(ada)
    const byLink = new Visitor(hub)
    const token = await hub.people.issueSignInToken()
    await byLink.post('/api/v1/sign-in-links/claim', { token })
    const taken = await byLink.send('DELETE', `/api/v1/users/${person?.id ?? ''}/second-factor`)
    expect(taken.status, taken.text).toBe(204)
    expect(await closing).toBe(CLOSE.signedOut.code)
    expect((await ada.get('/api/v1/hosts')).status).toBe(403)
    await sql`delete from used_code`.execute(hub.store.db)
    await setUp(ada, ADA.password)
    expect((await ada.get('/api/v1/hosts')).status).toBe(200)
  })
})

it('F8 for everyone, viewers set one up too, and those without a password have none to', async () => {
  const all = await startHub({ secondFactorPolicy: 'everyone' })
  await all.people.accounts.create({ ...BOB, role: 'viewer' })
  const viewer = await signedIn(all, BOB)
  expect((await viewer.get('/api/v1/hosts')).status).toBe(403)
  await setUp(viewer, BOB.password)
  expect((await viewer.get('/api/v1/hosts')).status).toBe(200)
  expect((await viewer.get('/api/v1/users')).problem().type).toBe('/docs#not-allowed')

  // As OpenID Connect lets her in; the session is one of before it was noted how they began.
  const id = await all.people.accounts.create({ email: 'eve@example.org', role: 'viewer' })
  const eve = new Visitor(all)
  const { cookies } = await all.people.signInAs(id, { address: '127.0.0.1', userAgent: undefined })
  for (const cookie of cookies) {
    const [pair = ''] = cookie.split('; ')
    eve.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
  await sql`update person_session set is_proven = null`.execute(all.store.db)
  expect((await eve.get('/api/v1/hosts')).status).toBe(200)
  expect((await eve.get(FACTOR)).json()).toMatchObject({ isDemanded: false })
})
