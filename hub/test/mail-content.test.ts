// The mail of a crisis as its recipient's program reads it: what it says and shows, what its links may do, and that no name
// can make it anything else.
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import type { MailAction, MailActionOutcome } from '@vigie/shared/api/mail-action'
import { expect, it, vi } from 'vitest'
import { Visitor } from './doors/visitor.ts'
import { BUSY, busyRule, CALM } from './busy-rule.ts'
import { MAIL_HEADERS, TestRelay, type ArrivedMail } from './mail-relay.ts'
import { joined, NIGHT, OPS, startMailingApp, untilLedger } from './mailing-app.ts'
import { KEYS, TestAgent } from './test-agent.ts'
import type { TestHub } from './test-hub.ts'

vi.setConfig({ testTimeout: 60_000 })

const THREAD_HEADERS = ['in-reply-to', 'references']
const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const DRAWN = 'first@example.org'
const HISTORY_S = 600

const headersOf = ({ parsed }: ArrivedMail): string[] =>
  [...new Set(parsed.headerLines.map(({ key }) => key))].sort()
const mailsTo = ({ taken }: TestRelay, address: string): ArrivedMail[] =>
  taken.filter(({ to }) => to.includes(address))

/** Resolves with so many mails to an address. */
async function mailed(relay: TestRelay, address: string, count: number): Promise<ArrivedMail[]> {
  await vi.waitUntil(() => mailsTo(relay, address).length >= count, { timeout: 30_000 })
  return mailsTo(relay, address)
}

/** Its first picture takes long: a crisis would be mailed without one. */
async function hasDrawn(hub: TestHub, relay: TestRelay): Promise<void> {
  const { length } = await hub.alerting.api.mailDesk.sendTests(DRAWN)
  await mailed(relay, DRAWN, length)
}

/** A host with ten calm minutes behind it and a process that is busy now. */
async function joinedWithHistory(hub: TestHub): Promise<TestAgent> {
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token, hostname: 'web-1' })
  await agent.enter()
  const nowMs = Date.now()
  const process = { pid: 4242, name: 'ffmpeg', command: 'ffmpeg -i film.mkv', user: 'ada' }
  const top = [{ ...process, cpuRatio: 0.93, memoryBytes: 5e8, threads: 4 }]
  const snapshot = { timeMs: nowMs, processes: { total: 1, top }, users: [], failedUnits: [] }
  agent.say({ type: 'snapshot', snapshot })
  const columns = [(second: number) => 1000 + (second % 60) * 50, () => 500, () => 1000, () => 42]
  const values = columns.flatMap((valueAt) =>
    Array.from({ length: HISTORY_S }, (_, second) => valueAt(second)),
  )
  const frame = agent.sendBlock({
    revision: agent.revision,
    startMs: nowMs - HISTORY_S * 1000,
    stepMs: 1000,
    present: new Uint8Array(HISTORY_S).fill(1),
    values: Float64Array.from(values),
  })
  await agent.acknowledged(frame)
  return agent
}

it('a crisis is mailed with its picture, in text and in HTML, and its end answers it', async () => {
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  await hasDrawn(hub, relay)
  const agent = await joinedWithHistory(hub)
  agent.tick(Date.now(), [BUSY * 1e4, 500, 1000, 42])
  const [opened] = await mailed(relay, OPS, 1)
  if (!opened) throw new Error('there is none')
  expect(headersOf(opened)).toEqual(MAIL_HEADERS)
  const { parsed } = opened
  expect(parsed.from?.text).toBe('"Vigie" <vigie@hub.example>')
  expect(parsed.subject).toMatch(/^Crisis: .*web-1/)
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated')
  expect(parsed.text).toMatch(/[▁-█]{8}/)
  expect(parsed.text).toContain('ffmpeg -i film.mkv')
  expect(parsed.text).toMatch(/95\s%; limit 90\s%/)
  expect(parsed.attachments).toHaveLength(2)
  for (const { contentType, content, related } of parsed.attachments) {
    expect({ contentType, related }).toEqual({ contentType: 'image/png', related: true })
    expect(content.subarray(0, PNG.length)).toEqual(PNG)
    // The parser has put it where its Content-ID was.
    expect(String(parsed.html).includes(content.toString('base64'))).toBe(true)
  }
  expect(String(parsed.html).includes('cid:')).toBe(false)
  expect(/<img[^>]* alt="[^"]{20,}"/.test(String(parsed.html))).toBe(true)

  agent.tick(Date.now(), [CALM * 1e4, 500, 1000, 42])
  const [, resolved] = await mailed(relay, OPS, 2)
  if (!resolved) throw new Error('there is none')
  expect(headersOf(resolved)).toEqual([...MAIL_HEADERS, ...THREAD_HEADERS].sort())
  expect(resolved.parsed.subject).toMatch(/^Over: .*web-1/)
  expect(resolved.parsed.inReplyTo).toBe(parsed.messageId)
  expect(resolved.parsed.references).toBe(parsed.messageId)
  const [other] = await mailed(relay, NIGHT, 2)
  expect(other?.parsed.messageId).not.toBe(parsed.messageId)
})

it('the links of a mail do nothing by themselves, and each one thing when it is confirmed', async () => {
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  const agent = await joined(hub)
  agent.measures(BUSY)
  const [opened] = await mailed(relay, OPS, 1)
  const links = [...(opened?.parsed.text?.matchAll(/http\S+/g) ?? [])].map(
    ([link]) => new URL(link),
  )
  const tokens = links
    .filter(({ pathname }) => pathname === '/act')
    .map(({ hash }) => hash.slice(1))
  expect(tokens).toHaveLength(2)
  for (const link of links)
    expect(opened?.parsed.html).toContain(link.href.replaceAll('&', '&amp;'))

  const scanner = new Visitor(hub)
  const states = () => hub.alerting.alerts.open().map(({ state, owner }) => ({ state, owner }))
  for (const { pathname, search } of links) await scanner.get(`${pathname}${search}`)
  const actions = await Promise.all(
    tokens.map(async (token) => {
      const answer = await scanner.post('/api/v1/mail-actions/inspect', { token })
      return answer.json() as MailAction
    }),
  )
  expect(actions).toMatchObject([
    { action: 'acknowledge', recipient: OPS, incident: { id: 1, hostName: 'web-1' } },
    { action: 'silence', recipient: OPS, incident: { id: 1, hostName: 'web-1' } },
  ])
  expect(states()).toEqual([{ state: 'firing', owner: null }])
  expect(hub.alerting.alerts.silencing.silences()).toEqual([])

  const outcomes: MailActionOutcome['outcome'][] = []
  for (const token of tokens) {
    const answer = await scanner.post('/api/v1/mail-actions/confirm', { token })
    outcomes.push((answer.json() as MailActionOutcome).outcome)
  }
  expect(outcomes).toEqual(['done', 'done'])
  expect(states()).toEqual([{ state: 'acknowledged', owner: OPS }])
  expect(hub.alerting.alerts.silencing.silences()).toMatchObject([{ createdBy: OPS }])
})

const HOSTILE =
  'x"\r\nBcc: evil@example.org\r\n\r\n<img src=x onerror=alert(1)>=?utf-8?q?=0D=0AX-Evil:_1?=\u202ecod'

it('names of hosts, devices and rules are text in a mail, whatever they are', async () => {
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  const { alerts } = hub.alerting
  // No door lets such a rule in; a database may have one.
  for (const metric of ['test.load', 'test.heat']) {
    const condition = { ...busyRule.condition, metric, attributes: { 'device.name': '*' } }
    await alerts.createRule({ ...busyRule, name: HOSTILE, condition })
  }
  const { token } = await hub.enrolments.create({})
  const agent = new TestAgent({ hub: hub.address, token, hostname: HOSTILE })
  await agent.enter()
  const keys = ['test.load', 'test.heat'].map((metric) =>
    seriesKey(metric, { 'device.name': HOSTILE }),
  )
  const revision = tableRevision([...KEYS, ...keys])
  agent.say({ type: 'series', revision, keys: [...KEYS, ...keys] })
  const at = (load: number, heat: number) => ({
    revision,
    startMs: Date.now(),
    stepMs: 1000,
    present: new Uint8Array([1]),
    values: Float64Array.from([1000, 500, 1000, 42, load * 1e4, heat * 1e4]),
  })
  agent.sendBlock(at(1, 0))
  await mailed(relay, OPS, 1)
  agent.sendBlock(at(0, 1))
  await mailed(relay, OPS, 2)
  agent.sendBlock(at(0, 0))
  await untilLedger(
    hub,
    (mails) => mails.length >= 6 && mails.every(({ state }) => state !== 'waiting'),
  )

  expect(relay.arrived.length).toBeGreaterThanOrEqual(6)
  for (const mail of relay.arrived) {
    const { parsed, to } = mail
    expect(to).toHaveLength(1)
    expect(headersOf(mail).filter((key) => !THREAD_HEADERS.includes(key))).toEqual(MAIL_HEADERS)
    expect([parsed.to].flat().map((some) => some?.text)).toEqual(to)
    expect(parsed.subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]|=\?/u)
    expect(parsed.html).not.toContain('<img src=x')
    expect(parsed.html).toContain('&lt;img src=x')
    expect(parsed.text).toContain('<img src=x')
  }
  expect(relay.arrived.map(({ parsed }) => parsed.subject?.split(':')[0])).toContain('Over')
})
