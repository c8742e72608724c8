// What a viewer of some hosts is told of advisories: as though there were no other hosts (docs/cert.md, A12), on a whole hub.
import { once } from 'node:events'
import type { AdvisoryDetail, AdvisoryPage, HostAdvisory } from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { advisory, AdvisoryBoard } from '../advisory-board.ts'
import { TestAgent } from '../test-agent.ts'
import { startHub, type TestHub } from '../test-hub.ts'
import { describeHost, install, nginx, OF_NGINX } from '../watched-hosts.ts'
import { administratorOf, Visitor } from './visitor.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const PATIENCE = { timeout: 30_000, interval: 20 }

const CANARY = 'canary-7f3a'
/** Concerns both hosts. */
const BOTH = 'CERTFR-2099-ALE-901'
/** Concerns the canary alone. */
const OTHER = 'CERTFR-2099-ALE-902'
/** Concerns nobody. */
const NOBODY = 'CERTFR-2099-ALE-903'

interface Scene {
  readonly hub: TestHub
  readonly admin: Visitor
  readonly own: { readonly agent: TestAgent; readonly hostId: number }
  readonly canary: { readonly agent: TestAgent; readonly hostId: number }
  readonly shop: { readonly authorization: string }
  readonly all: { readonly authorization: string }
}

let scene: Scene
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  scene = await setScene()
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

it('A12 counts the hosts in sight alone', async () => {
  const { own } = scene
  expect(await detail(BOTH)).toMatchObject({ concerned: 1, toCheck: 0 })
  expect((await detail(BOTH)).hosts.map(({ hostId }) => hostId)).toEqual([own.hostId])
  expect(await detail(OTHER)).toMatchObject({ concerned: 0, toCheck: 0, hosts: [], past: [] })
  const page = await read<AdvisoryPage>('/api/v1/advisories')
  expect(page.counts).toEqual({ concern: 1, open: 3, all: 3 })
  expect(page.items.find(({ reference }) => reference === BOTH)?.concerned).toBe(1)
  expect(await references('concerns=true')).toEqual([BOTH])
  const { items } = await read<{ items: HostAdvisory[] }>(`/api/v1/hosts/${own.hostId}/advisories`)
  expect(items.map((item) => [item.advisory.reference, item.advisory.concerned])).toEqual([
    [BOTH, 1],
  ])

  const everything = await read<AdvisoryPage>('/api/v1/advisories', scene.all)
  expect(everything.counts).toEqual({ concern: 2, open: 3, all: 3 })
})

it('A12 finds no advisory by the name of a host that is out of sight', async () => {
  expect(await references(`q=${CANARY}`)).toEqual([])
  expect(await references(`q=${CANARY}`, scene.all)).toHaveLength(2)
  expect(await references('q=shop-1')).toEqual([BOTH])
})

it('A12 says why an advisory concerns nobody of the whole fleet only', async () => {
  await vi.waitUntil(async () => (await detail(NOBODY, scene.all)).whyNot !== null, PATIENCE)
  expect((await detail(NOBODY)).whyNot).toBeNull()
  expect((await detail(OTHER)).whyNot).toBeNull()
})

it('A12 tells how an advisory is followed up where it concerns a host in sight, without the words', async () => {
  const { admin } = scene
  for (const reference of [BOTH, OTHER]) {
    await admin.post(`/api/v1/advisories/${reference}/take`, {})
    const handOver = { to: 'platform', text: `look at ${CANARY}` }
    await admin.post(`/api/v1/advisories/${reference}/hand-over`, handOver)
    await admin.send('PUT', `/api/v1/advisories/${reference}/handled`, {
      body: { state: 'patched', comment: `${CANARY} is done` },
    })
  }
  const [both, other, all] = [
    await detail(BOTH),
    await detail(OTHER),
    await detail(OTHER, scene.all),
  ]
  expect(both).toMatchObject({ owner: { name: 'platform' }, handled: { state: 'patched' } })
  expect(both.entries).toHaveLength(3)
  expect(JSON.stringify(both)).not.toContain(CANARY)
  expect(other).toMatchObject({ owner: null, handled: null, entries: [] })
  expect(all.entries).toHaveLength(3)
  expect(JSON.stringify(all)).toContain(CANARY)
})

it('A12 tells of hosts that became concerned when they are in sight', async () => {
  const concerned = async (reference: string, who = scene.shop) =>
    (await detail(reference, who)).told.filter(({ what }) => what === 'concerned')
  await vi.waitUntil(async () => (await concerned(OTHER, scene.all)).length > 0, PATIENCE)
  await vi.waitUntil(async () => (await concerned(BOTH)).length > 0, PATIENCE)
  expect(await concerned(OTHER)).toEqual([])
})

it('A12 holds for the feed and for what is compared', async () => {
  const feed = (await new Visitor(scene.hub).get('/api/v1/advisories.atom', scene.shop)).text
  expect(feed).toContain(BOTH)
  expect(feed).toContain('shop-1')
  expect(feed).not.toContain(OTHER)
  expect(feed).not.toContain(CANARY)
  const [mine, all] = [
    await read<CertWatch>('/api/v1/cert'),
    await read<CertWatch>('/api/v1/cert', scene.all),
  ]
  expect(mine.compared).toMatchObject({ hosts: 1, packages: 1, without: [] })
  expect(mine.compared.oldestListMs).toBe(mine.compared.newestListMs)
  expect(all.compared).toMatchObject({ hosts: 2, packages: 2 })
  expect(all.compared.without.map(({ hostName }) => hostName)).toEqual([`${CANARY}-2`])
  expect(await detail(BOTH)).toMatchObject({ uncompared: 0 })
  expect(await detail(BOTH, scene.all)).toMatchObject({ uncompared: 1 })
})

it('A12 leads nobody to news of hosts that are out of sight', async () => {
  const { hub, own, canary, admin } = scene
  const [shop, all] = [await listen(scene.shop), await listen(scene.all)]
  shop.socket.send(JSON.stringify({ type: 'subscribe', figures: [], hosts: [own.hostId] }))

  await admin.send('DELETE', `/api/v1/advisories/${OTHER}/handled`)
  await vi.waitUntil(() => all.heard.length === 1, PATIENCE)
  await install(hub, canary.hostId, [nginx('1.26.3')])
  await vi.waitUntil(() => all.heard.flat().includes('watch'), PATIENCE)
  await vi.waitUntil(async () => (await detail(BOTH, scene.all)).past.length === 1, PATIENCE)
  // What comes of the own host's tick was sent after it.
  await own.agent.acknowledged(own.agent.tick(Math.floor(Date.now() / 1000) * 1000))
  await vi.waitUntil(() => shop.frames > 0, PATIENCE)
  expect(shop.heard).toEqual([])
  expect((await detail(BOTH)).past).toEqual([])

  await install(hub, own.hostId, [nginx('1.26.3')])
  await vi.waitUntil(() => shop.heard.flat().includes('advisories'), PATIENCE)
  expect((await detail(BOTH)).past.map(({ hostId }) => hostId)).toEqual([own.hostId])
})

async function read<T>(path: string, who = scene.shop): Promise<T> {
  const answer = await new Visitor(scene.hub).get(path, { ...who })
  expect(answer.status, answer.text).toBe(200)
  return answer.json() as T
}

function detail(reference: string, who = scene.shop): Promise<AdvisoryDetail> {
  return read(`/api/v1/advisories/${reference}`, who)
}

async function references(query: string, who = scene.shop): Promise<string[]> {
  const { items } = await read<AdvisoryPage>(`/api/v1/advisories?${query}`, who)
  return items.map(({ reference }) => reference)
}

/** What is said of advisories on the live socket. */
async function listen(who: { readonly authorization: string }) {
  const url = `${scene.hub.address.replace('http', 'ws')}/live`
  const socket = new WebSocket(url, ['vigie.live.1'], { headers: { ...who } })
  ends.push(() => {
    socket.terminate()
    return Promise.resolve()
  })
  const heard = { socket, heard: [] as string[][], frames: 0 }
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) heard.frames++
    else {
      const message = JSON.parse(data.toString()) as { type: string; changed: string[] }
      if (message.type === 'cert') heard.heard.push(message.changed)
    }
  })
  await once(socket, 'open')
  return heard
}

async function setScene(): Promise<Scene> {
  const atEnd = (end: () => Promise<void>): void => void ends.push(end)
  const older = 'nginx versions antérieures à 1.22.0'
  const board = await AdvisoryBoard.startUntil(atEnd, [
    advisory(BOTH, OF_NGINX),
    advisory(OTHER, { affected: [{ text: older, vendor: 'F5', product: 'nginx' }] }),
    advisory(NOBODY, { affected: [{ text: 'Ostrel', vendor: null, product: 'ostrel' }] }),
  ])
  const hub = await startHub(
    { limits: { gatherPackagesMs: 50 }, advisorySources: [board.source()] },
    atEnd,
  )
  const admin = await administratorOf(hub)
  const join = async (name: string, tag: string) => {
    const { token } = await hub.enrolments.create({ name })
    const agent = new TestAgent({ hub: hub.address, token, hostname: name })
    atEnd(() => agent.close())
    const { hostId } = await agent.enter()
    await admin.send('PUT', `/api/v1/hosts/${hostId}/tags`, { body: { tags: [tag] } })
    return { agent, hostId }
  }
  const own = await join('shop-1', 'shop')
  const canary = await join(CANARY, 'bank')
  // It tells nothing of what it has.
  await join(`${CANARY}-2`, 'bank')
  // They are told of as newly concerned when the mail that the watch is on is written.
  await vi.waitUntil(async () => {
    const known = await hub.certWatch.advisories.get(BOTH)
    return known?.told.some(({ writtenMs }) => writtenMs !== null)
  }, PATIENCE)
  await describeHost(hub, own.hostId, [nginx('1.24.0')])
  await describeHost(hub, canary.hostId, [nginx('1.20.0')])
  const tokenOf = async (name: string, hostTags?: string[]) => {
    const { token } = await hub.tokens.create({
      ...{ name, role: 'viewer' as const },
      ...(hostTags && { hostTags }),
    })
    return { authorization: `Bearer ${token}` }
  }
  scene = {
    ...{ hub, admin, own, canary },
    shop: await tokenOf('shop', ['shop']),
    all: await tokenOf('all'),
  }
  await vi.waitUntil(async () => (await detail(BOTH, scene.all)).hosts.length === 2, PATIENCE)
  return scene
}
