// Mails over HTTP against a real hub and a real relay: the ledger, who is mailed, the test, and the buttons of mails.
import { once } from 'node:events'
import type { Mail, MailDetail, MailPage, MailSetup, MailTestList } from '@vigie/shared/api/mail'
import type { MailAction, MailActionOutcome } from '@vigie/shared/api/mail-action'
import type { Silence } from '@vigie/shared/api/silence'
import { describe, expect, it, vi } from 'vitest'
import { loadAuthSecret } from '../../src/auth/auth-secret.ts'
import { systemClock, type Clock } from '../../src/clock.ts'
import { createActionTokens, type ActionGrant } from '../../src/mail/action-tokens.ts'
import { busyRule } from '../busy-rule.ts'
import { TestRelay } from '../mail-relay.ts'
import { changes, deferred, sampleAttempt, sampleIncident, sampleMail } from '../sample-alerts.ts'
import { startHub, tempDirectory, type TestHub } from '../test-hub.ts'
import { administratorOf, Visitor } from './visitor.ts'

// Passwords are hashed slowly on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 })

const OPS = 'ops@example.org'
const PNG = Buffer.from('iVBORw0KGgo=', 'base64')

async function writtenMail(hub: TestHub, messageId: string): Promise<number> {
  const mail = await hub.store.outbox.write(
    sampleMail(messageId, {
      html: '<p>web-1</p><img src="cid:chart-light"><img src="cid:other"><script>x</script>',
      images: [{ name: 'chart-light', png: PNG }],
    }),
  )
  if (!mail) throw new Error('it is there already')
  return mail.id
}

describe('the ledger', () => {
  it('has every mail, newest first, with its tries and the words of the relay', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const first = await writtenMail(hub, '<a@x>')
    const second = await writtenMail(hub, '<b@x>')
    await hub.store.outbox.recordAttempt(sampleAttempt(first, deferred))
    await hub.store.outbox.recordAttempt(sampleAttempt(first))
    const page = (await person.get('/api/v1/mails?limit=1')).json() as MailPage
    expect(page.items.map(({ id }) => id)).toEqual([second])
    const rest = (await person.get(`/api/v1/mails?limit=1&after=${page.next ?? ''}`)).json()
    expect((rest as MailPage).items).toMatchObject([{ id: first, state: 'delivered', attempts: 2 }])
    expect((rest as MailPage).next).toBeNull()
    const delivered = (await person.get('/api/v1/mails?state=delivered')).json() as MailPage
    expect(delivered.items.map(({ id }) => id)).toEqual([first])
    const detail = (await person.get(`/api/v1/mails/${first}`)).json() as MailDetail
    expect(detail.tries.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['deferred', 451],
      ['delivered', 250],
    ])
    expect((await person.get('/api/v1/mails/99')).status).toBe(404)
  })

  it('shows a mail as its recipient sees it, and lets it do nothing', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const id = await writtenMail(hub, '<a@x>')
    const shown = await person.get(`/api/v1/mails/${id}/html`)
    expect(shown.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(shown.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none';/)
    expect(shown.text).toContain('src="data:image/png;base64,iVBORw0KGgo="')
    expect(shown.text).toContain('src="cid:other"')
    await hub.store.outbox.write(sampleMail('<b@x>', { html: null }))
    expect((await person.get(`/api/v1/mails/${id + 1}/html`)).status).toBe(404)
  })
})

describe('the buttons of a mail in the ledger', () => {
  it('hold no token: who may only look does nothing in the name of its recipient', async () => {
    const { hub, token } = await withButton('acknowledge')
    const url = `https://vigie.example/act#${token}`
    const html = `<a href="${url}">Acknowledge</a>`
    const mail = await hub.store.outbox.write(sampleMail('<a@x>', { text: `Press: ${url}`, html }))
    const { token: script } = await hub.tokens.create({ name: 'script', role: 'viewer' })
    const headers = { authorization: `Bearer ${script}` }
    for (const path of ['', '/html']) {
      const shown = await fetch(`${hub.address}/api/v1/mails/${mail ? mail.id : 0}${path}`, {
        headers,
      })
      const text = await shown.text()
      expect(text).toContain('https://vigie.example/act#')
      expect(text).not.toContain(token)
    }
  })
})

describe('how mail leaves', () => {
  it('is told without a password; recipients are added, changed and removed', async () => {
    const relay = await TestRelay.start()
    const hub = await startHub({
      smtpUrl: new URL(`smtp://vigie:secret@127.0.0.1:${relay.port}`),
      mailTo: ['ops@example.org'],
    })
    const person = await administratorOf(hub)
    const setup = async () => (await person.get('/api/v1/mail')).json() as MailSetup
    expect(await setup()).toMatchObject({ relay: `smtp://127.0.0.1:${relay.port}`, waiting: 0 })
    expect((await person.get('/api/v1/mail')).text).not.toContain('secret')

    const path = `/api/v1/mail/recipients/${encodeURIComponent('ada@example.org')}`
    const draft = { locale: 'fr', zone: 'Europe/Paris', isDefault: false, getsWeekly: true }
    const put = await person.send('PUT', path, { body: draft })
    expect(put.json()).toEqual({ address: 'ada@example.org', ...draft, isFromSettings: false })
    const zone = await person.send('PUT', path, { body: { ...draft, zone: 'Mars/Olympus' } })
    expect(zone.problem()).toMatchObject({ status: 400, errors: [{ field: 'body/zone' }] })
    expect((await setup()).recipients.map(({ address }) => address)).toEqual([
      'ops@example.org',
      'ada@example.org',
    ])
    expect((await person.send('DELETE', path)).status).toBe(204)
    expect((await person.send('DELETE', path)).status).toBe(404)
    const ops = await person.send('DELETE', '/api/v1/mail/recipients/ops%40example.org')
    expect(ops.problem()).toMatchObject({ status: 409, type: '/docs#set-elsewhere' })
    const odd = await person.send('PUT', '/api/v1/mail/recipients/ops', { body: draft })
    expect(odd.status).toBe(400)
  })

  it('is tested with one mail of each kind, whose fate the ledger tells', async () => {
    const relay = await TestRelay.start()
    const hub = await startHub({ smtpUrl: relay.url() })
    const person = await administratorOf(hub)
    const tested = await person.post('/api/v1/mail/test', { to: 'ada@example.org' })
    expect(tested.status).toBe(202)
    const { items } = tested.json() as MailTestList
    const kinds = items.map(({ kind }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['opened', 'resolved', 'group', 'weekly']))
    while (relay.taken.length < items.length) await once(relay, 'arrived')
    expect(new Set(relay.taken.flatMap(({ to }) => to))).toEqual(new Set(['ada@example.org']))
    const last = items.at(-1)?.id ?? 0
    const stateOf = async (): Promise<string> =>
      ((await person.get(`/api/v1/mails/${last}`)).json() as Mail).state
    await vi.waitFor(async () => expect(await stateOf()).toBe('delivered'))
  })

  it('cannot be tested without a relay', async () => {
    const hub = await startHub()
    const person = await administratorOf(hub)
    const refused = await person.post('/api/v1/mail/test', { to: 'ada@example.org' })
    expect(refused.problem()).toMatchObject({ status: 409, type: '/docs#mail-not-set' })
    expect(refused.problem().detail).toContain('VIGIE_SMTP_URL')
    expect((await person.post('/api/v1/mail/test', { to: 'a b' })).status).toBe(400)
  })

  it('is tried at once when a person says so', async () => {
    const relay = await TestRelay.start({ mood: 'busy' })
    const hub = await startHub({ smtpUrl: relay.url() })
    const person = await administratorOf(hub)
    await person.post('/api/v1/mail/test', { to: 'ada@example.org' })
    const first = async (): Promise<Mail | undefined> =>
      ((await person.get('/api/v1/mails')).json() as MailPage).items.at(-1)
    await vi.waitFor(async () => expect((await first())?.attempts).toBe(1))
    relay.mood = 'accepting'
    expect((await person.post('/api/v1/mails/retry', {})).status).toBe(204)
    await vi.waitFor(async () => expect((await first())?.state).toBe('delivered'))
  })
})

/** A hub that found an incident in its database, and the token of a button for it. */
async function withButton(
  action: ActionGrant['action'],
  { clock = systemClock, mailTo = [OPS] }: { clock?: Clock; mailTo?: readonly string[] } = {},
) {
  const dataDirectory = await tempDirectory()
  const before = await startHub({ dataDirectory })
  const [rule] = before.alerting.alerts.rules()
  if (!rule) throw new Error('a hub begins with rules')
  const { id: ruleId, key, name, condition } = rule
  await before.enrolments.create({ name: 'web-1' })
  const incident = sampleIncident(41, {
    rule: { id: ruleId, key, name, condition },
    kind: 'lost-sight',
    hostId: null,
    detail: { hostIds: [], hosts: [] },
    sinceMs: Date.now() - 60_000,
    firedMs: Date.now() - 30_000,
  })
  await before.store.alerts.commit(changes({ incidents: [incident] }))
  await before.close()
  const hub = await startHub({ dataDirectory, mailTo })
  const tokens = createActionTokens(loadAuthSecret(dataDirectory), clock)
  const token = tokens.write({ action, incidentId: 41, recipient: OPS })
  return { hub, token, ruleId, visitor: new Visitor(hub) }
}

describe('the buttons of a mail', () => {
  it('do nothing when they are looked at, and one thing when a person confirms', async () => {
    const { hub, token, visitor } = await withButton('acknowledge')
    const inspected = await visitor.post('/api/v1/mail-actions/inspect', { token })
    expect(inspected.headers['cache-control']).toBe('no-store')
    expect(inspected.json() as MailAction).toMatchObject({
      action: 'acknowledge',
      recipient: 'ops@example.org',
      incident: { id: 41, state: 'firing', owner: null },
    })
    expect(await hub.store.alerts.get(41)).toMatchObject({ state: 'firing' })

    const confirm = async () =>
      (await visitor.post('/api/v1/mail-actions/confirm', { token })).json() as MailActionOutcome
    expect(await confirm()).toMatchObject({
      outcome: 'done',
      incident: { state: 'acknowledged', owner: 'ops@example.org' },
    })
    expect((await confirm()).outcome).toBe('already')
  })

  it('silence for an hour, or as long as is said, once', async () => {
    const { hub, token, ruleId, visitor } = await withButton('silence')
    const confirm = async (minutes?: number) => {
      const body = { token, ...(minutes !== undefined && { minutes }) }
      return (await visitor.post('/api/v1/mail-actions/confirm', body)).json() as MailActionOutcome
    }
    const done = await confirm()
    expect(done.outcome).toBe('done')
    expect(await confirm()).toMatchObject({ outcome: 'already', endsMs: done.endsMs })
    expect((await confirm(480)).outcome).toBe('done')
    const person = await administratorOf(hub)
    const { items } = (await person.get('/api/v1/silences')).json() as { items: Silence[] }
    expect(items.map((one) => one.endsMs - one.startsMs)).toEqual([3_600_000, 28_800_000])
    for (const { scope, ruleIds, createdBy } of items) {
      expect({ scope, ruleIds, createdBy }).toEqual({
        scope: { type: 'all' },
        ruleIds: [ruleId],
        createdBy: 'ops@example.org',
      })
    }
  })

  it('are refused when their token is forged, of another hub, or expired', async () => {
    const weekAgo = { ...systemClock, nowMs: () => Date.now() - 8 * 86_400_000 }
    const { token: expired, visitor } = await withButton('acknowledge', { clock: weekAgo })
    const other = createActionTokens('another secret', systemClock)
    const foreign = other.write({ action: 'acknowledge', incidentId: 41, recipient: 'eve@x' })
    for (const token of [expired, foreign, `${expired}A`, 'x']) {
      for (const path of ['inspect', 'confirm']) {
        const answer = await visitor.post(`/api/v1/mail-actions/${path}`, { token })
        expect(answer.problem()).toMatchObject({ status: 410, type: '/docs#action-refused' })
      }
    }
  })

  it('T2 are refused to who is no recipient any more, and named by no rule', async () => {
    const { hub, token, visitor } = await withButton('silence', { mailTo: [] })
    const person = await administratorOf(hub)
    const path = '/api/v1/mail/recipients/Ops%40Example.org'
    const pressed = async () => {
      const answers = [
        await visitor.post('/api/v1/mail-actions/inspect', { token }),
        await visitor.post('/api/v1/mail-actions/confirm', { token }),
      ]
      return answers.map(({ status }) => status)
    }
    const draft = { locale: 'en', zone: 'Europe/Paris', isDefault: false, getsWeekly: false }
    expect((await person.send('PUT', path, { body: draft })).status).toBe(200)
    expect(await pressed()).toEqual([200, 200])
    expect((await person.send('DELETE', path)).status).toBe(204)
    expect(await pressed()).toEqual([410, 410])

    const { alerts } = hub.alerting
    const { id } = await alerts.createRule({ ...busyRule, recipients: ['OPS@example.org'] })
    expect(await pressed()).toEqual([200, 200])
    await alerts.deleteRule(id)
    expect(await pressed()).toEqual([410, 410])
  })

  it('may be pressed ten times a minute from one address', async () => {
    const { visitor } = await withButton('acknowledge')
    const statuses: number[] = []
    for (let press = 0; press < 11; press++) {
      const { status } = await visitor.post('/api/v1/mail-actions/confirm', { token: 'x' })
      statuses.push(status)
    }
    expect(statuses).toEqual([...Array<number>(10).fill(410), 429])
  })
})
