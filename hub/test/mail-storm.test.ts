// Many incidents at once, and incidents that are not to be mailed: few mails that leave out nobody (docs/alerts.md, A8, C1
// to C3, D4 and L3).
import { expect, it, vi } from 'vitest'
import { enrolled } from '../bench/fleet-simulator.ts'
import { BUSY, busyRule, CALM } from './busy-rule.ts'
import { ticksOf } from './driven-alerts.ts'
import { TestRelay } from './mail-relay.ts'
import { joined, OPS, startMailingApp, untilLedger } from './mailing-app.ts'
import { SkippingClock } from './skipping-clock.ts'
import type { SteadyAgent } from './steady-agent.ts'
import { tempDirectory, type TestHub } from './test-hub.ts'

vi.setConfig({ testTimeout: 120_000 })

const HOSTS = 1000
const AT_ONCE = 100
const MOST_MAILS = 3
const HOUR_MS = 3_600_000
const downRule = {
  ...busyRule,
  name: 'Down',
  condition: { type: 'down', graceMs: 10_000, stoppedGraceMs: null },
} as const

const textsTo = ({ taken }: TestRelay, address: string): string[] =>
  taken.filter(({ to }) => to.includes(address)).map(({ parsed }) => parsed.text ?? '')
const namesIn = (texts: readonly string[], pattern: RegExp): Set<string> =>
  new Set(texts.flatMap((text) => text.match(pattern) ?? []))
const mailsTo = (relay: TestRelay, address: string, count: number): Promise<unknown> =>
  vi.waitUntil(() => textsTo(relay, address).length >= count, { timeout: 60_000, interval: 20 })

/** Each with why it was withheld, in the order in which they were written. */
async function noticesOf({ store }: TestHub): Promise<{ kind: string; withheld: string | null }[]> {
  return store.db.selectFrom('notice').select(['kind', 'withheld']).orderBy('id').execute()
}

it('C1 a thousand incidents are three mails at most that name every host, and so are their ends', async () => {
  const dataDirectory = await tempDirectory()
  await enrolled(dataDirectory, HOSTS)
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ dataDirectory, smtpUrl: relay.url() })
  const { alerts } = hub.alerting
  const measure = async (cpuRatio: number): Promise<void> => {
    for (let id = 1; id <= HOSTS; id++) {
      alerts.ticked(id, ticksOf(Date.now(), { 'system.cpu.utilization': [cpuRatio] }))
      // Some are committed before others are known.
      if (id % AT_ONCE === 0) await alerts.flush()
    }
  }
  for (const cpuRatio of [BUSY, CALM]) {
    const before = textsTo(relay, OPS).length
    await measure(cpuRatio)
    const told = (): string[] => textsTo(relay, OPS).slice(before)
    await vi.waitUntil(() => namesIn(told(), /sim-\d+/g).size === HOSTS, { timeout: 60_000 })
    expect(told().length).toBeLessThanOrEqual(MOST_MAILS)
  }
  const ledger = await untilLedger(hub, (mails) => mails.every(({ state }) => state !== 'waiting'))
  expect(ledger.length).toBeLessThanOrEqual(2 * 2 * MOST_MAILS)
})

async function fleetOf(hub: TestHub, clock: SkippingClock, count: number): Promise<SteadyAgent[]> {
  const agents: SteadyAgent[] = []
  for (let index = 1; index <= count; index++) {
    agents.push(await joined(hub, `web-${String(index).padStart(2, '0')}`, clock))
  }
  return agents
}

it('D4 most of a fleet that vanishes together is one mail, and so is its return', async () => {
  const clock = new SkippingClock()
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: relay.url(), clock })
  await hub.alerting.alerts.createRule(downRule)
  const agents = await fleetOf(hub, clock, 25)
  const lost = agents.slice(0, 20)
  for (const agent of lost) agent.vanish()
  await mailsTo(relay, OPS, 1)
  expect(namesIn(textsTo(relay, OPS), /web-\d+/g)).toEqual(new Set(lost.map(({ name }) => name)))
  for (const agent of lost) await agent.connect(hub.address)
  await mailsTo(relay, OPS, 2)
  const ledger = await untilLedger(hub, (mails) =>
    mails.every(({ state }) => state === 'delivered'),
  )
  expect(ledger.filter(({ recipient }) => recipient === OPS).map(({ kind }) => kind)).toEqual([
    'opened',
    'resolved',
  ])
  expect(hub.alerting.alerts.open()).toEqual([])
  const folded = (await noticesOf(hub)).filter(({ withheld }) => withheld === 'folded')
  expect(folded).toHaveLength(lost.length * 2 * 2)
})

it('C3 D4 who does not come back with the rest is mailed', async () => {
  const clock = new SkippingClock()
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: relay.url(), clock })
  await hub.alerting.alerts.createRule(downRule)
  const agents = await fleetOf(hub, clock, 8)
  const [stays, ...lost] = agents.slice(0, 6)
  for (const agent of agents.slice(0, 6)) agent.vanish()
  await mailsTo(relay, OPS, 1)
  for (const agent of lost) await agent.connect(hub.address)
  await vi.waitUntil(() => hub.alerting.alerts.open().length === 2, { timeout: 30_000 })
  clock.skip(10 * 60_000)
  await mailsTo(relay, OPS, 2)
  const [, after = ''] = textsTo(relay, OPS)
  expect(after).toContain(`${stays?.name} is down`)
  await stays?.connect(hub.address)
  await mailsTo(relay, OPS, 3)
  expect(hub.alerting.alerts.open()).toEqual([])
})

it('C2 what a silence covers is mailed at its end, when it is still wrong', async () => {
  const clock = new SkippingClock()
  const relay = await TestRelay.start()
  const hub = await startMailingApp({ smtpUrl: relay.url(), clock })
  const [stays, passes, other] = await fleetOf(hub, clock, 3)
  const { alerts } = hub.alerting
  const startsMs = clock.nowMs()
  const match = { scope: { type: 'hosts' as const, hostIds: [1, 2] }, ruleIds: [], comment: '' }
  await alerts.silencing.silence({ ...match, startsMs, endsMs: startsMs + HOUR_MS }, 'ada')
  stays?.measures(BUSY)
  passes?.measures(BUSY)
  await vi.waitUntil(() => alerts.open().length === 2)
  passes?.measures(CALM)
  await vi.waitUntil(() => alerts.open().length === 1)
  // Mailed after them, if they were mailed.
  other?.measures(BUSY)
  await mailsTo(relay, OPS, 1)
  expect(namesIn(textsTo(relay, OPS), /web-\d+/g)).toEqual(new Set(['web-03']))
  clock.skip(HOUR_MS)
  await mailsTo(relay, OPS, 2)
  expect(namesIn(textsTo(relay, OPS).slice(1), /web-\d+/g)).toEqual(new Set(['web-01']))
  expect((await noticesOf(hub)).filter(({ withheld }) => withheld !== null)).toEqual(
    ['opened', 'opened', 'resolved', 'resolved'].map((kind) => ({ kind, withheld: 'silenced' })),
  )
})

it('A8 a hub that starts with open incidents mails nothing of them', async () => {
  const dataDirectory = await tempDirectory()
  const relay = await TestRelay.start()
  const settings = { dataDirectory, smtpUrl: relay.url() }
  const hub = await startMailingApp(settings)
  const agent = await joined(hub)
  const other = await joined(hub, 'web-2')
  agent.measures(BUSY)
  await untilLedger(hub, (mails) => mails.length === 2 && mails.every((one) => one.attempts > 0))
  await hub.close()
  const next = await startMailingApp(settings)
  await agent.connect(next.address)
  await other.connect(next.address)
  await agent.acknowledged()
  other.measures(BUSY)
  await mailsTo(relay, OPS, 2)
  expect(textsTo(relay, OPS).map((text) => [...namesIn([text], /web-\d/g)])).toEqual([
    ['web-1'],
    ['web-2'],
  ])
})

it('L3 what began and ended while the hub was away is one mail about the past', async () => {
  const clock = new SkippingClock()
  const dataDirectory = await tempDirectory()
  const relay = await TestRelay.start()
  const settings = { dataDirectory, smtpUrl: relay.url(), clock }
  const hub = await startMailingApp(settings)
  await hub.alerting.alerts.createRule(downRule)
  const agents = await fleetOf(hub, clock, 3)
  await hub.close()
  for (const agent of agents.slice(0, 2)) {
    agent.measures(BUSY)
    agent.measures(CALM)
  }
  clock.skip(5 * 60_000)
  const next = await startMailingApp(settings)
  for (const agent of agents) await agent.connect(next.address)
  for (const agent of agents) await agent.acknowledged()
  // For so long a backlog may pause.
  clock.skip(16_000)
  await mailsTo(relay, OPS, 1)
  const ledger = await untilLedger(next, (mails) =>
    mails.every(({ state }) => state === 'delivered'),
  )
  expect(ledger.map(({ kind }) => kind)).toEqual(['late', 'late'])
  expect(namesIn(textsTo(relay, OPS), /web-\d+/g)).toEqual(new Set(['web-01', 'web-02']))
  expect(next.alerting.alerts.open()).toEqual([])
})
