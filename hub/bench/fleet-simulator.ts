// Owns a fleet that is simulated: agents that speak the real protocol, in processes of their own.
// `node hub/bench/fleet-simulator.ts --hub URL --agents N --data DIR` runs one against a hub until it is stopped.
import { fork, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { systemClock } from '../src/clock.ts'
import { createEnrolments } from '../src/ingest/enrolments.ts'
import { loadHubIdentity } from '../src/ingest/hub-identity.ts'
import { createEnrolmentRecords } from '../src/store/enrolment-records.ts'
import { openStore } from '../src/store/store.ts'
import type { Command, Report } from './fleet-simulator-process.ts'
import type { SimulatedIdentity } from './simulated-agent.ts'

export interface FleetOptions {
  readonly hub: string
  readonly processes?: number
  /** Over how much of each second the agents' ticks are spread. */
  readonly spreadMs?: number
  readonly backlogTicks?: number
}

const AT_ONCE = 500

/** Has processes; {@link SimulatedFleet.close} ends them. */
export class SimulatedFleet {
  readonly #options: FleetOptions
  readonly #children: readonly ChildProcess[]
  #agents = 0

  constructor(options: FleetOptions) {
    this.#options = options
    const file = join(import.meta.dirname, 'fleet-simulator-process.ts')
    const count = options.processes ?? 2
    this.#children = Array.from({ length: count }, () => fork(file, { execArgv: [] }))
  }

  get pids(): number[] {
    return this.#children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  }

  /** Starts more agents, as many in each process. */
  add(identities: readonly SimulatedIdentity[]): void {
    const { hub, spreadMs = 1000, backlogTicks = 0 } = this.#options
    const share = Math.ceil(identities.length / this.#children.length)
    for (const [index, child] of this.#children.entries()) {
      child.send({
        do: 'join',
        hub,
        identities: identities.slice(index * share, (index + 1) * share),
        firstNumber: this.#agents + index * share,
        spreadMs,
        backlogTicks,
      } satisfies Command)
    }
    this.#agents += identities.length
  }

  flood(isOn: boolean): void {
    for (const child of this.#children) child.send({ do: 'flood', isOn } satisfies Command)
  }

  /** What all processes have counted since the last report. */
  async report(): Promise<Report> {
    const reports = await Promise.all(
      this.#children.map(async (child) => {
        const answer = once(child, 'message') as Promise<[Report]>
        child.send({ do: 'report' } satisfies Command)
        return (await answer)[0]
      }),
    )
    return reports.reduce(sumOf)
  }

  /** Resolves when every agent is welcome, with all that was counted on the way. */
  async allWelcome(): Promise<Report> {
    let total = await this.report()
    while (total.welcome < this.#agents) {
      await wait(100)
      const { agents, welcome, ...since } = await this.report()
      total = { ...sumOf(total, { agents, welcome, ...since }), agents, welcome }
    }
    return total
  }

  close(): void {
    for (const child of this.#children) if (child.connected) child.disconnect()
  }
}

/** The latency that a share of the frames did not exceed, in ms. */
export function latencyAt(share: number, { latencies }: Report): number {
  const total = latencies.reduce((sum, count) => sum + count, 0)
  let passed = 0
  return latencies.findIndex((count) => (passed += count) >= total * share)
}

function sumOf(one: Report, other: Report): Report {
  const longest = Math.max(one.latencies.length, other.latencies.length)
  const ended = { ...one.ended }
  for (const [close, count] of Object.entries(other.ended))
    ended[close] = (ended[close] ?? 0) + count
  return {
    agents: one.agents + other.agents,
    welcome: one.welcome + other.welcome,
    ticksAcknowledged: one.ticksAcknowledged + other.ticksAcknowledged,
    latencies: Array.from(
      { length: longest },
      (_, ms) => (one.latencies[ms] ?? 0) + (other.latencies[ms] ?? 0),
    ),
    ended,
  }
}

/** Makes agents that the hub will know, in a data directory that no hub runs on. */
export async function enrolled(dataDir: string, count: number): Promise<SimulatedIdentity[]> {
  const identities = newIdentities(count)
  const store = await openStore({ dataDir })
  try {
    for (let first = 0; first < count; first += AT_ONCE) {
      const some = identities.slice(first, first + AT_ONCE)
      const facts = { created_ms: Date.now(), agent_version: '0.1.0', interval_ms: 1000 }
      await store.db
        .insertInto('host')
        .values(
          some.map(({ publicKey }, index) => ({
            name: `sim-${first + index}`,
            public_key: publicKey,
            ...facts,
          })),
        )
        .execute()
    }
  } finally {
    await store.close()
  }
  return identities
}

/** Makes agents that hold an invitation each; the hub may run. Joining waits for its disk, once for each. */
export async function invited(dataDir: string, count: number): Promise<SimulatedIdentity[]> {
  const tokens = await invite(dataDir, count)
  return newIdentities(count).map((identity, index) => ({
    ...identity,
    token: tokens[index] ?? '',
  }))
}

function newIdentities(count: number): SimulatedIdentity[] {
  return Array.from({ length: count }, () => {
    const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
    return { publicKey: jwk.x ?? '', jwk }
  })
}

// Many in one transaction: each alone would wait for the disk.
async function invite(dataDir: string, count: number): Promise<string[]> {
  const store = await openStore({ dataDir })
  try {
    const { fingerprint } = await loadHubIdentity(dataDir)
    const tokens: string[] = []
    while (tokens.length < count) {
      await store.db.transaction().execute(async (transaction) => {
        const enrolments = createEnrolments({
          keeper: createEnrolmentRecords(transaction),
          hubFingerprint: fingerprint,
          clock: systemClock,
        })
        const wanted = Math.min(AT_ONCE, count - tokens.length)
        for (let made = 0; made < wanted; made++) tokens.push((await enrolments.create({})).token)
      })
    }
    return tokens
  } finally {
    await store.close()
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      hub: { type: 'string', default: 'http://127.0.0.1:4280' },
      data: { type: 'string', default: 'data' },
      agents: { type: 'string', default: '100' },
      processes: { type: 'string', default: '2' },
      spread: { type: 'string', default: '1000' },
      backlog: { type: 'string', default: '0' },
    },
  })
  const fleet = new SimulatedFleet({
    hub: values.hub,
    processes: Number(values.processes),
    spreadMs: Number(values.spread),
    backlogTicks: Number(values.backlog),
  })
  fleet.add(await invited(values.data, Number(values.agents)))
  for (;;) {
    await wait(5000)
    const report = await fleet.report()
    const { agents, welcome, ticksAcknowledged, ended } = report
    const p50Ms = latencyAt(0.5, report)
    const p99Ms = latencyAt(0.99, report)
    console.log(JSON.stringify({ agents, welcome, ticksAcknowledged, p50Ms, p99Ms, ended }))
  }
}

if (import.meta.main) await main()
