// API tokens against a real hub: what programs may do with them, and what nobody may do without.
import type { ApiTokenList, TokenMade } from '@vigie/shared/api/token'
import { sql } from 'kysely'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { systemClock } from '../../src/clock.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const DAY_MS = 86_400_000
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function program(hub: TestHub, role: 'admin' | 'viewer') {
  const { id, token } = await hub.tokens.create({ name: `a ${role}`, role })
  return { id, token, headers: bearer(token), visitor: new Visitor(hub) }
}

it('a viewer’s token reads the API and the metrics, and changes nothing', async () => {
  const hub = await startHub()
  const { visitor, headers } = await program(hub, 'viewer')
  expect((await visitor.get('/api/v1/hosts', headers)).json()).toEqual({ items: [], next: null })
  expect((await visitor.get('/metrics', headers)).text).toContain('vigie_agent_connections 0')
  expect((await visitor.post('/api/v1/enrolments', {}, headers)).status).toBe(403)
  expect((await visitor.get('/api/v1/tokens', headers)).status).toBe(403)
})

it('an administrator’s token invites, whatever Origin the program says', async () => {
  const hub = await startHub()
  const { visitor, headers } = await program(hub, 'admin')
  const elsewhere = { ...headers, origin: 'https://tools.example' }
  expect((await visitor.post('/api/v1/enrolments', {}, elsewhere)).status).toBe(201)
})

it('a token does not make another site’s page a friend: open routes ask for its Origin all the same', async () => {
  const hub = await startHub()
  const { headers } = await program(hub, 'admin')
  const person = await administratorOf(hub)
  const evil = { ...headers, origin: 'https://evil.example' }
  expect((await person.post('/api/auth/sign-out', {}, evil)).status).toBe(403)
  // And a bad token is not made good by the cookies beside it.
  expect((await person.get('/api/v1/hosts', bearer('vigie_x'))).status).toBe(401)
})

it('tokens are listed without secrets, and ended at once', async () => {
  const hub = await startHub()
  const { id, token, visitor, headers } = await program(hub, 'admin')
  const other = await program(hub, 'viewer')
  const listed = await visitor.get('/api/v1/tokens', headers)
  expect((listed.json() as ApiTokenList).items).toEqual([
    {
      id,
      name: 'a admin',
      role: 'admin',
      hostTags: null,
      expiresMs: null,
      createdMs: expect.any(Number) as number,
      lastUsedMs: expect.any(Number) as number,
    },
    {
      id: other.id,
      name: 'a viewer',
      role: 'viewer',
      hostTags: null,
      expiresMs: null,
      createdMs: expect.any(Number) as number,
      lastUsedMs: null,
    },
  ])
  expect(listed.text).not.toContain(token.slice(6))
  const kept = await sql<Record<string, unknown>>`select * from api_token`.execute(hub.store.db)
  expect(JSON.stringify(kept.rows)).not.toContain(token.slice(6))

  const path = `/api/v1/tokens/${other.id}`
  expect((await visitor.send('DELETE', path, { headers })).status).toBe(204)
  expect((await visitor.get('/api/v1/hosts', other.headers)).status).toBe(401)
  expect((await visitor.send('DELETE', path, { headers })).problem().status).toBe(404)
})

it('after many bad tokens an address is told to wait, and a good token passes all the same', async () => {
  const hub = await startHub({ clock: { nowMs: () => 1_000_000, elapsedMs: () => 0 } })
  const { visitor, headers } = await program(hub, 'viewer')
  const statuses: number[] = []
  for (let attempt = 0; attempt < 22; attempt++) {
    const guess = bearer(`vigie_${String(attempt).padStart(43, 'A')}`)
    statuses.push((await visitor.get('/api/v1/hosts', guess)).status)
  }
  expect(statuses).toEqual([...Array<number>(20).fill(401), 429, 429])
  expect((await visitor.get('/api/v1/hosts', headers)).status).toBe(200)
})

it('L1: a token opens no live socket to a page: that takes the session of a person', async () => {
  const hub = await startHub()
  const { headers } = await program(hub, 'admin')
  const socket = new WebSocket(`${hub.address.replace('http', 'ws')}/live`, ['vigie.live.1'], {
    headers: { ...headers, origin: hub.address },
  })
  const code = await new Promise((resolve) => socket.once('close', resolve))
  expect(code).toBe(4430)
})

it('T1 a token made over the API is shown once, sees what it may, and ends by itself within a year', async () => {
  let aheadMs = 0
  const hub = await startHub({ clock: { ...systemClock, nowMs: () => Date.now() + aheadMs } })
  const ada = await administratorOf(hub)
  const endsMs = Date.now() + 90 * DAY_MS
  const draft = { name: 'paris', role: 'viewer', hostTags: ['paris'], expiresMs: endsMs }
  const made = (await ada.post('/api/v1/tokens', draft)).json() as TokenMade
  const listed = await ada.get('/api/v1/tokens')
  expect((listed.json() as ApiTokenList).items).toMatchObject([{ ...draft, id: made.id }])
  expect(listed.text).not.toContain(made.token.slice(6))
  const paris = new Visitor(hub)
  expect((await paris.get('/api/v1/hosts', bearer(made.token))).status).toBe(200)
  // It has no account of its own to change.
  const own = await paris.get('/api/v1/me/sessions', bearer(made.token))
  expect(own.json()).toEqual({ items: [] })
  for (const expiresMs of [Date.now() - 1, Date.now() + 367 * DAY_MS]) {
    const refused = await ada.post('/api/v1/tokens', { ...draft, expiresMs })
    expect(refused.problem()).toMatchObject({ status: 422, type: '/docs#draft-refused' })
  }
  aheadMs = 90 * DAY_MS
  expect((await paris.get('/api/v1/hosts', bearer(made.token))).status).toBe(401)
})
