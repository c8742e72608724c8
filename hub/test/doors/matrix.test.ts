// Who may use which route: generated from the hub's own route table, so that a new route is tried by itself, and against
// a canary: the name of a host that somebody may not see, which must be in no answer that they get.
import { once } from 'node:events'
import type { Incident, IncidentPage } from '@vigie/shared/api/incident'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { DeclaredRoute } from '../../src/http/plugin.ts'
import { ALWAYS } from '../busy-rule.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { administratorOf, Visitor, type Answer } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const CANARY = 'canary-7f3a'
const OWN = 'shop-1'

interface Caller {
  readonly name: string
  readonly visitor: Visitor
  readonly headers: Record<string, string>
}

interface Watched {
  readonly agent: TestAgent
  readonly hostId: number
  readonly incidentId: number
}

interface Scene {
  readonly hub: TestHub
  readonly canary: Watched
  readonly own: Watched
  readonly callers: Readonly<
    Record<'anonymous' | 'expired' | 'revoked' | 'forged' | 'viewer' | 'shop' | 'admin', Caller>
  >
}

let scene: Scene
// The hub ends with the file, not with its first test.
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  scene = await setScene()
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

describe('the route table', () => {
  it('has every door of the hub, the sockets too', () => {
    const doors = scene.hub.routes().map(({ method, url }) => `${method} ${url}`)
    expect(doors).toEqual(
      expect.arrayContaining(['GET /agent', 'GET /live', 'GET /metrics', 'GET /api/v1/hosts']),
    )
    expect(doors.length).toBeGreaterThan(60)
  })

  it('refuses whoever is nobody, or is nobody any more', async () => {
    const { anonymous, expired, revoked, forged } = scene.callers
    for (const route of guarded()) {
      for (const caller of [anonymous, expired, revoked, forged]) {
        const answer = await call(caller, route, pathOf(route, scene.canary))
        // One address may say only so many tokens that nobody has.
        expect([401, 429], said(route, caller, answer)).toContain(answer.status)
        expect(answer.text, said(route, caller, answer)).not.toContain(CANARY)
      }
    }
  })

  it('refuses to viewers what only administrators do', async () => {
    const { viewer, shop } = scene.callers
    for (const route of guarded().filter(({ access }) => access === 'admin')) {
      for (const caller of [viewer, shop]) {
        const answer = await call(caller, route, pathOf(route, scene.canary))
        expect(answer.status, said(route, caller, answer)).toBe(403)
      }
    }
  })

  it('lets viewers read, and administrators do all', async () => {
    const { viewer, admin } = scene.callers
    for (const route of guarded()) {
      const callers =
        route.access === 'viewer' && route.method === 'GET' ? [viewer, admin] : [admin]
      for (const caller of callers) {
        // Of what would change something, one that there is not.
        const answer = await call(caller, route, pathOf(route, NONE))
        expect([401, 403], said(route, caller, answer)).not.toContain(answer.status)
      }
    }
  })

  it('shows a viewer of some hosts nothing of the others', async () => {
    const { shop, viewer } = scene.callers
    const routes = guarded().filter(({ access }) => access === 'viewer')
    for (const route of routes) {
      const answer = await call(shop, route, pathOf(route, scene.canary))
      const words = said(route, shop, answer)
      expect(answer.text, words).not.toContain(CANARY)
      if (route.hosts === 'fleet') expect(answer.status, words).toBe(403)
      if (route.hosts === 'one') expect(answer.status, words).toBe(404)
    }
    // What is theirs they see as every viewer does; the canary is there to be seen by the others.
    const reads = routes.filter(({ method, hosts }) => method === 'GET' && hosts !== 'fleet')
    for (const route of reads) {
      const [mine, all] = [
        await call(shop, route, pathOf(route, scene.own)),
        await call(viewer, route, pathOf(route, scene.own)),
      ]
      expect(mine.status, said(route, shop, mine)).toBe(all.status)
    }
    const everything = await viewer.visitor.get('/api/v1/hosts', viewer.headers)
    expect(everything.text).toContain(CANARY)
  })

  it.each([
    '/api/v1/hosts',
    '/api/v1/alerts',
    '/api/v1/alerts?state=all',
    '/api/v1/events',
    '/api/v1/history?metric=system.cpu.utilization',
  ])('%s holds what is in sight, and only that', async (path) => {
    const { shop, viewer } = scene.callers
    const mine = (await shop.visitor.get(path, shop.headers)).text
    const all = (await viewer.visitor.get(path, viewer.headers)).text
    // Lists of hosts say `id`, those of what happened on them `hostId` beside an id of their own.
    const key = /history|hosts/.test(path) ? 'id' : 'hostId'
    const idOf = (hostId: number): RegExp => new RegExp(`"${key}":${hostId}\\b`)
    expect(mine).toMatch(idOf(scene.own.hostId))
    expect(mine).not.toContain(CANARY)
    expect(all.includes(CANARY) || idOf(scene.canary.hostId).test(all)).toBe(true)
    expect(mine).not.toMatch(idOf(scene.canary.hostId))
  })

  it.each(['alerts', 'events', 'history'])(
    '%s of a host out of sight are those of none',
    async (list) => {
      const { shop } = scene.callers
      const ask = (hostId: number): Promise<Answer> =>
        shop.visitor.get(
          `/api/v1/${list}?host=${hostId}${list === 'history' ? '&metric=system.cpu.utilization' : ''}`,
          shop.headers,
        )
      const [hidden, none] = [await ask(scene.canary.hostId), await ask(999_999)]
      expect(hidden.status).toBe(none.status)
      expect(hidden.text.replaceAll(String(scene.canary.hostId), '999999')).toBe(none.text)
    },
  )
})

describe('the live socket', () => {
  it('is closed to whoever is nobody, or is nobody any more', async () => {
    const { anonymous, expired, revoked, forged } = scene.callers
    for (const caller of [anonymous, expired, revoked, forged]) {
      const { code, status } = await ending(watch(caller))
      expect([code, status], caller.name).toSatisfy(
        ([closed, refused]) =>
          closed === CLOSE.signedOut.code || refused === 403 || refused === 429,
      )
    }
  })

  it('L9 tells a viewer of some hosts nothing of the others, whatever it subscribes to', async () => {
    const { own, canary, callers } = scene
    const both = [own.hostId, canary.hostId]
    const heard: string[] = []
    const frames: number[] = []
    const socket = watch(callers.shop)
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) frames.push(data[0] ?? 0)
      else heard.push(data.toString())
    })
    await once(socket, 'open')
    socket.send(JSON.stringify({ type: 'subscribe', figures: both, hosts: both }))
    // The other host's ticks come first: what is heard of the own one came after them.
    const timeMs = Math.floor(Date.now() / 1000) * 1000
    await vi.waitFor(async () => {
      await canary.agent.acknowledged(canary.agent.tick(timeMs))
      await own.agent.acknowledged(own.agent.tick(timeMs))
      if (!frames.includes(own.hostId)) throw new Error('nothing came of the own host')
      if (!heard.some((text) => text.includes('"figures"'))) throw new Error('no figures came')
    })
    socket.terminate()
    expect(new Set(frames)).toEqual(new Set([own.hostId]))
    expect(heard.join('\n')).not.toContain(CANARY)
    for (const type of ['figures', 'snapshot', 'series', 'recent', 'dropped']) {
      const ofType = heard.filter((text) => text.startsWith(`{"type":"${type}"`)).join('\n')
      expect(ofType, type).not.toMatch(new RegExp(`"(id|host)":${canary.hostId}\\b`))
    }
    const incidents = heard.filter((text) => text.includes('"incidents"')).join('\n')
    expect(incidents).toContain(`"hostId":${own.hostId}`)
    expect(incidents).not.toContain(`"hostId":${canary.hostId}`)
  })

  it('L9 takes a host away that comes out of sight, and L1 ends when its holder may see less', async () => {
    const { hub, own, callers } = scene
    const { id, token } = await hub.tokens.create({
      name: 'both',
      role: 'viewer',
      hostTags: ['shop', 'bank'],
    })
    const caller = { ...callers.shop, headers: { authorization: `Bearer ${token}` } }
    const socket = watch(caller)
    const ended = ending(socket)
    const heard: string[] = []
    socket.on('message', (data: Buffer) => heard.push(data.toString()))
    await vi.waitFor(() => {
      if (heard.length === 0) throw new Error('nothing was heard')
    })
    const tag = (tags: string[]): Promise<Answer> =>
      callers.admin.visitor.send('PUT', `/api/v1/hosts/${own.hostId}/tags`, { body: { tags } })
    await tag(['other'])
    await vi.waitFor(() => {
      if (!heard.some((text) => text.includes(`"removed":[${own.hostId}]`))) throw new Error('kept')
    })
    await tag(['shop'])
    await sql`update api_token set host_tags_json = '["bank"]' where id = ${id}`.execute(
      hub.store.db,
    )
    expect((await ended).code).toBe(CLOSE.rightsChanged.code)
  })
})

/** As programs come; without a token as a page of the hub would, with no session. */
function watch({ headers }: Caller): WebSocket {
  const { address } = scene.hub
  const from = headers['authorization'] === undefined ? { origin: address } : {}
  return new WebSocket(`${address.replace('http', 'ws')}/live`, ['vigie.live.1'], {
    headers: { ...from, ...headers },
  })
}

function ending(socket: WebSocket): Promise<{ code?: number; status?: number }> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_, response) => {
      resolve({ status: response.statusCode ?? 0 })
      socket.terminate()
    })
    socket.on('error', () => undefined)
    socket.on('close', (code) => resolve({ code }))
  })
}

const NONE = { hostId: 999_999, incidentId: 999_999 }

function guarded(): DeclaredRoute[] {
  return scene.hub.routes().filter(({ access, method }) => access !== 'open' && method !== 'HEAD')
}

/** A path of a route, about a host and its incident; what else it names is not there. */
function pathOf({ url }: DeclaredRoute, about: { hostId: number; incidentId: number }): string {
  const path = url
    .replace('/hosts/:id', `/hosts/${about.hostId}`)
    .replace('/alerts/:id', `/alerts/${about.incidentId}`)
    .replace(/:[A-Za-z]+/g, '999999')
  return path.endsWith('/history') ? `${path}?metric=system.cpu.utilization` : path
}

function call(caller: Caller, { method }: DeclaredRoute, path: string): Promise<Answer> {
  const body = ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined
  return caller.visitor.send(method, path, { body, headers: caller.headers })
}

function said(route: DeclaredRoute, caller: Caller, answer: Answer): string {
  return `${route.method} ${route.url} (${route.access}, ${route.hosts}) by ${caller.name}: ${answer.status} ${answer.text.slice(0, 200)}`
}

async function setScene(): Promise<Scene> {
  const hub = await startHub({ limits: { checkSessionEveryMs: 50 } }, (end) => ends.push(end))
  const administrator = await administratorOf(hub)
  await administrator.post('/api/v1/rules', ALWAYS)
  const own = await hostOf(hub, administrator, OWN, 'shop')
  const canary = await hostOf(hub, administrator, CANARY, 'bank')

  const program = async (
    name: string,
    wanted: Parameters<TestHub['tokens']['create']>[0],
  ): Promise<Caller & { id: string }> => {
    const { id, token } = await hub.tokens.create(wanted)
    const headers = { authorization: `Bearer ${token}` }
    return { id, name, visitor: new Visitor(hub), headers }
  }
  const revoked = await program('a revoked token', { name: 'revoked', role: 'admin' })
  await hub.tokens.delete(revoked.id)
  return {
    hub,
    own,
    canary,
    callers: {
      anonymous: { name: 'nobody', visitor: new Visitor(hub), headers: {} },
      expired: await program('an expired token', { name: 'expired', role: 'admin', expiresMs: 1 }),
      revoked,
      forged: {
        name: 'a forged token',
        visitor: new Visitor(hub),
        headers: { authorization: `Bearer vigie_${'A'.repeat(43)}` },
      },
      viewer: await program('a viewer', { name: 'viewer', role: 'viewer' }),
      shop: await program('a viewer of the shop', {
        name: 'shop',
        role: 'viewer',
        hostTags: ['shop'],
      }),
      admin: { name: 'an administrator', visitor: administrator, headers: {} },
    },
  }
}

/** A host with a tag, ticks, an event of its agent and an incident. */
async function hostOf(
  hub: TestHub,
  administrator: Visitor,
  name: string,
  tag: string,
): Promise<Watched> {
  const { token } = await hub.enrolments.create({ name })
  const agent = new TestAgent({ hub: hub.address, token, hostname: name })
  ends.push(() => agent.close())
  const { hostId } = await agent.enter()
  const snapshot = { timeMs: Date.now(), users: [], failedUnits: [`${name}.service`] }
  agent.say({ type: 'snapshot', snapshot })
  await agent.acknowledged(agent.tick(Math.floor(Date.now() / 1000) * 1000 - 5000))
  await administrator.send('PUT', `/api/v1/hosts/${hostId}/tags`, { body: { tags: [tag] } })
  const opened = async (): Promise<Incident | undefined> => {
    const page = (await administrator.get('/api/v1/alerts')).json() as IncidentPage
    return page.items.find((incident) => incident.hostId === hostId)
  }
  const { id } = await vi.waitFor(async () => {
    const incident = await opened()
    if (!incident) throw new Error(`no incident of ${name} came`)
    return incident
  })
  return { agent, hostId, incidentId: id }
}
