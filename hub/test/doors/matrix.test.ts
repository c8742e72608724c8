// Who may use which route, and which of the two sockets: generated from the hub's own route table, so that a new route is tried
// by itself, and against a canary: the name of a host that somebody may not see, which must be in no answer that they get.
import { once } from 'node:events'
import type { IncidentsMessage, LiveMessage } from '@vigie/shared/protocol/live'
import { CLOSE } from '@vigie/shared/protocol/close-codes'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { DeclaredRoute } from '../../src/http/plugin.ts'
import { runsOf } from '../test-hub.ts'
import { KNOCKS, knock } from './matrix-knocks.ts'
import { ADVISORY, CANARY, cookieOf, setScene, type Caller, type Scene } from './matrix-scene.ts'
import type { Answer } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let scene: Scene
// The hub ends with the file, not with its first test.
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  scene = await setScene((end) => ends.push(end))
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
    for (const route of guarded()) {
      for (const caller of scene.strangers) {
        const answer = await call(caller, route, pathOf(route, scene.canary))
        // One address may say only so many tokens that nobody has.
        expect([401, 429], said(route, caller, answer)).toContain(answer.status)
        expect(answer.text, said(route, caller, answer)).not.toContain(CANARY)
      }
    }
  })

  it('refuses to viewers what only administrators do', async () => {
    const { viewer, ofShop } = scene
    for (const route of guarded().filter(({ access }) => access === 'admin')) {
      for (const caller of [viewer, ...ofShop]) {
        const answer = await call(caller, route, pathOf(route, scene.canary))
        expect(answer.status, said(route, caller, answer)).toBe(403)
      }
    }
  })

  it('answers HEAD as it answers GET', async () => {
    const [shop] = scene.ofShop
    const [nobody = shop] = scene.strangers
    for (const route of guarded().filter(({ method }) => method === 'GET')) {
      for (const caller of [nobody, shop]) {
        const path = pathOf(route, scene.canary)
        const head = await caller.visitor.send('HEAD', path, { headers: caller.headers })
        const { status } = await call(caller, route, path)
        expect([404, status], said(route, caller, head)).toContain(head.status)
      }
    }
  })

  it('tells nobody of hosts at the doors that are open to all', async () => {
    const isDoor = ({ access, method, url }: DeclaredRoute): boolean =>
      access === 'open' && method !== 'HEAD' && !['/agent', '/live'].includes(url)
    for (const route of scene.hub.routes().filter(isDoor)) {
      for (const caller of scene.strangers) {
        const answer = await call(caller, route, pathOf(route, scene.canary))
        expect(answer.text, said(route, caller, answer)).not.toContain(CANARY)
        expect(answer.status, said(route, caller, answer)).toBeLessThan(500)
      }
    }
  })

  it('lets viewers read, and administrators do all', async () => {
    const { viewer, admin } = scene
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

  it.each([0, 1] as const)(
    'shows a viewer of some hosts nothing of the others (%i)',
    async (of) => {
      const { viewer } = scene
      const shop = scene.ofShop[of]
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
    },
  )

  it.each([
    '/api/v1/hosts',
    '/api/v1/alerts',
    '/api/v1/alerts?state=all',
    '/api/v1/events',
    `/api/v1/advisories/${ADVISORY}`,
    '/api/v1/history?metric=system.cpu.utilization',
  ])('%s holds what is in sight, and only that', async (path) => {
    const { viewer } = scene
    const [shop] = scene.ofShop
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
      const [shop] = scene.ofShop
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
    for (const caller of scene.strangers) {
      const { code, status } = await ending(watch(caller))
      expect([code, status], caller.name).toSatisfy(
        ([closed, refused]) =>
          closed === CLOSE.signedOut.code || refused === 403 || refused === 429,
      )
    }
  })

  it('L9 tells a viewer of some hosts nothing of the others, whatever it subscribes to', async () => {
    const { own, canary, ofShop } = scene
    const both = [own.hostId, canary.hostId]
    const heard: string[] = []
    const frames: number[] = []
    const socket = watch(ofShop[0])
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
    const { hub, own, admin } = scene
    const { id, token } = await hub.tokens.create({
      name: 'both',
      role: 'viewer',
      hostTags: ['shop', 'bank'],
    })
    const caller = { ...scene.viewer, headers: { authorization: `Bearer ${token}` } }
    const socket = watch(caller)
    const ended = ending(socket)
    const heard: string[] = []
    socket.on('message', (data: Buffer) => heard.push(data.toString()))
    await vi.waitFor(() => {
      if (heard.length === 0) throw new Error('nothing was heard')
    })
    const tag = (tags: string[]): Promise<Answer> =>
      admin.visitor.send('PUT', `/api/v1/hosts/${own.hostId}/tags`, { body: { tags } })
    await tag(['other'])
    await vi.waitFor(() => {
      if (!heard.some((text) => text.includes(`"removed":[${own.hostId}]`))) throw new Error('kept')
    })
    // Its open incidents go with it, and come back with it.
    const incidents = (): IncidentsMessage[] =>
      heard
        .map((text) => JSON.parse(text) as LiveMessage)
        .filter((message) => message.type === 'incidents')
    const [first] = incidents()
    const open = first?.changed.filter(({ hostId }) => hostId === own.hostId).map(({ id }) => id)
    expect(open).not.toEqual([])
    await vi.waitFor(() => expect(incidents()[1]).toMatchObject({ changed: [], removed: open }))
    await tag(['shop'])
    await vi.waitFor(() =>
      expect(
        incidents()[2]
          ?.changed.map(({ id }) => id)
          .sort(),
      ).toEqual(open?.sort()),
    )
    await sql`update api_token set host_tags_json = '["bank"]' where id = ${id}`.execute(
      hub.store.db,
    )
    expect((await ended).code).toBe(CLOSE.rightsChanged.code)
  })
})

describe('the agents’ socket', () => {
  it.each(KNOCKS)('is closed to %s', async (_, close, come) => {
    const agent = await come(scene)
    agent.prove(await agent.greet())
    expect((await agent.ended()).name).toBe(close)
    expect(JSON.stringify(agent.received)).not.toContain(CANARY)
    expect(agent.received.map(({ type }) => type)).not.toContain('welcome')
  })

  it('is closed to the wrong agent, which proves another’s key by its own', async () => {
    const agent = knock(scene, { keys: scene.own.keys })
    agent.prove(await agent.greet({ publicKey: scene.canary.keys.publicKey }))
    expect((await agent.ended()).name).toBe('proofRefused')
  })

  it('takes of an agent what is of its own host', async () => {
    const { hub, own, canary } = scene
    const ticksOf = async ({ hostId }: { hostId: number }): Promise<number> =>
      (await runsOf(hub, hostId)).reduce((sum, { block }) => sum + block.present.length, 0)
    const before = { own: await ticksOf(own), canary: await ticksOf(canary) }
    await own.agent.acknowledged(own.agent.tick(Math.floor(Date.now() / 1000) * 1000 - 60_000))
    expect(await ticksOf(own)).toBeGreaterThan(before.own)
    expect(await ticksOf(canary)).toBe(before.canary)
    expect(JSON.stringify(own.agent.received)).not.toContain(CANARY)
  })
})

/** As programs come; without a token as a page of the hub would, with no session. */
function watch({ headers, visitor }: Caller): WebSocket {
  const { address } = scene.hub
  const cookie = cookieOf(visitor)
  const from = headers['authorization'] === undefined ? { origin: address, cookie } : {}
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
    .replace('/advisories/:reference', `/advisories/${about === NONE ? '999999' : ADVISORY}`)
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
