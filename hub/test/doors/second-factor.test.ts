// The second factor of a real hub (docs/access.md): set up, asked for, lost.
import type { InviteMade } from '@vigie/shared/api/invite'
import type { RecoveryCodes, SecondFactorSetup } from '@vigie/shared/api/own-account'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { startHub, type TestHub } from '../test-hub.ts'
import { totpCode } from './totp.ts'
import { ADA, administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const FACTOR = '/api/v1/me/second-factor'
const STEP = '/api/auth/sign-in/second-factor'

let hub: TestHub
let ada: Visitor
let secret: string
let recovery: string[]
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  hub = await startHub({}, (end) => ends.push(end))
  ada = await administratorOf(hub)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

let visitors = 1
const stranger = (): Visitor => new Visitor(hub, `127.0.2.${++visitors}`)
const sees = async (visitor: Visitor): Promise<number> =>
  (await visitor.get('/api/v1/hosts')).status

/** The first step, which is good. */
async function halfIn(): Promise<Visitor> {
  const visitor = stranger()
  const first = await visitor.post('/api/auth/sign-in/email', ADA)
  expect(first.status, first.text).toBe(202)
  expect(first.json()).toEqual({ secondFactor: 'totp' })
  return visitor
}

it('F1 is on once a code of the app was confirmed, and its secret is not kept in the clear', async () => {
  const wrong = await ada.post(FACTOR, { password: 'not her password' })
  expect(wrong.problem()).toMatchObject({ status: 422, type: '/docs#wrong-password' })
  const begun = await ada.post(FACTOR, { password: ADA.password })
  const setup = begun.json() as SecondFactorSetup
  expect(begun.status).toBe(201)
  expect(setup.uri).toMatch(/^otpauth:\/\/totp\/Vigie:ada%40example\.org\?/)
  expect(setup.qrSvg).toMatch(/^<svg/)
  expect((await ada.get(FACTOR)).json()).toEqual({
    isOn: false,
    recoveryCodesLeft: 0,
    isDemanded: false,
  })
  expect((await stranger().post('/api/auth/sign-in/email', ADA)).status).toBe(204)

  secret = setup.secret
  const refused = await ada.post(`${FACTOR}/confirm`, { code: totpCode(secret, 5) })
  expect(refused.problem()).toMatchObject({ status: 422, type: '/docs#wrong-code' })
  const confirmed = await ada.post(`${FACTOR}/confirm`, { code: totpCode(secret) })
  expect(confirmed.status, confirmed.text).toBe(200)
  recovery = (confirmed.json() as RecoveryCodes).codes
  expect(new Set(recovery).size).toBe(10)
  expect((await ada.get(FACTOR)).json()).toEqual({
    isOn: true,
    recoveryCodesLeft: 10,
    isDemanded: false,
  })

  const { rows } = await sql<object>`select * from person_second_factor`.execute(hub.store.db)
  for (const kept of [secret, ...recovery]) expect(JSON.stringify(rows)).not.toContain(kept)
})

it('F2 a password alone lets nobody in, and F3 a code is good once', async () => {
  const visitor = await halfIn()
  expect(await sees(visitor)).toBe(401)
  const code = totpCode(secret, 1)
  expect((await visitor.post(STEP, { code })).status).toBe(204)
  expect(await sees(visitor)).toBe(200)

  // Whoever looked over her shoulder, and knows her password, too.
  const other = await halfIn()
  expect((await other.post(STEP, { code })).problem()).toMatchObject({
    status: 422,
    type: '/docs#wrong-code',
  })
  expect(await sees(other)).toBe(401)
  expect((await stranger().post(STEP, { code: totpCode(secret, 1) })).status).toBe(401)
})

it('F3 of two who send the same code at once one is let in', async () => {
  const both = [await halfIn(), await halfIn()]
  // As though the codes of before were long over.
  await sql`delete from used_code`.execute(hub.store.db)
  const code = totpCode(secret)
  const answers = await Promise.all(both.map((visitor) => visitor.post(STEP, { code })))
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 422])
})

it('F4 a first step lets five codes be tried', async () => {
  const visitor = await halfIn()
  for (let tries = 0; tries < 5; tries++) await visitor.post(STEP, { code: `00000${tries}` })
  const [code = ''] = recovery
  expect((await visitor.post(STEP, { code })).status).not.toBe(204)
  expect(await sees(visitor)).toBe(401)
})

it('F4 after ten wrong codes in a row none is taken for a quarter of an hour, and it is said', async () => {
  const visitor = await halfIn()
  const count = (failed: number) =>
    sql`update person_second_factor set failed_count = ${failed}, locked_until = null`.execute(
      hub.store.db,
    )
  await count(9)
  // The tries of before cost a delay.
  await vi.waitFor(
    async () => expect((await visitor.post(STEP, { code: '000009' })).status).toBe(422),
    { timeout: 20_000, interval: 1000 },
  )
  const [code = ''] = recovery
  const other = await halfIn()
  for (const each of [visitor, other]) {
    const locked = await each.post(STEP, { code })
    expect(locked.problem()).toMatchObject({ status: 429, type: '/docs#too-many-requests' })
    expect(locked.problem().detail).toMatch(/^Try again in \d+ s\.$/)
    expect(Number(locked.headers['retry-after'])).toBeGreaterThan(600)
  }
  await count(0)
})

it('F5 a recovery code is good once, and new ones end those before', async () => {
  // The tries of before cost a delay: an administrator's word ends it no sooner, so that it is waited for.
  const visitor = await halfIn()
  const [first = '', second = ''] = recovery
  await vi.waitFor(
    async () => expect((await visitor.post(STEP, { code: first })).status).toBe(204),
    { timeout: 20_000, interval: 1000 },
  )
  expect((await visitor.get(FACTOR)).json()).toMatchObject({ recoveryCodesLeft: 9 })
  const again = await halfIn()
  expect((await again.post(STEP, { code: first })).status).toBe(422)
  const renewed = await visitor.post(`${FACTOR}/recovery-codes`, { password: ADA.password })
  const { codes } = renewed.json() as RecoveryCodes
  expect((await again.post(STEP, { code: second })).status).toBe(422)
  expect((await again.post(STEP, { code: codes[0] ?? '' })).status).toBe(204)
})

it('F6 a new password by a link does not lead past it', async () => {
  const [user] = await hub.people.accounts.list()
  const made = (
    await ada.post(`/api/v1/users/${user?.id ?? ''}/reset-link`, {})
  ).json() as InviteMade
  const token = new URL(made.url ?? '').hash.slice(1)
  const visitor = stranger()
  const accepted = await visitor.post('/api/v1/invites/accept', { token, password: ADA.password })
  expect(accepted.status, accepted.text).toBe(202)
  expect(await sees(visitor)).toBe(401)
})

it('F7 goes with the password, or by an administrator’s word', async () => {
  ada = stranger()
  const token = await hub.people.issueSignInToken()
  await ada.post('/api/v1/sign-in-links/claim', { token })
  expect((await ada.post(`${FACTOR}/disable`, { password: 'not her password' })).status).toBe(422)
  const [user] = await hub.people.accounts.list()
  expect((await ada.send('DELETE', `/api/v1/users/${user?.id ?? ''}/second-factor`)).status).toBe(
    204,
  )
  expect((await stranger().post('/api/auth/sign-in/email', ADA)).status).toBe(204)

  const begun = (await ada.post(FACTOR, { password: ADA.password })).json() as SecondFactorSetup
  await ada.post(`${FACTOR}/confirm`, { code: totpCode(begun.secret) })
  expect((await ada.post(`${FACTOR}/disable`, { password: ADA.password })).status).toBe(204)
  expect((await ada.get(FACTOR)).json()).toEqual({
    isOn: false,
    recoveryCodesLeft: 0,
    isDemanded: false,
  })
})
