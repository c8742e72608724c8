// Crises of a whole hub against relays that are down, slow, forgetful or wrong (docs/alerts.md, M1 to M5): who is to hear
// hears once, and the ledger has every word.
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailDetail } from '@vigie/shared/api/mail'
import { expect, it, vi } from 'vitest'
import { BUSY, CALM } from './busy-rule.ts'
import { RELAY_AUTHORITY, TestRelay } from './mail-relay.ts'
import { RETRY_SCHEDULE } from '../src/mail/retry-schedule.ts'
import {
  FAST_SENDER,
  joined,
  ledgerOf,
  NIGHT,
  OPS,
  startMailingApp,
  untilLedger,
} from './mailing-app.ts'
import { tempDirectory } from './test-hub.ts'

vi.setConfig({ testTimeout: 60_000 })

const isDelivered = ({ state }: MailDetail): boolean => state === 'delivered'
const told = ({ recipient, kind }: MailDetail): string => `${recipient} ${kind}`
const toOps = ({ recipient }: MailDetail): boolean => recipient === OPS
const triesOf = (mail: MailDetail | undefined): string[] =>
  (mail?.tries ?? []).map(({ relay, outcome, code }) => `${relay} ${outcome} ${code}`)

it('M1 a relay that was down gets all that has waited, in order, once', async () => {
  const gone = await TestRelay.start()
  const url = gone.url()
  await gone.close()
  // After its second try a mail waits for longer than the test does.
  const waitsMs = [50, ...RETRY_SCHEDULE.waitsMs.slice(1).map(() => 600_000)]
  const sender = { ...FAST_SENDER, schedule: { ...RETRY_SCHEDULE, waitsMs } }
  const hub = await startMailingApp({ smtpUrl: url, limits: { sender } })
  const agent = await joined(hub)
  agent.measures(BUSY)
  await untilLedger(hub, (ledger) => ledger.length === 2 && ledger.every((one) => one.attempts > 1))
  agent.measures(CALM)
  await untilLedger(hub, (ledger) => ledger.length === 4 && ledger.every((one) => one.attempts > 1))
  const relay = await TestRelay.start({ port: Number(url.port) })
  // A mail that is new finds that the relay is back.
  agent.measures(BUSY)
  const ledger = await untilLedger(hub, (all) => all.length === 6 && all.every(isDelivered))
  const [opened, resolved, next] = ledger.filter(toOps)
  expect(triesOf(opened)[0]).toBe('primary deferred null')
  expect(opened?.tries[0]?.answer).toContain('ECONNREFUSED')
  expect(triesOf(opened).at(-1)).toBe('primary delivered 250')
  const arrived = relay.arrived.map(({ to, parsed }) => `${to.join()} ${parsed.messageId}`)
  expect(arrived).toHaveLength(6)
  expect(arrived.filter((one) => one.startsWith(OPS))).toEqual(
    [next, opened, resolved].map((mail) => `${OPS} ${mail?.messageId}`),
  )
})

it('M1 a relay that puts off whom it does not know is asked again', async () => {
  const relay = await TestRelay.start({ mood: 'greylisting' })
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  const agent = await joined(hub)
  agent.measures(BUSY)
  const ledger = await untilLedger(hub, (mails) => mails.length === 2 && mails.every(isDelivered))
  for (const mail of ledger) {
    expect(triesOf(mail)).toEqual(['primary deferred 451', 'primary delivered 250'])
    expect(mail.tries[0]?.answer).toContain('4.7.1 greylisted, come again')
  }
  expect(relay.arrived).toHaveLength(2)
})

it('M2 M5 a recipient that is refused is in the ledger and on the page, and the other one hears', async () => {
  const relay = await TestRelay.start()
  relay.moodsFor.set(NIGHT, 'refusingRecipient')
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  const agent = await joined(hub)
  agent.measures(BUSY)
  const ledger = await untilLedger(
    hub,
    (mails) => mails.length === 2 && mails.every(({ state }) => state !== 'waiting'),
  )
  const states = new Map(ledger.map(({ recipient, state }) => [recipient, state]))
  expect(states).toEqual(
    new Map([
      [OPS, 'delivered'],
      [NIGHT, 'refused'],
    ]),
  )
  expect(triesOf(ledger.find((mail) => !toOps(mail)))).toEqual(['primary refused 550'])
  await vi.waitUntil(() => hub.state.problems().some(({ kind }) => kind === 'mail-failing'))
  expect(hub.state.problems()).toMatchObject([
    { detail: expect.stringContaining('550 5.1.1 no such user here') as string },
  ])
  expect(relay.taken.map(({ to }) => to.join())).toEqual([OPS])
})

it('a relay that leaves one recipient hanging holds up nobody else', async () => {
  const relay = await TestRelay.start()
  relay.moodsFor.set(OPS, 'silentAtRecipient')
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  const agent = await joined(hub)
  agent.measures(BUSY)
  await untilLedger(hub, (ledger) => ledger.some(isDelivered))
  agent.measures(CALM)
  const ledger = await untilLedger(hub, (mails) => mails.filter(isDelivered).length === 2)
  expect(ledger.filter(isDelivered).map(told)).toEqual([`${NIGHT} opened`, `${NIGHT} resolved`])
})

it('M4 a mail whose answer was lost is sent again, the same to the byte', async () => {
  const relay = await TestRelay.start({ mood: 'droppingAfterData' })
  const hub = await startMailingApp({ smtpUrl: relay.url() })
  const agent = await joined(hub)
  agent.measures(BUSY)
  const hasCome = (whom: string): boolean => relay.arrived.some(({ to }) => to.includes(whom))
  while (!hasCome(OPS) || !hasCome(NIGHT)) await once(relay, 'arrived')
  relay.mood = 'accepting'
  const ledger = await untilLedger(hub, (mails) => mails.every(isDelivered))
  expect(ledger.find(toOps)?.tries[0]?.answer).toContain('may have arrived')
  for (const { recipient, messageId } of ledger) {
    const own = relay.arrived.filter(({ to }) => to.includes(recipient))
    expect(own.length).toBeGreaterThan(1)
    expect(new Set(own.map(({ raw }) => raw.toString('latin1')))).toHaveProperty('size', 1)
    expect(own[0]?.parsed.messageId).toBe(messageId)
    expect(own.filter(({ isTaken }) => isTaken)).toHaveLength(1)
  }
})

it('M2 a certificate that nobody vouches for sends nothing; it goes once somebody does', async () => {
  const relay = await TestRelay.start({ security: 'starttls' })
  const dataDirectory = await tempDirectory()
  const settings = { dataDirectory, smtpUrl: relay.url('localhost'), smtpTls: 'required' } as const
  const hub = await startMailingApp(settings)
  const agent = await joined(hub)
  agent.measures(BUSY)
  const ledger = await untilLedger(hub, (mails) => mails.some(({ attempts }) => attempts > 0))
  expect(ledger.find(({ attempts }) => attempts > 0)?.tries[0]).toMatchObject({
    outcome: 'deferred',
    answer: expect.stringMatching(/certificate/) as string,
  })
  expect(relay.arrived).toEqual([])
  await hub.close()
  const smtpCaFile = join(dataDirectory, 'authority.pem')
  await writeFile(smtpCaFile, RELAY_AUTHORITY)
  const next = await startMailingApp({ ...settings, smtpCaFile })
  await untilLedger(next, (mails) => mails.length === 2 && mails.every(isDelivered))
  expect(relay.taken.map(({ isOverTls }) => isOverTls)).toEqual([true, true])
})

it('M2 a password that is wrong is a fault of nobody’s mail', async () => {
  const login = { user: 'vigie', password: 'right: 100 %' }
  const relay = await TestRelay.start({ login })
  const dataDirectory = await tempDirectory()
  const wrong = relay.url()
  wrong.password = 'wrong'
  const hub = await startMailingApp({ dataDirectory, smtpUrl: wrong })
  const agent = await joined(hub)
  agent.measures(BUSY)
  const [first] = await untilLedger(hub, (mails) => mails.some(({ attempts }) => attempts > 0))
  expect(triesOf(first)[0]).toBe('primary deferred 535')
  await hub.close()
  const next = await startMailingApp({ dataDirectory, smtpUrl: relay.url() })
  await untilLedger(next, (mails) => mails.length === 2 && mails.every(isDelivered))
  expect(relay.arrived).toHaveLength(2)
})

it('M3 what the first relay does not take goes to the other one at once', async () => {
  const first = await TestRelay.start({ mood: 'busy' })
  const second = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: first.url(), smtpFallbackUrl: second.url() })
  const agent = await joined(hub)
  agent.measures(BUSY)
  await second.takes(2)
  await untilLedger(hub, (mails) => mails.every(isDelivered))
  for (const mail of await ledgerOf(hub)) {
    expect(triesOf(mail)).toEqual(['primary deferred 451', 'fallback delivered 250'])
  }
  expect(first.arrived).toEqual([])
})
