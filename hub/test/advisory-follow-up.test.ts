// How advisories are followed up, on a whole hub: who was mailed, who has one, which hosts are concerned no more, and why others
// are not. Tests carry the rules of docs/cert.md.
import type { AdvisoryDetail, AdvisoryPage } from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'
import type { LiveMessage } from '@vigie/shared/protocol/live'
import { once } from 'node:events'
import { expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { administratorOf, Visitor } from './doors/visitor.ts'
import { OPS } from './mailing-app.ts'
import { hostWith, install, nginx, OF_NGINX, startWatching } from './watched-hosts.ts'

const OPEN = 'CERTFR-2099-ALE-901'
const NEW = 'CERTFR-2099-ALE-902'
const detailOf = async (visitor: Visitor, reference: string): Promise<AdvisoryDetail> =>
  (await visitor.get(`/api/v1/advisories/${reference}`)).json() as AdvisoryDetail

/** Resolves when this is so of an advisory. */
const until = (visitor: Visitor, reference: string, isSo: (detail: AdvisoryDetail) => boolean) =>
  vi.waitUntil(
    async () => {
      const detail = await detailOf(visitor, reference)
      return isSo(detail) && detail
    },
    { timeout: 60_000, interval: 20 },
  )

it('A6, A7, A8: what was told, which host was put right, and why an alert concerns nobody', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN, OF_NGINX))
  const hub = await startWatching(board)
  const visitor = await administratorOf(hub)
  const live = new WebSocket(`${hub.address.replace('http', 'ws')}/live`, ['vigie.live.1'], {
    headers: {
      origin: hub.address,
      cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    },
  })
  const heard: string[] = []
  live.on('message', (data: Buffer, isBinary: boolean) => {
    const message = isBinary ? undefined : (JSON.parse(data.toString()) as LiveMessage)
    if (message?.type === 'cert') heard.push(...message.changed)
  })
  await once(live, 'open')

  // Of a host that nobody has yet, nothing can be said.
  expect((await detailOf(visitor, OPEN)).whyNot).toBeNull()
  const web = await hostWith(hub, 'web-1', [nginx('1.24.0')])
  await until(visitor, OPEN, ({ hosts }) => hosts.length === 1)
  const begun = await until(visitor, OPEN, ({ told }) => told.length === 2)
  expect(begun.told).toMatchObject([
    { what: 'begun', mails: 1, isDigest: false },
    { what: 'concerned', mails: 1 },
  ])

  await install(hub, web, [nginx('1.26.3')])
  const right = await until(visitor, OPEN, ({ hosts }) => hosts.length === 0)
  expect(right.past).toMatchObject([
    {
      hostName: 'web-1',
      verdict: 'concerned',
      package: { name: 'nginx', was: '1.24.0-1~bookworm', now: '1.26.3-1~bookworm' },
    },
  ])
  await until(visitor, OPEN, ({ whyNot }) => whyNot !== null)
  const found = { name: 'nginx', lowest: '1.26.3-1~bookworm', highest: '1.26.3-1~bookworm' }
  expect((await detailOf(visitor, OPEN)).whyNot).toEqual({
    reason: 'other-version',
    package: { ...found, hosts: 1 },
  })

  board.documents.push(advisory(NEW))
  await hub.certWatch.checkNow()
  const added = await until(visitor, NEW, ({ told }) => told.some(({ mails }) => mails > 0))
  expect(added.told).toMatchObject([{ what: 'added', mails: 1, isDigest: false }])
  expect(added.told[0]?.writtenMs).toBeGreaterThanOrEqual(added.told[0]?.learntMs ?? Infinity)
  await until(visitor, NEW, ({ whyNot }) => whyNot?.reason === 'not-installed')
  const mails = (await visitor.get(`/api/v1/mails?advisory=${NEW}`)).json() as { items: unknown[] }
  expect(mails.items).toMatchObject([{ kind: 'advisory', recipient: OPS }])

  // Back to the old version: it is concerned, not a host that was put right.
  await install(hub, web, [nginx('1.24.0')])
  const again = await until(visitor, OPEN, ({ hosts }) => hosts.length === 1)
  expect([again.past, again.whyNot]).toEqual([[], null])

  const page = async (query: string) =>
    (await visitor.get(`/api/v1/advisories?${query}`)).json() as AdvisoryPage
  expect((await page('limit=1&state=closed')).counts).toEqual({ concern: 1, open: 2, all: 2 })
  const ofHost = await page('q=web-1')
  expect(ofHost.items.map(({ reference }) => reference)).toEqual([OPEN])
  expect(ofHost.counts).toEqual({ concern: 1, open: 1, all: 1 })
  const watch = (await visitor.get('/api/v1/cert')).json() as CertWatch
  expect(watch.compared.newestListMs).toBeGreaterThan(0)
  await vi.waitUntil(() => heard.includes('advisories') && heard.includes('watch'))
  live.close()
})

it('A9: one takes an advisory, and keeps it until it is handed over; every step is kept', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const hub = await startWatching(board)
  const visitor = await administratorOf(hub)
  const act = (what: string, body: unknown) =>
    visitor.post(`/api/v1/advisories/${OPEN}/${what}`, body)
  expect((await act('take', {})).status).toBe(204)
  expect((await detailOf(visitor, OPEN)).owner).toMatchObject({ name: 'ada' })
  const bob = await hub.tokens.create({ name: 'bob', role: 'admin' })
  const asBob = { authorization: `Bearer ${bob.token}` }
  const taken = await new Visitor(hub).post(`/api/v1/advisories/${OPEN}/take`, {}, asBob)
  expect(taken.status).toBe(204)
  expect((await detailOf(visitor, OPEN)).owner).toMatchObject({ name: 'ada' })

  expect((await act('hand-over', { to: '' })).status).toBe(400)
  expect((await act('hand-over', { to: 'platform', text: 'tonight' })).status).toBe(204)
  expect((await detailOf(visitor, OPEN)).owner).toMatchObject({ name: 'platform' })
  await visitor.send('PUT', `/api/v1/advisories/${OPEN}/handled`, {
    body: { state: 'patched', comment: 'all three' },
  })
  await visitor.send('DELETE', `/api/v1/advisories/${OPEN}/handled`)
  expect((await detailOf(visitor, OPEN)).entries).toMatchObject([
    { kind: 'taken', who: 'ada', to: null },
    { kind: 'handed-over', who: 'ada', to: 'platform', text: 'tonight' },
    { kind: 'handled', who: 'ada', state: 'patched', text: 'all three' },
    { kind: 'undone', who: 'ada' },
  ])
  expect((await visitor.post('/api/v1/advisories/CERTFR-2099-ALE-000/take', {})).status).toBe(404)
  const eve = await hub.tokens.create({ name: 'eve', role: 'viewer' })
  const asEve = { authorization: `Bearer ${eve.token}` }
  const refused = await new Visitor(hub).post(`/api/v1/advisories/${OPEN}/take`, {}, asEve)
  expect(refused.status).toBe(403)
})
