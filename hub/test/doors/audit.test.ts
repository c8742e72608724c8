// The audit log of a real hub (docs/access.md): who changed what, and was let to or not.
import type { AuditEntry, AuditPage } from '@vigie/shared/api/audit'
import type { InviteMade } from '@vigie/shared/api/invite'
import type { TokenMade } from '@vigie/shared/api/token'
import Fastify from 'fastify'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createAuditLog, type NewEntry } from '../../src/audit/audit-log.ts'
import { systemClock } from '../../src/clock.ts'
import { NOBODY } from '../../src/http/gate.ts'
import { createHostGuard } from '../../src/http/host-guard.ts'
import { httpPlugin } from '../../src/http/plugin.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { TestAgent } from '../test-agent.ts'
import { ADA, administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let hub: TestHub
let ada: Visitor
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  hub = await startHub({}, (end) => ends.push(end))
  ada = await administratorOf(hub)
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

async function log(query = ''): Promise<AuditEntry[]> {
  const answer = await ada.get(`/api/v1/audit?${query}`)
  expect(answer.status, answer.text).toBe(200)
  return (answer.json() as AuditPage).items
}

it('L1 a changing route that does not say what the log calls it keeps the hub from starting', async () => {
  const server = Fastify()
  const guard = createHostGuard({ host: '127.0.0.1', publicUrl: undefined })
  await server.register(httpPlugin, { guard, gate: () => Promise.resolve(NOBODY) })
  const add = (): unknown => server.post('/x', { config: { access: 'admin' } }, () => 'x')
  expect(add).toThrow('POST /x does not say what the audit log calls it (config.audit)')
})

it('L2 a change has who, from where, what, on what and what it was made', async () => {
  const bearer = ({ token }: TokenMade) => ({ authorization: `Bearer ${token}` })
  const draft = { name: 'deploy', role: 'admin', expiresMs: Date.now() + 86_400_000 }
  const made = (await ada.post('/api/v1/tokens', draft)).json() as TokenMade
  const [entry] = await log('action=token')
  const [user] = await hub.people.accounts.list()
  expect(entry).toMatchObject({
    ...{ actorKind: 'person', actorId: user?.id, actorName: 'ada', address: '127.0.0.1' },
    ...{ action: 'token.create', target: 'deploy', outcome: 'done' },
    detail: `role: admin, expiresMs: ${draft.expiresMs}`,
  })

  const { token } = await hub.enrolments.create({ name: 'web-1' })
  const agent = new TestAgent({ hub: hub.address, token, hostname: 'web-1' })
  const { hostId } = await agent.enter()
  ends.push(() => agent.close())
  await new Visitor(hub).send('PUT', `/api/v1/hosts/${hostId}/tags`, {
    body: { tags: ['shop'] },
    headers: bearer(made),
  })
  const [tagged] = await log('action=host.tags')
  expect(tagged).toMatchObject({ actorKind: 'token', actorName: 'deploy', target: String(hostId) })
  expect(tagged?.detail).toBe('tags: ["shop"]')
  expect(await log('who=deploy')).toHaveLength(1)
  const joined = (): Promise<AuditEntry[]> => log('action=host.join')
  await expect.poll(joined).toMatchObject([{ actorKind: 'agent', target: 'web-1' }])
})

it('L3 what is refused is there too, with who was refused and why', async () => {
  const { token } = await hub.tokens.create({ name: 'looker', role: 'viewer' })
  const headers = { authorization: `Bearer ${token}` }
  await new Visitor(hub).post(
    '/api/v1/invites',
    { email: 'eve@example.org', role: 'admin' },
    headers,
  )
  expect((await log('who=looker'))[0]).toMatchObject({
    ...{ action: 'invite.create', outcome: 'refused', detail: 'not-allowed', actorKind: 'token' },
  })
  await new Visitor(hub).post('/api/auth/sign-in/email', { ...ADA, password: 'not her password' })
  expect((await log('action=sign-in'))[0]).toMatchObject({
    ...{ actorKind: 'nobody', actorName: ADA.email, action: 'sign-in', outcome: 'refused' },
  })
  await new Visitor(hub).post('/api/auth/sign-in/email', ADA)
  expect((await log('action=sign-in'))[0]).toMatchObject({ actorKind: 'person', outcome: 'done' })
})

it('L4 no secret is in it', async () => {
  const invite = (
    await ada.post('/api/v1/invites', { email: 'bea@example.org', role: 'viewer' })
  ).json()
  const token = new URL((invite as InviteMade).url ?? '').hash.slice(1)
  const password = 'a password of twenty'
  const bea = new Visitor(hub)
  await bea.post('/api/v1/invites/accept', { token, password })
  await bea.send('PUT', '/api/v1/me/password', {
    body: { current: password, password: ADA.password },
  })
  const { token: api } = (
    await ada.post('/api/v1/tokens', { name: 'x', role: 'viewer' })
  ).json() as TokenMade
  const written = JSON.stringify(await log('limit=500'))
  expect(written).toContain('own.password')
  for (const secret of [token, password, ADA.password, api]) expect(written).not.toContain(secret)
})

it('L5 a page leads to the next, and what does not fit a year or its size is forgotten', async () => {
  const first = (await ada.get('/api/v1/audit?limit=2')).json() as AuditPage
  const second = (
    await ada.get(`/api/v1/audit?limit=2&after=${first.next ?? ''}`)
  ).json() as AuditPage
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  expect(ids).toEqual([...ids].sort((a, b) => b - a))
  expect(new Set(ids).size).toBe(4)

  let aheadMs = 0
  const clock = { ...systemClock, nowMs: () => Date.now() + aheadMs }
  const audit = createAuditLog({ db: hub.store.db, clock, log: { error: () => undefined } })
  await audit.forget(3)
  expect(await log('limit=500')).toHaveLength(3)
  aheadMs = 367 * 86_400_000
  await audit.forget()
  expect(await log('limit=500')).toEqual([])
})

it('L6 a flood of strangers leaves a sample', async () => {
  const entry: NewEntry = {
    actorKind: 'nobody',
    actorId: null,
    actorName: null,
    address: '192.0.2.1',
    action: 'sign-in',
    target: null,
    detail: 'wrong-credentials',
    outcome: 'refused',
  }
  const clock = { nowMs: () => Date.now(), elapsedMs: () => 0 }
  const audit = createAuditLog({ db: hub.store.db, clock, log: { error: () => undefined } })
  for (let tries = 0; tries < 150; tries++) await audit.append(entry)
  expect(await log('limit=500')).toHaveLength(100)
})
