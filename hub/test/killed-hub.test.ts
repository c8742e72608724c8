// What the whole design is for: a hub that dies under load has every tick that it acknowledged, each once, and after
// the agents have sent the rest again it has every tick. VIGIE_SOAK=1 kills it more often.
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { decodeBlock } from '@vigie/shared/codec/block'
import { expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE } from '../src/store/store.ts'
import { forkHub, invite } from './hub-process.ts'
import { newKeys, TestAgent, type AgentKeys } from './test-agent.ts'
import { tempDirectory } from './test-hub.ts'

const KILLS = process.env['VIGIE_SOAK'] === '1' ? 20 : 3
const AGENTS = 5
/** Ticks that an agent has under way at once. */
const WINDOW = 100
const START_MS = Math.floor(Date.now() / 1000) * 1000 - 86_400_000

/** An agent that never tires: it keeps what is not acknowledged, and sends it again on the next connection. */
class LoadAgent {
  readonly keys: AgentKeys = newKeys()
  readonly acknowledged = new Set<number>()
  hostId = 0
  made = 0
  #unacknowledged: number[] = []

  /** Makes ticks and sends them, until the hub is gone. */
  async load(hub: string): Promise<void> {
    const { deliver } = await this.#connect(hub)
    for (;;) {
      while (this.#unacknowledged.length < WINDOW) this.#unacknowledged.push(this.made++)
      await deliver()
    }
  }

  /** Delivers what is not acknowledged and `more` new ticks, to the last one. */
  async finish(hub: string, more: number, token?: string): Promise<void> {
    const { agent, deliver } = await this.#connect(hub, token)
    for (let count = 0; count < more; count++) this.#unacknowledged.push(this.made++)
    while (this.#unacknowledged.length > 0) await deliver()
    await agent.close()
  }

  /** `deliver` sends what was not sent on this connection, and waits for the next acknowledgement. */
  async #connect(hub: string, token?: string) {
    const agent = new TestAgent({ hub, keys: this.keys, ...(token !== undefined && { token }) })
    this.hostId = (await agent.enter()).hostId
    const sent: number[] = []
    let frames = 0
    const deliver = async (): Promise<void> => {
      for (const index of this.#unacknowledged.slice(sent.length - frames)) {
        sent.push(index)
        agent.tick(START_MS + index * 1000, [index, 1, 2, 3])
      }
      await agent.acknowledged(frames + 1)
      for (; frames < agent.framesAcknowledged; frames++) {
        this.acknowledged.add(sent[frames] ?? NaN)
        this.#unacknowledged.shift()
      }
    }
    return { agent, deliver }
  }
}

it(
  'a hub killed under load has every acknowledged tick once, and every tick in the end',
  async () => {
    const dataDirectory = await tempDirectory()
    const agents = Array.from({ length: AGENTS }, () => new LoadAgent())
    const tokens = await invite(dataDirectory, AGENTS)

    let hub = await forkHub(dataDirectory)
    onTestFinished(() => hub.kill())
    await Promise.all(agents.map((agent, index) => agent.finish(hub.address, 1, tokens[index])))
    for (let kill = 0; kill < KILLS; kill++) {
      const load = Promise.allSettled(agents.map((agent) => agent.load(hub.address)))
      const before = total(agents)
      // Another moment each time: with few ticks under way, with many, in the middle of a commit.
      const grown = async (): Promise<void> => {
        while (total(agents) < before + 150 + kill * 77) await nextTurn()
      }
      const ended = load.then((outcomes) => {
        throw new Error(`the load ended by itself: ${JSON.stringify(outcomes)}`)
      })
      await Promise.race([grown(), ended])
      await hub.kill()
      await load
      expectStored(dataDirectory, agents, (agent) => agent.acknowledged)
      hub = await forkHub(dataDirectory)
    }
    await Promise.all(agents.map((agent) => agent.finish(hub.address, WINDOW)))
    expect(await hub.stop()).toBe(0)
    expectStored(dataDirectory, agents, (agent) => new Set(Array(agent.made).keys()))
  },
  30_000 + KILLS * 10_000,
)

function total(agents: readonly LoadAgent[]): number {
  return agents.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Reads the file that the hub left, past the hub's own code. */
function expectStored(
  dataDirectory: string,
  agents: readonly LoadAgent[],
  expected: (agent: LoadAgent) => ReadonlySet<number>,
): void {
  const database = new Database(join(dataDirectory, DATABASE_FILE))
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
  for (const agent of agents) {
    const rows = database
      .prepare<[number], { time_ms: number; payload: Buffer }>(
        'select time_ms, payload from tick where host_id = ?',
      )
      .all(agent.hostId)
    const stored = rows.map((row) => {
      const index = (row.time_ms - START_MS) / 1000
      expect(decodeBlock(row.payload).values[0]).toBe(index)
      return index
    })
    const found = new Set(stored)
    expect(found.size).toBe(stored.length)
    expect([...expected(agent)].filter((index) => !found.has(index))).toEqual([])
  }
  database.close()
}
