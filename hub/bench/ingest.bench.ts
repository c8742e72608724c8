// Measures the hub as a process of its own under 200 agents of this process: how long an acknowledgement takes and what
// the hub costs at one tick a second each, and how many values it takes when the agents send all they can.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBlock } from '@vigie/shared/codec/block'
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import { forkHub, invite, type HubProcess } from '../test/hub-process.ts'
import { TestAgent } from '../test/test-agent.ts'
import { print } from './print.ts'

const AGENTS = 200
const SERIES = 70
const PACED_MS = 10_000
const FLOOD_MS = 6000
/** Ticks that an agent has under way at once when it sends all it can. */
const WINDOW = 20

const keys = Array.from({ length: SERIES }, (_, index) =>
  seriesKey('system.cpu.utilization', { 'cpu.logical_number': String(index) }),
)
const revision = tableRevision(keys)
const present = new Uint8Array([1])
const values = new Float64Array(SERIES)
const writer = new ByteWriter()
const startMs = Math.floor(Date.now() / 1000) * 1000 - 86_400_000

class BenchAgent {
  readonly agent: TestAgent
  readonly latenciesMs: number[] = []
  #sentAt: number[] = []
  #acknowledged = 0

  constructor(hub: string, token: string) {
    this.agent = new TestAgent({ hub, token })
  }

  async enter(): Promise<void> {
    await this.agent.enter()
    this.agent.say({ type: 'series', revision, keys })
  }

  get underWay(): number {
    return this.agent.framesSent - this.#acknowledged
  }

  get acknowledged(): number {
    return this.#acknowledged
  }

  tick(): void {
    for (let index = 0; index < SERIES; index++) values[index] = Math.floor(Math.random() * 10_000)
    const block = {
      revision,
      startMs: startMs + this.agent.framesSent * 1000,
      stepMs: 1000,
      present,
      values,
    }
    this.#sentAt.push(performance.now())
    this.agent.sendBytes(encodeBlock(block, writer))
  }

  async heard(): Promise<void> {
    await this.agent.acknowledged(this.#acknowledged + 1)
    const nowMs = performance.now()
    for (; this.#acknowledged < this.agent.framesAcknowledged; this.#acknowledged++) {
      this.latenciesMs.push(nowMs - (this.#sentAt[this.#acknowledged] ?? nowMs))
    }
  }
}

async function paced(agents: readonly BenchAgent[]): Promise<number[]> {
  const until = performance.now() + PACED_MS
  await Promise.all(
    agents.map(async (agent, index) => {
      // Spread over the second, as the round trips of a real fleet spread them.
      await wait((index / agents.length) * 1000)
      while (performance.now() < until) {
        const nextMs = performance.now() + 1000
        agent.tick()
        await agent.heard()
        await wait(Math.max(0, nextMs - performance.now()))
      }
    }),
  )
  return agents.flatMap((agent) => agent.latenciesMs).sort((a, b) => a - b)
}

async function flood(agents: readonly BenchAgent[]): Promise<number> {
  const total = (): number => agents.reduce((sum, agent) => sum + agent.acknowledged, 0)
  const before = total()
  const startedMs = performance.now()
  await Promise.all(
    agents.map(async (agent) => {
      while (performance.now() < startedMs + FLOOD_MS) {
        while (agent.underWay < WINDOW) agent.tick()
        await agent.heard()
      }
      while (agent.underWay > 0) await agent.heard()
    }),
  )
  return ((total() - before) * SERIES * 1000) / (performance.now() - startedMs)
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Seconds of CPU that the hub has used (proc_pid_stat(5), utime and stime, in hundredths). */
async function cpuSeconds({ pid }: HubProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const dataDirectory = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
const tokens = await invite(dataDirectory, AGENTS)
const hub = await forkHub(dataDirectory)
try {
  const agents = tokens.map((token) => new BenchAgent(hub.address, token))
  for (const agent of agents) await agent.enter()
  const cpuBefore = await cpuSeconds(hub)
  const latencies = await paced(agents)
  const cpuRatio = (await cpuSeconds(hub)) - cpuBefore
  const p99 = latencies[Math.floor(latencies.length * 0.99)] ?? NaN
  const load = `${AGENTS} agents, ${SERIES} values each a second`
  print({
    name: 'hub.ack_p99_ms',
    value: p99,
    unit: 'ms',
    better: 'lower',
    note: `${load}; commits every 250 ms`,
  })
  print({
    name: 'hub.cpu_ratio',
    value: (cpuRatio * 1000) / PACED_MS,
    unit: '1',
    better: 'lower',
    note: `of one core; ${load}`,
  })
  const rate = await flood(agents)
  const note = `${AGENTS} agents that send all they can, on the machine that runs them too`
  print({
    name: 'hub.ingest_values_per_s',
    value: rate,
    unit: '{value}/s',
    better: 'higher',
    note,
  })
  for (const agent of agents) agent.agent.socket.terminate()
} finally {
  await hub.stop()
  await rm(dataDirectory, { recursive: true, force: true })
}
