// People of a real hub (docs/access.md): accounts, links that are good once, sessions, passwords.
import { once } from 'node:events'
import { hashPassword } from 'better-auth/crypto'
import type { Invite, InviteMade } from '@vigie/shared/api/invite'
import type { PersonSession } from '@vigie/shared/api/own-account'
import type { User } from '@vigie/shared/api/user'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '../../src/clock.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { ADA, administratorOf, Visitor, type Answer } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const DAY_MS = 86_400_000
const PASSWORD = 'a password of twenty'
const SIGN_IN = '/api/auth/sign-in/email'

let hub: TestHub
let ada: Visitor
let aheadMs = 0
let standingMs: number | undefined
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  const clock = {
    nowMs: () => Date.now() + aheadMs,
    elapsedMs: () => standingMs ?? systemClock.elapsedMs(),
  }
  hub = await startHub({ clock }, (end) => ends.push(end))
  ada = await administratorOf(hub)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

let visitors = 1
/** From an address of its own, as limits count by address. */
const stranger = (): Visitor => new Visitor(hub, `127.0.1.${++visitors}`)
const itemsOf = <T>(answer: Answer): T[] => (answer.json() as { items: T[] }).items
const tokenOf = ({ url }: InviteMade): string => new URL(url ?? '').hash.slice(1)

async function invited(email: string, wanted: object = { role: 'viewer' }): Promise<InviteMade> {
  const answer = await ada.post('/api/v1/invites', { email, ...wanted })
  expect(answer.status, answer.text).toBe(201)
  return answer.json() as InviteMade
}

/** Somebody with an account, signed in. */
async function personOf(email: string, wanted?: object): Promise<Visitor> {
  const visitor = stranger()
  const token = tokenOf(await invited(email, wanted))
  const accepted = await visitor.post('/api/v1/invites/accept', { token, password: PASSWORD })
  expect(accepted.status, accepted.text).toBe(204)
  return visitor
}

async function userOf(email: string): Promise<User> {
  const found = itemsOf<User>(await ada.get('/api/v1/users')).find((user) => user.email === email)
  if (!found) throw new Error(`${email} has no account`)
  return found
}

async function signedIn(email: string, password = PASSWORD): Promise<Visitor> {
  const visitor = stranger()
  const answer = await visitor.post(SIGN_IN, { email, password })
  expect(answer.status, answer.text).toBe(204)
  return visitor
}

const sees = async (visitor: Visitor): Promise<number> =>
  (await visitor.get('/api/v1/hosts')).status

describe('an invite', () => {
  it('I1 makes the account that it says, once, and only its hash is kept', async () => {
    const made = await invited('Bea@Example.org', { role: 'viewer', hostTags: ['shop'] })
    expect(made.isMailed).toBe(false)
    expect(new URL(made.url ?? '').pathname).toBe('/welcome')
    const token = tokenOf(made)
    const kept = await sql<object>`select * from invite`.execute(hub.store.db)
    expect(kept.rows).toHaveLength(1)
    expect(JSON.stringify(kept.rows)).not.toContain(token)

    const bea = stranger()
    expect((await bea.post('/api/v1/invites/inspect', { token })).json()).toMatchObject({
      kind: 'invite',
      email: 'bea@example.org',
      role: 'viewer',
    })
    const acceptance = { token, password: PASSWORD, name: 'Bea' }
    const answers = await Promise.all(
      [bea, stranger(), stranger()].map((each) => each.post('/api/v1/invites/accept', acceptance)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410, 410])
    const user = await userOf('bea@example.org')
    expect(user).toMatchObject({ name: 'Bea', role: 'viewer', hostTags: ['shop'], sessions: 1 })
    expect((await bea.post('/api/v1/invites/inspect', { token })).status).toBe(410)
  })

  it('I2 ends after seven days, when it is revoked, and when another is made for the same address', async () => {
    const late = tokenOf(await invited('late@example.org'))
    aheadMs += 7 * DAY_MS
    expect((await stranger().post('/api/v1/invites/inspect', { token: late })).status).toBe(410)
    aheadMs = 0

    const first = tokenOf(await invited('cem@example.org'))
    const second = await invited('cem@example.org')
    expect((await stranger().post('/api/v1/invites/inspect', { token: first })).status).toBe(410)
    const open = itemsOf<Invite>(await ada.get('/api/v1/invites'))
    expect(open.filter(({ email }) => email === 'cem@example.org')).toMatchObject([
      { id: second.id, kind: 'invite', createdBy: 'ada' },
    ])
    expect((await ada.send('DELETE', `/api/v1/invites/${second.id}`)).status).toBe(204)
    const token = tokenOf(second)
    const refused = await stranger().post('/api/v1/invites/accept', { token, password: PASSWORD })
    expect(refused.problem()).toMatchObject({ status: 410, type: '/docs#link-refused' })
  })

  it('I3 is refused for an address that has an account', async () => {
    const answer = await ada.post('/api/v1/invites', { email: 'ADA@example.org', role: 'viewer' })
    expect(answer.problem()).toMatchObject({ status: 409, type: '/docs#person-known' })
  })
})

describe('an account', () => {
  it('P1 of the last administrator is neither removed nor demoted, of two at once one remains', async () => {
    const me = await userOf(ADA.email)
    const demoted = await ada.send('PATCH', `/api/v1/users/${me.id}`, { body: { role: 'viewer' } })
    expect(demoted.problem()).toMatchObject({ status: 409, type: '/docs#last-administrator' })
    expect((await ada.send('DELETE', `/api/v1/users/${me.id}`)).problem().type).toBe(
      '/docs#own-account',
    )

    const dan = await personOf('dan@example.org', { role: 'admin' })
    const other = await userOf('dan@example.org')
    const both = await Promise.all([
      dan.send('PATCH', `/api/v1/users/${me.id}`, { body: { role: 'viewer' } }),
      ada.send('PATCH', `/api/v1/users/${other.id}`, { body: { role: 'viewer' } }),
    ])
    const left = (await hub.people.accounts.list()).filter(({ role }) => role === 'admin')
    expect(left).toHaveLength(1)
    expect(both.map(({ status }) => status)).toContain(200)
    // Whoever it was, Ada goes on as administrator.
    await hub.people.changeAccount(me.id, { role: 'admin' })
    await hub.people.removeAccount(other.id)
    ada = await signedIn(ADA.email, ADA.password)
  })

  it('P2 with another role has no session any more, and P3 a removed one is closed out at once', async () => {
    const eli = await personOf('eli@example.org')
    const { id } = await userOf('eli@example.org')
    expect(await sees(eli)).toBe(200)
    const changed = await ada.send('PATCH', `/api/v1/users/${id}`, { body: { role: 'admin' } })
    expect(changed.json()).toMatchObject({ role: 'admin', sessions: 0 })
    expect(await sees(eli)).toBe(401)

    const again = await signedIn('eli@example.org')
    const socket = liveOf(again)
    await once(socket, 'message')
    const closed = once(socket, 'close')
    expect((await ada.send('DELETE', `/api/v1/users/${id}`)).status).toBe(204)
    // The next look by itself is a minute away.
    expect((await closed)[0]).toBe(CLOSE.signedOut.code)
    expect(await sees(again)).toBe(401)
    expect(
      (await stranger().post(SIGN_IN, { email: 'eli@example.org', password: PASSWORD })).status,
    ).toBe(401)
  })

  it('P4 with other hosts to see keeps its session, and its open socket ends', async () => {
    const fay = await personOf('fay@example.org')
    const { id } = await userOf('fay@example.org')
    const socket = liveOf(fay)
    await once(socket, 'message')
    const closed = once(socket, 'close')
    await ada.send('PATCH', `/api/v1/users/${id}`, { body: { hostTags: ['shop'] } })
    expect((await closed)[0]).toBe(CLOSE.rightsChanged.code)
    expect(await sees(fay)).toBe(200)
  })
})

describe('a session', () => {
  it('S1 is listed with its browser and address, and S2 ended by its person, one or all others', async () => {
    const first = await personOf('gus@example.org')
    const second = stranger()
    await second.post(
      SIGN_IN,
      { email: 'gus@example.org', password: PASSWORD },
      { 'user-agent': 'Firefox' },
    )
    const third = await signedIn('gus@example.org')
    const list = itemsOf<PersonSession>(await third.get('/api/v1/me/sessions'))
    expect(list.map(({ isThis }) => isThis)).toEqual([true, false, false])
    expect(list[1]).toMatchObject({
      browser: 'Firefox',
      address: expect.stringMatching(/^127\.0\.1\./) as string,
    })

    const ended = await third.send('DELETE', `/api/v1/me/sessions/${list[1]?.id ?? ''}`)
    expect([ended.status, await sees(second), await sees(first)]).toEqual([204, 401, 200])
    expect((await third.send('DELETE', '/api/v1/me/sessions')).status).toBe(204)
    expect([await sees(first), await sees(third)]).toEqual([401, 200])

    // Somebody else's session is not there to be ended.
    const adas = itemsOf<PersonSession>(await ada.get('/api/v1/me/sessions'))[0]?.id ?? ''
    expect((await third.send('DELETE', `/api/v1/me/sessions/${adas}`)).status).toBe(404)
    const { id } = await userOf('gus@example.org')
    expect((await ada.send('DELETE', `/api/v1/users/${id}/sessions`)).status).toBe(204)
    expect(await sees(third)).toBe(401)
  })

  it('S3 ends after seven days without use, and after thirty with', async () => {
    const hal = await personOf('hal@example.org')
    const { id } = await userOf('hal@example.org')
    const endOldAfter = async (ageMs: number): Promise<number> => {
      aheadMs = ageMs
      const ended = await hub.people.sessions.endOld()
      aheadMs = 0
      return ended
    }
    const [session] = await hub.people.sessions.list(id)
    const restMs = (session?.expiresMs ?? 0) - Date.now()
    expect(restMs).toBeGreaterThan(6.9 * DAY_MS)
    expect(await endOldAfter(6.9 * DAY_MS)).toBe(0)
    const began = new Date(Date.now() - 30 * DAY_MS).toISOString()
    await sql`update person_session set created_at = ${began} where person_id = ${id}`.execute(
      hub.store.db,
    )
    expect(await endOldAfter(0)).toBe(1)
    expect(await sees(hal)).toBe(401)
  })
})

describe('a password', () => {
  it('W1 is changed with the present one, and W2 that ends the other sessions', async () => {
    const ivy = await personOf('ivy@example.org')
    const other = await signedIn('ivy@example.org')
    const change = { current: 'not the present one', password: 'another password of hers' }
    const wrong = await ivy.send('PUT', '/api/v1/me/password', { body: change })
    expect(wrong.problem()).toMatchObject({ status: 422, type: '/docs#wrong-password' })
    const right = await ivy.send('PUT', '/api/v1/me/password', {
      body: { ...change, current: PASSWORD },
    })
    expect([right.status, await sees(ivy), await sees(other)]).toEqual([204, 200, 401])
    await signedIn('ivy@example.org', change.password)
  })

  it('W3 is set anew by a link that an administrator makes, which ends every session', async () => {
    const jon = await personOf('jon@example.org')
    const { id } = await userOf('jon@example.org')
    const made = (await ada.post(`/api/v1/users/${id}/reset-link`, {})).json() as InviteMade
    const token = tokenOf(made)
    const seen = (await stranger().post('/api/v1/invites/inspect', { token })).json()
    expect(seen).toMatchObject({ kind: 'reset', email: 'jon@example.org', name: 'jon' })
    const later = stranger()
    const password = 'what he will not forget'
    expect((await later.post('/api/v1/invites/accept', { token, password })).status).toBe(204)
    expect([await sees(jon), await sees(later)]).toEqual([401, 200])
    expect(
      (await stranger().post(SIGN_IN, { email: 'jon@example.org', password: PASSWORD })).status,
    ).toBe(401)
  })

  it('W4 is kept with Argon2id, and one that was kept with scrypt is made anew when it is used', async () => {
    await personOf('kim@example.org')
    const { id } = await userOf('kim@example.org')
    const kept = (): Promise<string | undefined> => hub.people.accounts.passwordHash(id)
    expect(await kept()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await hub.people.accounts.setPasswordHash(id, await hashPassword(PASSWORD))
    expect(await kept()).not.toContain('argon2id')
    await signedIn('kim@example.org')
    expect(await kept()).toMatch(/^\$argon2id\$/)
    await signedIn('kim@example.org')
  })
})

describe('wrong passwords', () => {
  // However long a busy machine takes for a try, no delay passes.
  beforeAll(() => void (standingMs = systemClock.elapsedMs()))
  afterAll(() => void (standingMs = undefined))

  it('D1 of one account cost a delay wherever they come from, D2 of an account that is not there the same', async () => {
    await personOf('lea@example.org')
    const statuses = async (email: string): Promise<string[]> => {
      const answers: Answer[] = []
      for (let tries = 0; tries < 7; tries++) {
        answers.push(await stranger().post(SIGN_IN, { email, password: 'a wrong password' }))
      }
      return answers.map(({ status, text }) => `${status} ${text.replace(/\d+ s/, 'N s')}`)
    }
    const known = await statuses('lea@example.org')
    expect(known.map((each) => each.slice(0, 3))).toContain('429')
    expect(new Set(await statuses('nobody@example.org'))).toEqual(new Set(known))
  })

  it('D3 of strangers do not keep out a browser that the person has used, nor end a session', async () => {
    const mia = await personOf('mia@example.org')
    for (let tries = 0; tries < 7; tries++) {
      await stranger().post(SIGN_IN, { email: 'mia@example.org', password: 'a wrong password' })
    }
    const credentials = { email: 'mia@example.org', password: PASSWORD }
    expect((await stranger().post(SIGN_IN, credentials)).status).toBe(429)
    expect(await sees(mia)).toBe(200)
    await mia.post('/api/auth/sign-out', {})
    expect((await mia.post(SIGN_IN, credentials)).status).toBe(204)
  })
})

function liveOf(visitor: Visitor): WebSocket {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return new WebSocket(`${hub.address.replace('http', 'ws')}/live`, ['vigie.live.1'], {
    headers: { origin: hub.address, cookie },
  })
}
