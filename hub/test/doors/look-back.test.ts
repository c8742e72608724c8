// What the API tells of the past beside a host's own history: gaps, events, many hosts at once; and of the hub itself.
import type { EventPage } from '@vigie/shared/api/event'
import type { GapList } from '@vigie/shared/api/gap'
import type { FleetHistory } from '@vigie/shared/api/host'
import type { HubState } from '@vigie/shared/api/hub-state'
import { describe, expect, it, vi } from 'vitest'
import { TestAgent, type AgentKeys } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { administratorOf, type Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const S = 1000
/** The start of a minute that ended some time ago. */
const minute = (): number => Math.floor(Date.now() / 60_000) * 60_000 - 120_000

async function joined(hub: TestHub, name = 'a', intervalMs = S) {
  const { token } = await hub.enrolments.create({ name })
  const agent = new TestAgent({ hub: hub.address, token, intervalMs })
  const { hostId } = await agent.enter()
  return { agent, hostId }
}

/** A process of a known agent that says for how long it has run, and in which boot. */
async function returned(
  hub: TestHub,
  keys: AgentKeys,
  hello: { runningForMs: number; bootId?: string },
): Promise<TestAgent> {
  const agent = new TestAgent({ hub: hub.address, keys })
  await agent.enter(hello)
  return agent
}

/** Makes the host older than its ticks: before a host has joined, little is known of it. */
async function agedHost(hub: TestHub) {
  const { agent, hostId } = await joined(hub)
  await agent.close()
  const createdMs = Date.now() - 86_400_000
  await hub.store.db.updateTable('host').set({ created_ms: createdMs }).execute()
  await hub.close()
  const again = await startHub({ dataDirectory: hub.dataDirectory })
  return { hub: again, hostId, keys: agent.keys, person: await signedIn(again) }
}

async function signedIn(hub: TestHub): Promise<Visitor> {
  return administratorOf(hub)
}

async function gapsOf(person: Visitor, hostId: number, query: string): Promise<GapList> {
  return (await person.get(`/api/v1/hosts/${hostId}/gaps?${query}`)).json() as GapList
}

describe('gaps', () => {
  it('have the reason that the agent’s next process and boot tell', async () => {
    const { hub, hostId, keys, person } = await agedHost(await startHub())
    const startMs = minute() - 600 * S
    const first = await returned(hub, keys, { runningForMs: Date.now() - startMs })
    await first.acknowledged(first.tick(startMs))
    await first.close()
    const second = await returned(hub, keys, { runningForMs: Date.now() - (startMs + 99 * S) })
    await second.acknowledged(second.tick(startMs + 100 * S))
    await second.close()
    const bootMs = startMs + 399 * S
    const third = await returned(hub, keys, { runningForMs: Date.now() - bootMs, bootId: 'boot-2' })
    await third.acknowledged(third.tick(startMs + 400 * S))

    const query = `from=${startMs}&to=${startMs + 400 * S}`
    await expect
      .poll(async () => (await gapsOf(person, hostId, query)).items.map(({ reason }) => reason))
      .toEqual(['stopped', 'rebooted'])
    const { items } = await gapsOf(person, hostId, query)
    expect(items.map(({ fromMs, toMs }) => [fromMs - startMs, toMs - startMs])).toEqual([
      [0, 100 * S],
      [100 * S, 400 * S],
    ])
  })

  it('have the reason that the agent says, and the longest are told where there are too many', async () => {
    const { hub, hostId, keys, person } = await agedHost(await startHub())
    const startMs = minute() - 600 * S
    const agent = await returned(hub, keys, { runningForMs: 86_400_000 })
    for (const second of [0, 2, 300]) agent.tick(startMs + second * S)
    const slept = {
      fromMs: startMs + 2 * S,
      toMs: startMs + 300 * S,
      reason: 'suspended',
      ticks: 0,
    }
    agent.say({ type: 'gap', ...slept })
    await agent.acknowledged(agent.tick(startMs + 301 * S))
    const query = `from=${startMs}&to=${startMs + 301 * S}`
    await expect
      .poll(async () => (await gapsOf(person, hostId, query)).items.map(({ reason }) => reason))
      .toEqual(['unknown', 'suspended'])
    const { items, isCut } = await gapsOf(person, hostId, `${query}&limit=1`)
    expect(isCut).toBe(true)
    expect(items).toEqual([
      { fromMs: slept.fromMs, toMs: slept.toMs, reason: 'suspended', isOpen: false },
    ])
  })

  it('are open while they last, from the first tick on', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub)
    expect(await gapsOf(person, hostId, '')).toEqual({ items: [], isCut: false })
    // Older than its joining, as an import or a backlog leaves it.
    const timeMs = minute()
    await agent.acknowledged(agent.tick(timeMs))
    expect(await gapsOf(person, hostId, '')).toMatchObject({
      items: [{ fromMs: timeMs, reason: 'unknown', isOpen: true }],
    })
  })
})

describe('events', () => {
  it('come in pages, by host and kind, in the order in which they were learnt', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const { agent, hostId } = await joined(hub)
    const other = await joined(hub, 'b')
    await agent.close()
    await returned(hub, agent.keys, { runningForMs: 3_600_000, bootId: 'boot-2' })
    const page = async (query: string): Promise<EventPage> =>
      (await person.get(`/api/v1/events?${query}`)).json() as EventPage
    await expect
      .poll(async () => (await page(`host=${hostId}`)).items.map(({ kind }) => kind))
      .toEqual(['joined', 'connected', 'disconnected', 'booted', 'started', 'connected'])
    const [boot] = (await page('kind=booted')).items
    expect(boot).toMatchObject({ hostId, detail: 'boot-2' })
    expect(Date.now() - (boot?.timeMs ?? 0)).toBeGreaterThanOrEqual(3_600_000)
    expect((await page(`kind=booted&from=${Date.now() - 60_000}`)).items).toEqual([])

    const first = await page('kind=joined&kind=started&limit=2')
    expect(first.items.map(({ kind }) => kind)).toEqual(['joined', 'joined'])
    expect(first.items[1]?.hostId).toBe(other.hostId)
    const rest = await page(`kind=joined&kind=started&limit=2&after=${first.next ?? ''}`)
    expect(rest).toMatchObject({ items: [{ kind: 'started' }], next: null })
  })

  it('one process has one start, however often it connects', async () => {
    const hub = await startHub()
    const { agent, hostId } = await joined(hub)
    await agent.close()
    const startMs = Date.now() - 86_400_000
    for (let count = 0; count < 3; count++) {
      const again = await returned(hub, agent.keys, { runningForMs: Date.now() - startMs })
      await again.close()
    }
    await hub.close()
    const later = await startHub({ dataDirectory: hub.dataDirectory })
    await returned(later, agent.keys, { runningForMs: Date.now() - startMs + 1500 })
    await later.close()
    const last = await startHub({ dataDirectory: hub.dataDirectory })
    const events = await last.store.events.list(hostId)
    expect(events.filter(({ kind }) => kind === 'started')).toHaveLength(1)
    expect(events.filter(({ kind }) => kind === 'connected')).toHaveLength(5)
  })
})

describe('the history of many hosts', () => {
  it('has one metric of each on the same grid, the slowest host’s', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const startMs = minute()
    const quick = await joined(hub, 'quick')
    const slow = await joined(hub, 'slow', 10 * S)
    for (let second = 0; second < 20; second++) {
      quick.agent.tick(startMs + second * S, [second * 100, 1, 1, 1])
    }
    slow.agent.tick(startMs + 10 * S, [5000, 1, 1, 1])
    await quick.agent.acknowledged(20)
    await slow.agent.acknowledged(1)
    const path = `/api/v1/history?metric=system.cpu.utilization&from=${startMs}&to=${startMs + 20 * S}`
    const both = (await person.get(path)).json() as FleetHistory
    expect(both).toMatchObject({ fromMs: startMs, toMs: startMs + 20 * S, stepMs: 10 * S })
    expect(both.hosts.map(({ id, series }) => [id, series[0]?.mean])).toEqual([
      [quick.hostId, [0.045, 0.145]],
      [slow.hostId, [null, 0.5]],
    ])
    const one = (await person.get(`${path}&host=${quick.hostId}`)).json() as FleetHistory
    expect(one.stepMs).toBe(S)
    expect(one.hosts.map(({ id }) => id)).toEqual([quick.hostId])
    const none = `/api/v1/history?metric=system.uptime&from=${startMs}&to=${startMs + 20 * S}`
    expect(((await person.get(none)).json() as FleetHistory).hosts).toEqual([
      { id: quick.hostId, series: [] },
      { id: slow.hostId, series: [] },
    ])
  })
})

describe('the hub', () => {
  it('tells of itself', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const beforeMs = Date.now()
    hub.state.raise('disk-low', 'There is little room.')
    const state = (await person.get('/api/v1/hub')).json() as HubState
    expect(state).toMatchObject({
      retentionMs: 10 * 86_400_000,
      problems: [{ kind: 'disk-low', detail: 'There is little room.' }],
    })
    expect(state.startedMs).toBeLessThanOrEqual(beforeMs)
    expect(state.database.sizeBytes).toBeGreaterThan(0)
    expect(state.database.diskFreeBytes).toBeGreaterThan(0)
  })
})

it.each([
  ['/api/v1/hosts/7/gaps', 404, 'There is no host 7.'],
  ['/api/v1/hosts/1/gaps?from=yesterday', 400, 'query/from'],
  ['/api/v1/hosts/1/gaps?limit=0', 400, 'query/limit'],
  ['/api/v1/events?kind=exploded', 400, 'query/kind'],
  ['/api/v1/events?after=x', 400, 'query/after'],
  ['/api/v1/events?limit=1001', 400, 'query/limit'],
  ['/api/v1/history', 400, 'query/metric is missing'],
  ['/api/v1/history?metric=%7B%7D', 400, 'query/metric'],
  ['/api/v1/history?metric=system.uptime&host=7', 404, 'There is no host 7.'],
  ['/api/v1/history?metric=system.uptime&from=0', 400, 'query/from'],
])('%s is answered with %i and what is wrong', async (path, status, words) => {
  const hub = await startHub()
  const person = await administratorOf(hub)
  await joined(hub)
  const answer = await person.get(path)
  expect(answer.problem()).toMatchObject({ status })
  expect(answer.problem().detail).toContain(words)
})
