// What administrators do with hosts and their agents (docs/agents.md): the doors, the agents' sockets and what is kept.
import type { HostDetail, HostPage } from '@vigie/shared/api/host'
import type { Enrolment, EnrolmentState } from '@vigie/shared/api/enrolment'
import type { RetiredHostList, WaitingMachineList } from '@vigie/shared/api/host-change'
import type { EventPage } from '@vigie/shared/api/event'
import type { IncidentPage } from '@vigie/shared/api/incident'
import { encodeBlock } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import { closeCode } from '@vigie/shared/protocol/close-codes'
import { expect, it, vi } from 'vitest'
import { ALWAYS } from '../busy-rule.ts'
import { KEYS, newKeys, TestAgent, type AgentKeys } from '../test-agent.ts'
import { runsOf, startHub, type TestHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Joined {
  readonly agent: TestAgent
  readonly keys: AgentKeys
  readonly id: number
}

async function join(hub: TestHub, name: string): Promise<Joined> {
  const { token } = await hub.enrolments.create({ name })
  const agent = new TestAgent({ hub: hub.address, token, hostname: name })
  const { hostId } = await agent.enter()
  return { agent, keys: agent.keys, id: hostId }
}

function secondsAgo(seconds: number): number {
  return Math.floor(Date.now() / 1000) * 1000 - seconds * 1000
}

async function send(agent: TestAgent, ...timesMs: readonly number[]): Promise<void> {
  for (const timeMs of timesMs) agent.tick(timeMs)
  await agent.acknowledged(timesMs.length)
}

async function timesOf(hub: TestHub, hostId: number): Promise<number[]> {
  return (await runsOf(hub, hostId)).flatMap(({ block }) =>
    [...block.present].flatMap((present, tick) =>
      present === 1 ? [block.startMs + tick * block.stepMs] : [],
    ),
  )
}

async function detail(admin: Visitor, id: number): Promise<HostDetail> {
  return (await admin.get(`/api/v1/hosts/${id}`)).json() as HostDetail
}

/** What happens to hosts is written a moment later. */
async function noted(admin: Visitor, id: number, kind: string, said: string): Promise<void> {
  await vi.waitFor(async () => {
    const { items } = (await admin.get(`/api/v1/events?host=${id}`)).json() as EventPage
    expect(items.map((event) => [event.kind, event.detail])).toContainEqual([kind, said])
  }, 10_000)
}

it('A1 renames a host everywhere, and no two hosts to one name', async () => {
  const hub = await startHub()
  const admin = await administratorOf(hub)
  const [one, two] = [await join(hub, 'one'), await join(hub, 'two')]
  const put = (name: string) =>
    admin.send('PUT', `/api/v1/hosts/${one.id}/name`, { body: { name } })
  expect((await put('two')).status).toBe(409)
  expect((await put('a name')).status).toBe(400)
  expect(((await put('first')).json() as HostDetail).name).toBe('first')
  expect(hub.fleet.list().map(({ name }) => name)).toEqual(['first', 'two'])
  await one.agent.close()
  const again = new TestAgent({ hub: hub.address, keys: one.keys })
  expect((await again.enter()).name).toBe('first')
  await noted(admin, one.id, 'renamed', 'one')
  await Promise.all([again.close(), two.agent.close()])
})

it('A2 A3 ends a revoked agent at once and for good; another takes its place and the history goes on', async () => {
  const hub = await startHub()
  const admin = await administratorOf(hub)
  await admin.post('/api/v1/rules', ALWAYS)
  const { agent, keys, id } = await join(hub, 'web')
  await send(agent, secondsAgo(9), secondsAgo(8))
  const incidents = async () =>
    ((await admin.get('/api/v1/alerts?state=all')).json() as IncidentPage).items
  await vi.waitFor(async () => expect(await incidents()).toHaveLength(1))
  expect((await admin.post(`/api/v1/hosts/${id}/revoke`, {})).status).toBe(200)
  expect(await incidents()).toMatchObject([{ state: 'resolved', resolvedWhy: 'revoked' }])
  expect(await agent.ended()).toEqual({ code: 4402, name: 'revoked' })
  expect(closeCode(4402).retry).toBe('slowly')

  // With a good token of another machine the key is refused all the same.
  const { token: other } = await hub.enrolments.create({})
  for (const token of [undefined, other]) {
    const back = new TestAgent({ hub: hub.address, keys, ...(token && { token }) })
    back.prove(await back.greet())
    expect((await back.ended()).name).toBe('revoked')
  }
  const shown = await detail(admin, id)
  expect(shown).toMatchObject({ status: 'unknown', statusReason: 'revoked' })
  expect(shown.revokedMs).not.toBeNull()
  expect(((await admin.get('/api/v1/hosts')).json() as HostPage).items).toMatchObject([{ id }])
  expect(await timesOf(hub, id)).toHaveLength(2)

  const made = (await admin.post('/api/v1/enrolments', { hostId: id })).json() as Enrolment
  const heir = new TestAgent({ hub: hub.address, token: made.token, bootId: 'another' })
  expect(await heir.enter()).toMatchObject({ hostId: id, name: 'web' })
  await send(heir, secondsAgo(3))
  expect(await timesOf(hub, id)).toHaveLength(3)
  expect(await detail(admin, id)).toMatchObject({ revokedMs: null, status: 'up' })
  await vi.waitFor(async () => expect(await incidents()).toMatchObject([{ state: 'firing' }, {}]))
  await heir.close()
})

it('G18 notes when the process of an agent goes on at another interval', async () => {
  const hub = await startHub()
  const admin = await administratorOf(hub)
  const { token } = await hub.enrolments.create({})
  const options = { hub: hub.address, protocol: 'vigie.agent.2' }
  const before = new TestAgent({ ...options, token })
  const { hostId } = await before.enter({ runningForMs: 60_000 })
  await before.close()
  const after = new TestAgent({ ...options, keys: before.keys, intervalMs: 5000 })
  await after.enter({ runningForMs: 60_500 })
  await noted(admin, hostId, 'paced', '5000')
  await after.close()
})

it('A3 replaces an agent that is connected: the old one is revoked', async () => {
  const hub = await startHub()
  const { agent, id } = await join(hub, 'web')
  const { token } = await hub.enrolments.create({ hostId: id })
  const heir = new TestAgent({ hub: hub.address, token })
  expect((await heir.enter()).hostId).toBe(id)
  expect((await agent.ended()).name).toBe('revoked')
  await heir.close()
})

it('A4 A5 retires a host: out of lists and alerts, its history readable, its agent refused; and brings it back', async () => {
  const hub = await startHub()
  const admin = await administratorOf(hub)
  await admin.post('/api/v1/rules', ALWAYS)
  const { agent, keys, id } = await join(hub, 'web')
  await send(agent, secondsAgo(2))
  const incidents = async () =>
    ((await admin.get('/api/v1/alerts?state=all')).json() as IncidentPage).items
  await vi.waitFor(async () => expect(await incidents()).toHaveLength(1))

  await admin.post(`/api/v1/hosts/${id}/retire`, {})
  expect((await agent.ended()).name).toBe('retired')
  expect(await incidents()).toMatchObject([{ state: 'resolved', resolvedWhy: 'retired' }])
  expect(((await admin.get('/api/v1/hosts')).json() as HostPage).items).toEqual([])
  expect(
    ((await admin.get('/api/v1/retired-hosts')).json() as RetiredHostList).items,
  ).toMatchObject([{ id, name: 'web' }])
  const past = `/api/v1/hosts/${id}/history?from=${secondsAgo(60)}&to=${secondsAgo(0)}&metric=system.cpu.utilization`
  expect((await admin.get(past)).status).toBe(200)
  expect(await detail(admin, id)).toMatchObject({ statusReason: 'retired' })
  const back = new TestAgent({ hub: hub.address, keys })
  back.prove(await back.greet())
  expect((await back.ended()).name).toBe('retired')

  await admin.post(`/api/v1/hosts/${id}/bring-back`, {})
  const again = new TestAgent({ hub: hub.address, keys })
  expect((await again.enter()).hostId).toBe(id)
  expect(((await admin.get('/api/v1/hosts')).json() as HostPage).items).toMatchObject([{ id }])
  await again.close()
})

it('A4 a retired host stays so over a restart of the hub, as does a revoked key', async () => {
  const hub = await startHub()
  const admin = await administratorOf(hub)
  const [one, two] = [await join(hub, 'one'), await join(hub, 'two')]
  await admin.post(`/api/v1/hosts/${one.id}/retire`, {})
  await admin.post(`/api/v1/hosts/${two.id}/revoke`, {})
  await hub.close()
  const next = await startHub({ dataDirectory: hub.dataDirectory })
  expect(next.fleet.list()).toMatchObject([{ id: two.id, statusReason: 'revoked' }])
  for (const [{ keys }, close] of [
    [one, 'retired'],
    [two, 'revoked'],
  ] as const) {
    const back = new TestAgent({ hub: next.address, keys })
    back.prove(await back.greet())
    expect((await back.ended()).name).toBe(close)
  }
})

it('M1 merges a host into another while that one goes on; only its key is good', async () => {
  const hub = await startHub({ limits: { keeper: { departEveryMs: 50, lookEveryMs: 50 } } })
  const admin = await administratorOf(hub)
  const [old, young] = [await join(hub, 'web'), await join(hub, 'web')]
  await send(old.agent, secondsAgo(20), secondsAgo(19))
  const { rules } = hub.alerting.api
  const draft = { ...ALWAYS, scope: { type: 'hosts' as const, hostIds: [old.id] } }
  const rule = await rules.create(draft)
  const merged = await admin.post(`/api/v1/hosts/${young.id}/merge`, {
    otherId: old.id,
    name: 'other',
  })
  expect((merged.json() as HostDetail).name).toBe('web')
  expect((await old.agent.ended()).name).toBe('revoked')
  await send(young.agent, secondsAgo(2))
  await vi.waitFor(async () => expect(await timesOf(hub, young.id)).toHaveLength(3), 30_000)
  expect(hub.fleet.list().map(({ id, name }) => [id, name])).toEqual([[young.id, 'web']])
  const kept = rules.list().find(({ id }) => id === rule.id)
  expect(kept?.scope).toEqual({ type: 'hosts', hostIds: [young.id] })
  await young.agent.close()
})

it('M5 deletes a host for good when its name is typed, while others tick', async () => {
  const hub = await startHub({ limits: { keeper: { departEveryMs: 50, lookEveryMs: 50 } } })
  const admin = await administratorOf(hub)
  const [gone, stays] = [await join(hub, 'gone'), await join(hub, 'stays')]
  await send(gone.agent, secondsAgo(5))
  const remove = (name: string) => admin.post(`/api/v1/hosts/${gone.id}/delete`, { name })
  expect((await remove('another')).status).toBe(422)
  expect((await remove('gone')).status).toBe(204)
  expect((await gone.agent.ended()).name).toBe('revoked')
  await send(stays.agent, secondsAgo(2))
  expect((await admin.get(`/api/v1/hosts/${gone.id}`)).status).toBe(404)
  await vi.waitFor(async () => {
    const rows = await hub.store.db.selectFrom('host').select('id').execute()
    expect(rows).toEqual([{ id: stays.id }])
  }, 30_000)
  expect(await timesOf(hub, stays.id)).toHaveLength(1)
  await stays.agent.close()
})

it('A6 has a machine wait until it is approved, over a restart too, and refuses another', async () => {
  const hub = await startHub({ enrolment: 'approve' })
  const admin = await administratorOf(hub)
  const made = (await admin.post('/api/v1/enrolments', { uses: 2 })).json() as Enrolment
  const knock = async (at: TestHub, keys: AgentKeys, token?: string): Promise<string> => {
    const agent = new TestAgent({ hub: at.address, keys, hostname: 'new', ...(token && { token }) })
    agent.prove(await agent.greet())
    return (await agent.ended()).name
  }
  const [first, second] = [newKeys(), newKeys()]
  expect(await knock(hub, first, made.token)).toBe('awaitingApproval')
  expect(await knock(hub, first)).toBe('awaitingApproval')
  expect(await knock(hub, second, made.token)).toBe('awaitingApproval')
  expect(await knock(hub, newKeys(), made.token)).toBe('tokenRefused')
  const state = (await admin.get(`/api/v1/enrolments/${made.id}`)).json() as EnrolmentState
  expect(state).toMatchObject({ hostId: null, isAwaitingApproval: true })
  expect(hub.fleet.list()).toEqual([])
  await hub.close()

  const next = await startHub({ enrolment: 'approve', dataDirectory: hub.dataDirectory })
  const { token } = await next.tokens.create({ name: 'admin', role: 'admin' })
  const visitor = new Visitor(next)
  const headers = { authorization: `Bearer ${token}` }
  const post = (path: string) => visitor.send('POST', path, { body: {}, headers })
  const list = async () =>
    ((await visitor.get('/api/v1/waiting-machines', headers)).json() as WaitingMachineList).items
  const [one, two] = await list()
  expect(one).toMatchObject({ hostname: 'new', address: '127.0.0.1' })
  expect(await knock(next, first)).toBe('awaitingApproval')
  await post(`/api/v1/waiting-machines/${two?.id}/refuse`)
  expect(await knock(next, second)).toBe('revoked')
  await post(`/api/v1/waiting-machines/${one?.id}/approve`)
  expect(await list()).toEqual([])
  const agent = new TestAgent({ hub: next.address, keys: first })
  expect((await agent.enter()).name).toBe('new')
  // What it took while it waited.
  await send(agent, secondsAgo(30), secondsAgo(2))
  await agent.close()
})

it('A7 admits as many machines as a token is for, and no more', async () => {
  const hub = await startHub()
  const { token } = await hub.enrolments.create({ uses: 2, validForMs: 3_600_000 })
  for (const hostname of ['a', 'b']) {
    const agent = new TestAgent({ hub: hub.address, token, hostname })
    expect((await agent.enter()).name).toBe(hostname)
    await agent.close()
  }
  const third = new TestAgent({ hub: hub.address, token })
  third.prove(await third.greet())
  expect((await third.ended()).name).toBe('tokenRefused')
})

it('Q1 Q2 Q3 closes an agent over its quota, tells it on its host, and disturbs nobody', async () => {
  const hub = await startHub({
    quotas: { bytesPerDay: 4000, tablesPerDay: 3, customPerTable: 1, framesPerSecond: 50 },
  })
  const admin = await administratorOf(hub)
  const calm = await join(hub, 'calm')
  const table = (agent: TestAgent, keys: string[]): void =>
    agent.say({ type: 'series', revision: tableRevision(keys), keys })

  const custom = await join(hub, 'custom')
  table(custom.agent, ['a.b', 'c.d'])
  expect((await custom.agent.ended()).name).toBe('overQuota')
  expect((await detail(admin, custom.id)).overQuota).toMatchObject({ what: 'custom' })

  const tables = await join(hub, 'tables')
  for (const name of ['x', 'y', 'z']) {
    table(tables.agent, [`system.filesystem.usage{system.filesystem.mountpoint="${name}"}`])
  }
  expect((await tables.agent.ended()).name).toBe('overQuota')
  expect((await detail(admin, tables.id)).overQuota).toMatchObject({ what: 'tables' })

  const bytes = await join(hub, 'bytes')
  for (let frame = 0; frame < 400; frame++) bytes.agent.tick(secondsAgo(500 - frame))
  expect((await bytes.agent.ended()).name).toBe('overQuota')
  expect((await detail(admin, bytes.id)).overQuota).toMatchObject({ what: 'bytes' })
  await noted(admin, bytes.id, 'over-quota', 'bytes')

  await send(calm.agent, secondsAgo(1))
  await calm.agent.close()
})

it('K1 a stolen key writes samples of its own host, and is good for nothing else', async () => {
  const hub = await startHub()
  const admin = await administratorOf(hub)
  const [victim, other] = [await join(hub, 'victim'), await join(hub, 'other')]
  await victim.agent.close()
  const thief = new TestAgent({ hub: hub.address, keys: victim.keys, hostname: 'evil' })
  const welcome = await thief.enter()
  expect(welcome.hostId).toBe(victim.id)

  // No route takes it for a person or a program.
  const stranger = new Visitor(hub)
  const headers = { authorization: `Bearer ${victim.keys.publicKey}` }
  for (const { method, url, access } of hub.routes()) {
    if (access === 'open' || method === 'HEAD') continue
    const path = url.replace(/:[A-Za-z]+/g, String(other.id))
    const { status } = await stranger.send(method, path, { headers })
    expect([400, 401, 429], `${method} ${path}`).toContain(status)
  }

  // Its ticks are of its host whatever it says, and what it says of itself is text and no more.
  await send(thief, secondsAgo(3))
  expect(await timesOf(hub, other.id)).toEqual([])
  const said = [
    ...thief.received.map((message) => JSON.stringify(message)),
    JSON.stringify(welcome),
  ]
  expect(said.join()).not.toContain('other')
  expect(hub.fleet.list().map(({ name }) => name)).toEqual(['victim', 'other'])

  const hostile = '<script>alert(1)</script>\u202e\u0007'
  const keys = [...KEYS, `custom.metric{name="${hostile}"}`]
  const revision = tableRevision(keys)
  thief.say({ type: 'series', revision, keys })
  const values = Float64Array.from(keys, () => 1)
  const block = {
    revision,
    startMs: secondsAgo(2),
    stepMs: 1000,
    present: new Uint8Array([1]),
    values,
  }
  await thief.acknowledged(thief.sendBytes(encodeBlock(block)))
  const answer = await admin.get(`/api/v1/hosts/${victim.id}`)
  expect(answer.status).toBe(200)
  expect((answer.json() as HostDetail).name).toBe('victim')

  // Hostile lengths end the connection, not the hub; the honest one's takeover is told as a duplicate.
  const honest = new TestAgent({ hub: hub.address, keys: victim.keys, hostname: 'victim' })
  honest.prove(await honest.greet())
  expect((await honest.ended()).name).toBe('duplicateIdentity')
  expect((await detail(admin, victim.id)).duplicate).toMatchObject({ hostname: 'victim' })
  thief.say({ type: 'gap', fromMs: 0, toMs: 1, reason: 'x'.repeat(1000), ticks: 0 })
  expect((await thief.ended()).name).toBe('malformed')
  await send(other.agent, secondsAgo(1))
  await other.agent.close()
})
