// Whom an advisory concerns, on a whole hub: in mails, over the API, and as a feed. Tests carry the rules of docs/cert.md.
import type { AdvisoryDetail, AdvisoryPage, HostAdvisory } from '@vigie/shared/api/advisory'
import type { MailDetail } from '@vigie/shared/api/mail'
import { SaxesParser } from 'saxes'
import { expect, it, vi } from 'vitest'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { ADA, Visitor } from './doors/visitor.ts'
import { ledgerOf, untilLedger } from './mailing-app.ts'
import type { TestHub } from './test-hub.ts'
import { hostWith, install, nginx, OF_NGINX, startWatching } from './watched-hosts.ts'

const OPEN = 'CERTFR-2099-ALE-901'
const NEW = 'CERTFR-2099-ALE-902'
const told = (hub: TestHub, isSo: (mail: MailDetail) => boolean) =>
  untilLedger(hub, (ledger) => ledger.some(isSo)).then((ledger) => ledger.find(isSo))

const unfolded = (mail: MailDetail | undefined) => mail?.text?.replace(/\s+/g, ' ') ?? ''

/** Resolves when the fleet is compared and this is so of an advisory. */
const untilHosts = (hub: TestHub, reference: string, isSo: (detail: AdvisoryDetail) => boolean) =>
  vi.waitUntil(
    async () => {
      const detail = await hub.certWatch.advisories.get(reference)
      return detail && isSo(detail) && detail
    },
    { timeout: 60_000, interval: 20 },
  )

/** Who has signed in as the administrator. */
async function administrator(hub: TestHub): Promise<Visitor> {
  const visitor = new Visitor(hub)
  await visitor.post('/api/v1/sign-in-links/claim', {
    token: await hub.people.issueSignInToken(),
    ...ADA,
  })
  return visitor
}

it('M2, C1: the mail of a new alert names the hosts that it concerns, with the evidence', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const hub = await startWatching(board)
  await hostWith(hub, 'web-1', [nginx('1.24.0')])
  await hostWith(hub, 'web-2', [nginx('1.26.2')])
  board.documents.push(advisory(NEW, OF_NGINX))
  await hub.certWatch.checkNow()
  const mail = await told(hub, ({ kind }) => kind === 'advisory')
  expect(mail?.subject).toBe(`CERT-FR alert: ${NEW} (1 machine), Vulnérabilité dans nginx`)
  expect(unfolded(mail)).toContain('It concerns one of your machines: web-1.')
  expect(unfolded(mail)).toContain('nginx versions antérieures à 1.26.2')
  expect(mail?.text).not.toContain('web-2')
})

it('C4: a host that comes to be concerned by an open alert is mailed once, whatever it does later', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN, OF_NGINX))
  const hub = await startWatching(board)
  const web = await hostWith(hub, 'web-1', [nginx('1.24.0')])
  const mail = await told(hub, ({ kind }) => kind === 'advisory')
  expect(unfolded(mail)).toContain('1 machine is concerned by an open alert')
  expect(mail?.text).toContain('web-1')
  const before = await untilHosts(hub, OPEN, ({ hosts }) => hosts.length === 1)

  await install(hub, web, [nginx('1.26.2')])
  await untilHosts(hub, OPEN, ({ hosts }) => hosts.length === 0)
  await install(hub, web, [nginx('1.24.0')])
  const after = await untilHosts(hub, OPEN, ({ hosts }) => hosts.length === 1)
  expect(after.hosts[0]?.sinceMs).toBeGreaterThan(before.hosts[0]?.sinceMs ?? Infinity)
  // What is told after it shows that nothing was told of it.
  await hostWith(hub, 'web-2', [nginx('1.24.0')])
  const isSecond = ({ text }: MailDetail) => text?.includes('web-2') === true
  await untilLedger(hub, (ledger) => ledger.some(isSecond))
  const advisories = (await ledgerOf(hub)).filter(({ kind }) => kind === 'advisory')
  expect(advisories).toHaveLength(2)
})

it('C3: a verdict that stays keeps its time, whatever its evidence', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN, OF_NGINX))
  const hub = await startWatching(board)
  const web = await hostWith(hub, 'web-1', [nginx('1.24.0')])
  const before = await untilHosts(hub, OPEN, ({ hosts }) => hosts.length === 1)
  await install(hub, web, [nginx('1.25.0')])
  const after = await untilHosts(hub, OPEN, ({ hosts }) =>
    Boolean(hosts[0]?.evidence[0]?.package?.version.startsWith('1.25')),
  )
  expect(after.hosts[0]?.sinceMs).toBe(before.hosts[0]?.sinceMs)
})

it('M3: notices are one digest, those that concern the fleet first', async () => {
  const board = await AdvisoryBoard.start(advisory('CERTFR-2099-AVI-0900', { kind: 'notice' }))
  const notice = { source: 'certfr-notices', kind: 'notice', publishedMs: Date.now() } as const
  const hub = await startWatching(board, {
    advisorySources: [board.source('certfr-notices')],
    // Every minute: it is due at the next one.
    certDigestCron: '* * * * *',
  })
  await hostWith(hub, 'web-1', [nginx('1.24.0')])
  board.documents.push(
    advisory('CERTFR-2099-AVI-0901', { ...notice, title: 'Vulnérabilité dans Tarnel' }),
    advisory('CERTFR-2099-AVI-0902', { ...notice, ...OF_NGINX }),
  )
  await hub.certWatch.checkNow()
  await untilHosts(hub, 'CERTFR-2099-AVI-0902', ({ hosts }) => hosts.length === 1)
  // The time of the digest is passed by making what waits an hour older.
  await hub.store.db
    .updateTable('advisory_news')
    .set(({ eb }) => ({ time_ms: eb('time_ms', '-', 3_600_000) }))
    .where('told_ms', 'is', null)
    .execute()
  await hub.certWatch.checkNow()
  const digest = await told(hub, ({ kind }) => kind === 'advisory-digest')
  expect(digest?.subject).toBe('Security notices: 2 notices, 1 concerns your machines')
  const text = digest?.text ?? ''
  expect(text.indexOf('nginx')).toBeLessThan(text.indexOf('Tarnel'))
})

it('H1: what a source writes is text: no header, no markup, no link but of the web', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const hub = await startWatching(board)
  const hostile = '<script>alert(1)</script>\r\nBcc: eve@example.org\u202e'
  board.documents.push(
    advisory(NEW, {
      title: hostile,
      summary: hostile,
      solution: hostile,
      url: 'javascript:alert(1)',
      risks: [hostile],
      affected: [{ text: hostile, vendor: hostile, product: hostile }],
      links: [{ title: hostile, url: 'data:text/html,x' }],
    }),
  )
  await hub.certWatch.checkNow()
  const mail = await told(hub, ({ kind }) => kind === 'advisory')
  expect(mail?.subject).not.toMatch(/[\r\n\u202e]/)
  const html = (await hub.store.ledger.html(mail?.id ?? 0)) ?? ''
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toMatch(/<script|javascript:|data:text/)
  expect(mail?.text).not.toMatch(/^Bcc:/m)

  const visitor = await administrator(hub)
  const feed = await visitor.get('/api/v1/advisories.atom')
  expect(feed.text).not.toContain('<script')
})

it('A1 to A4: advisories over the API: pages, hosts, what was done, and the feed', async () => {
  const board = await AdvisoryBoard.start(
    advisory(OPEN, OF_NGINX),
    advisory('CERTFR-2099-ALE-899', { publishedMs: Date.UTC(2026, 1, 1) }),
  )
  const hub = await startWatching(board)
  const web = await hostWith(hub, 'web-1', [nginx('1.24.0')])
  await untilHosts(hub, OPEN, ({ hosts }) => hosts.length === 1)
  const visitor = await administrator(hub)
  const page = async (query: string) =>
    (await visitor.get(`/api/v1/advisories?${query}`)).json() as AdvisoryPage
  const first = await page('limit=1')
  expect(first.items.map(({ reference }) => reference)).toEqual([OPEN])
  expect(first.items).toMatchObject([{ concerned: 1, toCheck: 0, handled: null }])
  const second = await page(`limit=1&before=${first.nextBefore}`)
  expect(second.items.map(({ reference }) => reference)).toEqual(['CERTFR-2099-ALE-899'])
  expect(second.nextBefore).toBeNull()
  expect((await page('concerns=true&state=open')).items).toHaveLength(1)
  expect((await page('q=dans nginx')).items).toHaveLength(1)
  expect((await page('q=%25')).items).toHaveLength(0)
  expect((await page('kind=notice')).items).toHaveLength(0)
  expect((await visitor.get('/api/v1/advisories?before=x')).status).toBe(400)

  const handled = await visitor.send('PUT', `/api/v1/advisories/${OPEN}/handled`, {
    body: { state: 'patched', comment: 'tonight' },
  })
  expect(handled.status).toBe(204)
  const detail = (await visitor.get(`/api/v1/advisories/${OPEN}`)).json() as AdvisoryDetail
  expect(detail.handled).toMatchObject({ state: 'patched', comment: 'tonight', by: 'ada' })
  await visitor.send('DELETE', `/api/v1/advisories/${OPEN}/handled`)
  const ofHost = (await visitor.get(`/api/v1/hosts/${web}/advisories`)).json() as {
    items: HostAdvisory[]
  }
  expect(ofHost.items).toMatchObject([
    { verdict: 'concerned', advisory: { reference: OPEN, handled: null } },
  ])
  const unknown = await visitor.send('PUT', '/api/v1/advisories/CERTFR-2099-ALE-000/handled', {
    body: { state: 'patched', comment: '' },
  })
  expect(unknown.status).toBe(404)

  const feed = await visitor.get('/api/v1/advisories.atom')
  expect(feed.headers['content-type']).toContain('application/atom+xml')
  expect(elementsOf(feed.text).filter((name) => name === 'entry')).toHaveLength(1)
  expect(feed.text).toContain('Concerned: web-1.')
  expect((await new Visitor(hub).get('/api/v1/advisories.atom')).status).toBe(401)
})

it('A5: a viewer may look and change nothing; what a failed run saw is for administrators', async () => {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const hub = await startWatching(board)
  board.mood = 'down'
  await hub.certWatch.checkNow()
  const { token } = await hub.tokens.create({ name: 'wall', role: 'viewer' })
  const viewer = { authorization: `Bearer ${token}` }
  const visitor = new Visitor(hub)
  const state = (await visitor.get('/api/v1/cert', viewer)).json() as { runs: { id: number }[] }
  const id = state.runs[0]?.id ?? 0
  expect((await visitor.post('/api/v1/cert/check', {}, viewer)).status).toBe(403)
  expect((await visitor.get(`/api/v1/cert/runs/${id}/page`, viewer)).status).toBe(403)

  const ada = await administrator(hub)
  const html = await ada.get(`/api/v1/cert/runs/${id}/page`)
  expect(html.text).toBe('<h1>503</h1>')
  expect(html.headers['content-type']).toBe('text/plain; charset=utf-8')
  expect(html.headers['content-disposition']).toMatch(/^attachment/)
  expect(html.headers['x-content-type-options']).toBe('nosniff')
  const png = await ada.get(`/api/v1/cert/runs/${id}/screenshot`)
  expect(png.headers['content-type']).toBe('image/png')
  expect([...png.bytes]).toEqual([137, 80, 78, 71])
  expect((await ada.get('/api/v1/cert/runs/999/page')).status).toBe(404)

  board.mood = 'silent'
  expect((await ada.post('/api/v1/cert/check', {})).status).toBe(202)
  expect((await ada.post('/api/v1/cert/check', {})).status).toBe(409)
  board.speak()
})

/** Throws where it is no XML. */
function elementsOf(xml: string): string[] {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => names.push(name))
  parser.write(xml).close()
  return names
}
