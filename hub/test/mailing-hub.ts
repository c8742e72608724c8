// A hub process that mails two people what goes wrong with its hosts, over a relay that a test holds in its hand.
import { onTestFinished, vi } from 'vitest'
import { createApiTokens } from '../src/auth/api-tokens.ts'
import { systemClock } from '../src/clock.ts'
import { openStore } from '../src/store/store.ts'
import { busyRule } from './busy-rule.ts'
import { forkHub, type HubProcess } from './hub-process.ts'
import { TestRelay, type ArrivedMail } from './mail-relay.ts'
import { OutboxFile } from './outbox-file.ts'
import { SteadyAgent } from './steady-agent.ts'
import { tempDirectory } from './test-hub.ts'

export const RECIPIENTS = ['ops@example.org', 'night@example.org']
const HASTY_HUB = [`${import.meta.dirname}/hasty-hub.ts`]

/** As little as a host that ticks every second may have. */
const DOWN = { type: 'down', graceMs: 3000, stoppedGraceMs: null } as const

export interface MailingHubOptions {
  readonly hosts: number
  /** Ids of hosts that are missed when they are silent, from 1. */
  readonly missed: readonly number[]
}

export class MailingHub {
  readonly dataDirectory: string
  readonly agents: readonly SteadyAgent[]
  readonly file: OutboxFile
  readonly #token: string
  readonly #relays: TestRelay[] = []
  #relay: TestRelay
  #hub: HubProcess | undefined

  private constructor(
    dataDirectory: string,
    parts: { agents: readonly SteadyAgent[]; token: string; relay: TestRelay },
  ) {
    this.dataDirectory = dataDirectory
    this.agents = parts.agents
    this.file = new OutboxFile(dataDirectory)
    this.#token = parts.token
    this.#relay = parts.relay
    this.#relays.push(parts.relay)
    onTestFinished(() => this.kill())
  }

  static async start({ hosts, missed }: MailingHubOptions): Promise<MailingHub> {
    const dataDirectory = await tempDirectory()
    const agents = Array.from({ length: hosts }, (_, index) => new SteadyAgent(`web-${index + 1}`))
    const token = await prepare(dataDirectory, agents, missed)
    const relay = await TestRelay.start()
    const hub = new MailingHub(dataDirectory, { agents, token, relay })
    await hub.start()
    return hub
  }

  get relay(): TestRelay {
    return this.#relay
  }

  /** Mails whose content came whole, in that order. */
  get arrived(): ArrivedMail[] {
    return this.#relays.flatMap(({ arrived }) => arrived)
  }

  /** While the hub does not run: one that takes everything, and knows nothing of what the one before has heard. */
  async renewRelay(): Promise<void> {
    await this.#relay.close()
    this.#relay = await TestRelay.start()
    this.#relays.push(this.#relay)
  }

  get address(): string {
    if (!this.#hub) throw new Error('the hub does not run')
    return this.#hub.address
  }

  async start(): Promise<void> {
    const environment = {
      VIGIE_SMTP_URL: this.#relay.url().href,
      VIGIE_MAIL_FROM: 'vigie@hub.example',
      VIGIE_MAIL_TO: RECIPIENTS.join(','),
      VIGIE_MAIL_LANGUAGE: 'en',
      VIGIE_MAIL_PER_HOUR: '1000',
      // Of a database that is locked on purpose.
      VIGIE_LOG_LEVEL: 'fatal',
    }
    this.#hub = await forkHub(this.dataDirectory, '127.0.0.1:0', environment, { entry: HASTY_HUB })
    // From here on the token is looked up, and nothing is written for it.
    await this.figure('vigie_incident_transitions_total{to="firing"}')
  }

  async kill(): Promise<void> {
    await this.#hub?.kill()
    this.#hub = undefined
  }

  /** One of the hub's own figures; 0 while it has none of that name. */
  async figure(name: string): Promise<number> {
    const headers = { authorization: `Bearer ${this.#token}` }
    const answer = await fetch(`${this.address}/metrics`, { headers })
    if (!answer.ok) throw new Error(`/metrics: ${answer.status}`)
    const line = (await answer.text()).split('\n').find((each) => each.startsWith(`${name} `))
    return Number(line?.slice(name.length) ?? 0)
  }

  async untilFigure(name: string, least: number): Promise<void> {
    await vi.waitUntil(async () => (await this.figure(name)) >= least, {
      timeout: 60_000,
      interval: 20,
    })
  }
}

/** Hosts that have joined, two rules, and a token that may look; resolves with the token. */
async function prepare(
  dataDir: string,
  agents: readonly SteadyAgent[],
  missed: readonly number[],
): Promise<string> {
  const store = await openStore({ dataDir })
  try {
    const nowMs = systemClock.nowMs()
    const facts = { created_ms: nowMs, agent_version: '0.1.0', interval_ms: 1000 }
    const rows = agents.map(({ name, keys: { publicKey } }) => {
      return { name, public_key: publicKey, boot_id: 'boot-1', ...facts }
    })
    await store.db.insertInto('host').values(rows).execute()
    await store.rules.create(busyRule, nowMs)
    if (missed.length > 0) {
      const scope = { type: 'hosts' as const, hostIds: [...missed] }
      await store.rules.create({ ...busyRule, name: 'Down', condition: DOWN, scope }, nowMs)
    }
    const wanted = { name: 'test', role: 'viewer' as const }
    return (await createApiTokens(store.db, systemClock).create(wanted)).token
  } finally {
    await store.close()
  }
}
