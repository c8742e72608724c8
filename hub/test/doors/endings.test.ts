// What is half done when the sessions of a person end, at a real hub (docs/access.md, S5).
import { setImmediate as turn } from 'node:timers/promises'
import { hashPassword as hashScrypt } from 'better-auth/crypto'
import type { InviteMade } from '@vigie/shared/api/invite'
import type { RecoveryCodes, SecondFactorSetup } from '@vigie/shared/api/own-account'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { hashPassword } from '../../src/auth/password-hash.ts'
import { systemClock } from '../../src/clock.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { totpCode } from './totp.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const PASSWORD = 'a password of twenty'
const OTHER = 'another password of theirs'
const SIGN_IN = '/api/auth/sign-in/email'
const STEP = '/api/auth/sign-in/second-factor'
const FACTOR = '/api/v1/me/second-factor'
const ORIGIN = { address: '127.0.0.1', userAgent: undefined }

let hub: TestHub
let ada: Visitor
let aheadMs = 0
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  const clock = { ...systemClock, elapsedMs: () => systemClock.elapsedMs() + aheadMs }
  hub = await startHub({ clock }, (end) => ends.push(end))
  ada = await administratorOf(hub)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

let visitors = 1
/** From an address of its own, as limits count by address. */
const stranger = (): Visitor => new Visitor(hub, `127.0.3.${++visitors}`)

interface Somebody {
  readonly id: string
  readonly email: string
  readonly visitor: Visitor
}

async function somebody(email: string): Promise<Somebody> {
  const id = await hub.people.accounts.create({ email, password: PASSWORD, role: 'viewer' })
  const visitor = stranger()
  expect((await visitor.post(SIGN_IN, { email, password: PASSWORD })).status).toBe(204)
  return { id, email, visitor }
}

/** Their recovery codes. */
async function withSecondFactor({ visitor }: Somebody): Promise<readonly string[]> {
  const begun = (await visitor.post(FACTOR, { password: PASSWORD })).json() as SecondFactorSetup
  const confirmed = await visitor.post(`${FACTOR}/confirm`, { code: totpCode(begun.secret) })
  return (confirmed.json() as RecoveryCodes).codes
}

const ENDINGS = {
  'W2 a change of the password': ({ visitor }) =>
    visitor.send('PUT', '/api/v1/me/password', { body: { current: PASSWORD, password: OTHER } }),
  'W3 a new password by a link': async ({ id }) => {
    const made = (await ada.post(`/api/v1/users/${id}/reset-link`, {})).json() as InviteMade
    const token = new URL(made.url ?? '').hash.slice(1)
    return stranger().post('/api/v1/invites/accept', { token, password: OTHER })
  },
  'S2 the end of all others': ({ visitor }) => visitor.send('DELETE', '/api/v1/me/sessions'),
  'S2 an administrator who ends all': ({ id }) =>
    ada.send('DELETE', `/api/v1/users/${id}/sessions`),
  'P2 another role': ({ id }) =>
    ada.send('PATCH', `/api/v1/users/${id}`, { body: { role: 'admin' } }),
  'P3 removal': ({ id }) => ada.send('DELETE', `/api/v1/users/${id}`),
} satisfies Record<string, (person: Somebody) => Promise<{ status: number }>>

it.each(Object.entries(ENDINGS))(
  'S5 %s ends a sign-in that waits for its second step',
  async (name, end) => {
    const person = await somebody(`${name.slice(0, 2)}${visitors}@example.org`)
    const [code = ''] = await withSecondFactor(person)
    const thief = stranger()
    const first = await thief.post(SIGN_IN, { email: person.email, password: PASSWORD })
    expect(first.status).toBe(202)
    expect((await end(person)).status).toBeLessThan(300)
    const second = await thief.post(STEP, { code })
    expect(second.problem()).toMatchObject({ status: 401, type: '/docs#signed-out' })
    expect((await thief.get('/api/v1/hosts')).status).toBe(401)
  },
)

it('S2 the end of one session leaves a sign-in that waits for its second step', async () => {
  const person = await somebody('one@example.org')
  const [code = ''] = await withSecondFactor(person)
  const other = stranger()
  await other.post(SIGN_IN, { email: person.email, password: PASSWORD })
  const [session] = await hub.people.sessions.list(person.id)
  await person.visitor.send('DELETE', `/api/v1/me/sessions/${session?.id ?? ''}`)
  expect((await other.post(STEP, { code })).status).toBe(204)
})

const signIn = (email: string) =>
  hub.people.signIn({ email, password: PASSWORD }, { origin: ORIGIN, headers: {} })

/** Signs in with the password of before, while all sessions end for another: at every eighth of the time that it takes. */
async function* changedMeanwhile({ id, email }: Somebody, hash = hashPassword) {
  const [before, after] = await Promise.all([hash(PASSWORD), hashPassword(OTHER)])
  let wholeMs = 0
  for (let eighths = 8; eighths >= 0; eighths--) {
    await hub.people.accounts.setPasswordHash(id, before)
    await hub.people.sessions.end({ personId: id })
    const beganMs = systemClock.elapsedMs()
    const coming = signIn(email)
    if (wholeMs === 0) {
      await coming
      wholeMs = systemClock.elapsedMs() - beganMs
    }
    while (systemClock.elapsedMs() - beganMs < (wholeMs * eighths) / 8) await turn()
    await hub.people.accounts.setPasswordHash(id, after)
    await hub.people.sessions.end({ personId: id })
    yield await coming
    // What was refused is to cost no delay: an hour of quiet.
    aheadMs += 3_600_000
  }
}

it('S5 a password that is changed while somebody signs in with it leaves them no session', async () => {
  const person = await somebody('late@example.org')
  for await (const { outcome } of changedMeanwhile(person)) {
    expect(['signed-in', 'refused']).toContain(outcome)
    expect(await hub.people.sessions.list(person.id)).toEqual([])
  }
})

it('S5 nor a second step', async () => {
  const person = await somebody('later@example.org')
  const codes = (await withSecondFactor(person)).values()
  for await (const came of changedMeanwhile(person)) {
    expect(['second-factor', 'refused']).toContain(came.outcome)
    const cookie = 'cookies' in came ? came.cookies.map(pairOf).join('; ') : ''
    const arrival = { origin: ORIGIN, headers: { cookie } }
    const { outcome } = await hub.people.secondStep(codes.next().value ?? '', arrival)
    expect(outcome).toBe('no-first-step')
  }
})

it('W4 a password that is changed while the one of before is made anew stays', async () => {
  const person = await somebody('old@example.org')
  for await (const { outcome } of changedMeanwhile(person, hashScrypt)) {
    expect(['signed-in', 'refused']).toContain(outcome)
    expect(await hub.people.accounts.isPassword(person.id, OTHER)).toBe(true)
  }
})

it('W1 a password that is set anew while it is changed with the one of before stays', async () => {
  const { id } = await somebody('own@example.org')
  const [before, after] = await Promise.all([hashPassword(PASSWORD), hashPassword(OTHER)])
  const owner = { personId: id, sessionId: '', headers: {} }
  const change = { current: PASSWORD, password: 'what a thief would have' }
  // From before it is proven until after the new one is hashed.
  for (let turns = 1; turns < 10_000; turns *= 4) {
    await hub.people.accounts.setPasswordHash(id, before)
    const changing = hub.people.own.changePassword(owner, change)
    for (let passed = 0; passed < turns; passed++) await turn()
    await hub.people.accounts.setPasswordHash(id, after)
    await changing
    expect(await hub.people.accounts.isPassword(id, OTHER)).toBe(true)
    aheadMs += 3_600_000
  }
})

it('W4 of two who are the first to use a password that is made anew both come in', async () => {
  const { id, email } = await somebody('both@example.org')
  await hub.people.accounts.setPasswordHash(id, await hashScrypt(PASSWORD))
  const both = await Promise.all([signIn(email), signIn(email)])
  expect(both.map(({ outcome }) => outcome)).toEqual(['signed-in', 'signed-in'])
  expect(await hub.people.accounts.isPassword(id, PASSWORD)).toBe(true)
})

function pairOf(cookie: string): string {
  return cookie.slice(0, cookie.indexOf(';'))
}
