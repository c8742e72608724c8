// How people come and go, against a real hub: one-time links, passwords, cookies.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startHub } from '../test-hub.ts'
import { ADA, administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const CLAIM = '/api/v1/sign-in-links/claim'
const SIGN_IN = '/api/auth/sign-in/email'

describe('the first start', () => {
  it('needs an administrator, whom the link makes and signs in', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    expect((await visitor.get('/api/v1/session')).json()).toEqual({
      person: null,
      isSecondFactorDue: false,
      setupNeeded: true,
      oidc: null,
    })
    const token = await hub.people.issueSignInToken()
    const claimed = await visitor.post(CLAIM, { token, ...ADA, name: 'Ada' })
    expect(claimed.status).toBe(204)
    const [cookie = ''] = claimed.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^vigie\.session_token=/)
    expect(cookie).toMatch(/; HttpOnly/)
    expect(cookie).toMatch(/; SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    expect((await visitor.get('/api/v1/session')).json()).toEqual({
      person: {
        id: expect.any(String) as string,
        email: ADA.email,
        name: 'Ada',
        role: 'admin',
        hostTags: null,
      },
      isSecondFactorDue: false,
      setupNeeded: false,
      oidc: null,
    })
  })

  it('asks browsers for TLS where people come over it', async () => {
    const hub = await startHub({ publicUrl: new URL('https://vigie.example') })
    const token = await hub.people.issueSignInToken()
    const claimed = await new Visitor(hub).post(CLAIM, { token, ...ADA })
    expect(claimed.headers['set-cookie']?.[0]).toMatch(/^__Host-vigie.*; Path=\/;.*; Secure/)
  })

  it('has one administrator when a link is claimed twice at once', async () => {
    const hub = await startHub()
    const token = await hub.people.issueSignInToken()
    const claims = await Promise.all(
      ['ada', 'eve', 'mallory'].map((name) =>
        new Visitor(hub).post(CLAIM, { token, ...ADA, email: `${name}@example.org` }),
      ),
    )
    const statuses = claims.map((claim) => claim.status).sort()
    expect(statuses).toEqual([204, 410, 410])
    const people = await sql<{ count: number }>`select count(*) as count from person`.execute(
      hub.store.db,
    )
    expect(people.rows[0]?.count).toBe(1)
  })

  it('keeps a link that was claimed without e-mail and password, or with a short one', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    const token = await hub.people.issueSignInToken()
    expect((await visitor.post(CLAIM, { token })).problem()).toMatchObject({
      status: 422,
      type: '/docs#credentials-needed',
    })
    const short = await visitor.post(CLAIM, { token, ...ADA, password: 'elevenchars' })
    expect(short.problem()).toMatchObject({
      status: 400,
      errors: [{ field: 'body/password', message: expect.stringContaining('12') as string }],
    })
    expect((await visitor.post(CLAIM, { token, ...ADA })).status).toBe(204)
  })
})

describe('a sign-in link', () => {
  it('is good once', async () => {
    const hub = await startHub()
    await administratorOf(hub)
    const token = await hub.people.issueSignInToken()
    const visitor = new Visitor(hub)
    expect((await visitor.post(CLAIM, { token })).status).toBe(204)
    expect((await visitor.get('/api/v1/session')).json()).toMatchObject({
      person: { email: ADA.email },
    })
    const again = await new Visitor(hub).post(CLAIM, { token })
    expect(again.problem()).toMatchObject({ status: 410, type: '/docs#link-refused' })
    expect(again.headers['set-cookie']).toBeUndefined()
  })

  it('is good for an hour', async () => {
    let nowMs = Date.now()
    const hub = await startHub({ clock: { ...systemClock, nowMs: () => nowMs } })
    await administratorOf(hub)
    const token = await hub.people.issueSignInToken()
    nowMs += 3_600_000
    expect((await new Visitor(hub).post(CLAIM, { token })).status).toBe(410)
  })

  it('ends when the next one is issued', async () => {
    const hub = await startHub()
    await administratorOf(hub)
    const older = await hub.people.issueSignInToken()
    const newer = await hub.people.issueSignInToken()
    expect((await new Visitor(hub).post(CLAIM, { token: older })).status).toBe(410)
    expect((await new Visitor(hub).post(CLAIM, { token: newer })).status).toBe(204)
  })

  it('changes no password of an administrator who is there', async () => {
    const hub = await startHub()
    await administratorOf(hub)
    const token = await hub.people.issueSignInToken()
    const claimed = await new Visitor(hub).post(CLAIM, { token, ...ADA, password: 'x'.repeat(20) })
    expect(claimed.problem()).toMatchObject({ status: 409 })
    expect((await new Visitor(hub).post(SIGN_IN, ADA)).status).toBe(204)
  })

  it('is not in the database, and the cookie key is for the hub alone', async () => {
    const hub = await startHub()
    const token = await hub.people.issueSignInToken()
    const { rows } = await sql<object>`select * from sign_in_link`.execute(hub.store.db)
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(statSync(join(hub.dataDirectory, 'auth-secret')).mode & 0o777).toBe(0o600)
  })
})

describe('a password', () => {
  it('signs in, and a wrong one does not', async () => {
    const hub = await startHub()
    await administratorOf(hub)
    const visitor = new Visitor(hub)
    const wrong = await visitor.post(SIGN_IN, { ...ADA, password: 'correct horse cattery' })
    expect(wrong.headers['content-type']).toContain('application/problem+json')
    expect(wrong.problem()).toMatchObject({ status: 401, type: '/docs#wrong-credentials' })
    // Nobody learns from the answer who has an account.
    const unknown = await visitor.post(SIGN_IN, { ...ADA, email: 'eve@example.org' })
    expect(unknown.text).toBe(wrong.text)
    expect((await visitor.get('/api/v1/hosts')).status).toBe(401)
    expect((await visitor.post(SIGN_IN, { ...ADA, email: 'ADA@example.org' })).status).toBe(204)
    expect((await visitor.get('/api/v1/hosts')).status).toBe(200)
  })

  it('may be tried ten times a minute', async () => {
    const hub = await startHub()
    const visitor = new Visitor(hub)
    for (let tries = 0; tries < 10; tries++) {
      const guess = { ...ADA, email: `guess-${tries}@example.org` }
      expect((await visitor.post(SIGN_IN, guess)).status).toBe(401)
    }
    const refused = await visitor.post(SIGN_IN, ADA, { 'x-forwarded-for': '192.0.2.1' })
    expect(refused.problem()).toMatchObject({ status: 429, type: '/docs#too-many-requests' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('makes no account: there is no sign-up', async () => {
    const hub = await startHub()
    await administratorOf(hub)
    const eve = { email: 'eve@example.org', password: 'a password of hers', name: 'Eve' }
    const answer = await new Visitor(hub).post('/api/auth/sign-up/email', eve)
    expect(answer.status).toBe(404)
  })
})

describe('signing out', () => {
  it('ends the session, for whoever kept its cookie too', async () => {
    const hub = await startHub()
    const visitor = await administratorOf(hub)
    const kept = new Visitor(hub)
    for (const [name, value] of visitor.cookies) kept.cookies.set(name, value)
    expect((await kept.get('/api/v1/hosts')).status).toBe(200)
    expect((await visitor.post('/api/auth/sign-out', {})).status).toBe(204)
    expect(visitor.cookies.size).toBe(0)
    expect((await kept.get('/api/v1/hosts')).status).toBe(401)
    expect((await visitor.post('/api/auth/sign-out', {})).status).toBe(204)
  })

  it('leaves sessions good over a restart of the hub', async () => {
    const first = await startHub()
    const visitor = await administratorOf(first)
    await first.close()
    const second = await startHub({ dataDirectory: first.dataDirectory })
    const later = new Visitor(second)
    for (const [name, value] of visitor.cookies) later.cookies.set(name, value)
    expect((await later.get('/api/v1/hosts')).status).toBe(200)
  })
})
