// Measures how long a crisis takes to be mailed: a hub as people run it, agents on sockets, and a relay that takes
// everything at once. One incident after the other, then a thousand together.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { MetricCondition, Rule, RuleDraft } from '@vigie/shared/api/rule'
import { createApiTokens } from '../src/auth/api-tokens.ts'
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/store.ts'
import { forkHub, type HubProcess } from '../test/hub-process.ts'
import { TestAgent } from '../test/test-agent.ts'
import { enrolled, SimulatedFleet } from './fleet-simulator.ts'
import { MailSink } from './mail-sink.ts'
import { print } from './print.ts'
import type { SimulatedIdentity } from './simulated-agent.ts'

const INCIDENTS = 20
const STORM_HOSTS = 1000
const FOR_MS = 1000
const INTERVAL_MS = 1000
const WARM_UP_MS = 5000
/** What a storm is given to be mailed in. */
const STORM_MS = 60_000
const CALM = 1000
const BUSY = 9500

interface Bench {
  readonly hub: HubProcess
  readonly sink: MailSink
  readonly identities: readonly SimulatedIdentity[]
  readonly writeRule: (condition: Partial<MetricCondition>, id?: number) => Promise<Rule>
}

await withHub(INCIDENTS, measureCrossings)
await withHub(STORM_HOSTS, measureStorm)

/** One at a time; each host stays as it is, and ticks on. */
async function measureCrossings({ hub, sink, identities, writeRule }: Bench): Promise<void> {
  await writeRule({ metric: 'system.cpu.utilization', threshold: 0.9, clearAt: 0.5, forMs: FOR_MS })
  const agents = identities.map(({ publicKey, jwk }) => {
    return new TestAgent({ hub: hub.address, keys: { publicKey, jwk: { ...jwk } } })
  })
  for (const agent of agents) await agent.enter()
  let busy = 0
  let nextMs = Math.ceil(Date.now() / INTERVAL_MS) * INTERVAL_MS
  const timer = setInterval(() => {
    for (; nextMs <= Date.now(); nextMs += INTERVAL_MS) {
      for (const [index, agent] of agents.entries()) {
        agent.tick(nextMs, [index < busy ? BUSY : CALM, 500, 1000, 42])
      }
    }
  }, 10)
  await wait(WARM_UP_MS)
  const tookMs: number[] = []
  for (let incident = 1; incident <= INCIDENTS; incident++) {
    busy = incident
    const dueMs = nextMs + FOR_MS
    await sink.until(({ length }) => length >= incident)
    tookMs.push((sink.mails.at(-1)?.acceptedMs ?? NaN) - dueMs)
  }
  clearInterval(timer)
  for (const agent of agents) agent.socket.terminate()
  tookMs.sort((a, b) => a - b)
  const note = `${INCIDENTS} incidents one at a time: from the end of the rule's ${FOR_MS} ms to the relay's 250, two seconds of gathering (C1) included`
  for (const percent of [50, 99]) {
    const value = tookMs[Math.ceil((percent / 100) * INCIDENTS) - 1] ?? NaN
    const name = `alerts.crossing_to_accepted_p${percent}_ms`
    print({ name, value, unit: 'ms', better: 'lower', note })
  }
}

/** A rule that every host breaks with its next tick, then one that none does. */
async function measureStorm({ hub, sink, identities, writeRule }: Bench): Promise<void> {
  const fleet = new SimulatedFleet({ hub: hub.address })
  try {
    fleet.add(identities)
    await fleet.allWelcome()
    await wait(WARM_UP_MS)
    const watched = { metric: 'system.linux.memory.available' }
    const { id } = await writeRule({ ...watched, threshold: 0, clearAt: 0 })
    const began = await measureTelling(sink)
    await writeRule({ ...watched, threshold: 1e15, clearAt: 1e15 }, id)
    const ended = await measureTelling(sink)
    const note = `${STORM_HOSTS} incidents at once, then their ends: the worse of the two; all hosts named`
    const [mails, seconds] = [Math.max(began.mails, ended.mails), Math.max(began.s, ended.s)]
    const figure = { better: 'lower', note } as const
    print({ name: 'alerts.storm_mails_per_recipient', value: mails, unit: '{mail}', ...figure })
    print({ name: 'alerts.storm_seconds', value: seconds, unit: 's', ...figure })
  } finally {
    fleet.close()
  }
}

/** Until every host is named: how long it takes, and how many mails come within the time that they have. */
async function measureTelling(sink: MailSink): Promise<{ mails: number; s: number }> {
  const startedMs = Date.now()
  const before = sink.mails.length
  await sink.until((mails) => {
    const names = mails.slice(before).flatMap(({ text }) => text.match(/sim-\d+/g) ?? [])
    return new Set(names).size === STORM_HOSTS
  })
  const toldMs = (sink.mails.at(-1)?.acceptedMs ?? NaN) - startedMs
  await wait(Math.max(0, STORM_MS - toldMs))
  return { mails: sink.mails.length - before, s: toldMs / 1000 }
}

async function withHub(hosts: number, measure: (bench: Bench) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
  const sink = await MailSink.start()
  const identities = await enrolled(dataDir, hosts)
  const token = await adminToken(dataDir)
  const hub = await forkHub(dataDir, '127.0.0.1:0', {
    VIGIE_SMTP_URL: sink.url,
    VIGIE_MAIL_FROM: 'vigie@hub.example',
    VIGIE_MAIL_TO: 'ops@example.org',
    VIGIE_MAIL_PER_HOUR: '1000',
  })
  const writeRule = async (condition: Partial<MetricCondition>, id?: number): Promise<Rule> => {
    const answer = await fetch(`${hub.address}/api/v1/rules${id === undefined ? '' : `/${id}`}`, {
      method: id === undefined ? 'POST' : 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(draftOf(condition)),
    })
    if (!answer.ok) throw new Error(`the hub refused the rule: ${await answer.text()}`)
    return (await answer.json()) as Rule
  }
  try {
    await measure({ hub, sink, identities, writeRule })
  } finally {
    await hub.stop()
    await sink.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function adminToken(dataDir: string): Promise<string> {
  const store = await openStore({ dataDir })
  const made = await createApiTokens(store.db, systemClock).create({ name: 'bench', role: 'admin' })
  await store.close()
  return made.token
}

function draftOf(condition: Partial<MetricCondition>): RuleDraft {
  return {
    name: 'Bench',
    isEnabled: true,
    severity: 'crisis',
    condition: {
      type: 'metric',
      metric: '',
      attributes: {},
      statistic: 'last',
      windowMs: 0,
      operator: '>',
      threshold: 0,
      clearAt: 0,
      forMs: 0,
      clearForMs: 0,
      onlyIfChanged: false,
      ...condition,
    },
    scope: { type: 'all' },
    recipients: [],
    remindEveryMs: null,
  }
}
