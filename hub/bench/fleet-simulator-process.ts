// Owns a process full of simulated agents: it ticks them through the second and counts what comes back.
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import { RecordedTicks } from './recorded-ticks.ts'
import { SimulatedAgent, type SimulatedIdentity } from './simulated-agent.ts'

export type Command =
  | {
      readonly do: 'join'
      readonly hub: string
      readonly identities: readonly SimulatedIdentity[]
      /** Number of the first agent, of all processes together. */
      readonly firstNumber: number
      readonly spreadMs: number
      /** Ticks that each agent sends at once when it has joined, as if it had been away. */
      readonly backlogTicks: number
    }
  /** Every agent sends all it can, or one tick a second again. */
  | { readonly do: 'flood'; readonly isOn: boolean }
  | { readonly do: 'report' }

/** Since the last report, apart from `agents` and `welcome`. */
export interface Report {
  readonly agents: number
  readonly welcome: number
  readonly ticksAcknowledged: number
  /** How many frames were acknowledged after 0, 1, 2, ... ms. */
  readonly latencies: readonly number[]
  /** Connections that ended, by the name of their close. */
  readonly ended: Readonly<Record<string, number>>
}

const TURN_MS = 5
const SNAPSHOT_EVERY_S = 10
const AGENTS_PER_ADDRESS = 200
const MAX_LATENCY_MS = 10_000
/** Frames that a flooding agent has under way, and ticks in each. */
const FLOOD = { frames: 4, ticks: 60, fromMs: Date.now() - 5 * 86_400_000 }

const recording = new RecordedTicks()
const agents: SimulatedAgent[] = []
const floodedMs = new Map<SimulatedAgent, number>()
let latencies = new Uint32Array(MAX_LATENCY_MS + 1)
let ended: Record<string, number> = {}
let ticksAcknowledged = 0
let spreadMs = 1000
let isFlooding = false
let secondMs = Math.floor(Date.now() / 1000) * 1000
let ticked = 0

process.on('message', (command: Command) => {
  if (command.do === 'join') join(command)
  else if (command.do === 'flood') isFlooding = command.isOn
  else report()
})
process.on('disconnect', () => process.exit())
setInterval(turn, TURN_MS)

function join(command: Extract<Command, { do: 'join' }>): void {
  spreadMs = command.spreadMs
  for (const [index, identity] of command.identities.entries()) {
    const number = command.firstNumber + index
    const block = Math.floor(number / AGENTS_PER_ADDRESS)
    let isFirst = true
    const agent = new SimulatedAgent({
      hub: command.hub,
      identity,
      name: `sim-${String(number).padStart(5, '0')}`,
      localAddress: `127.0.${1 + Math.floor(block / 250)}.${1 + (block % 250)}`,
      recording,
      shift: number * 7,
      events: {
        welcomed() {
          if (isFirst && command.backlogTicks > 0) {
            agent.backlog(secondMs - command.backlogTicks * 1000, command.backlogTicks)
          }
          isFirst = false
        },
        ended(close) {
          ended[close] = (ended[close] ?? 0) + 1
        },
        acknowledged(latencyMs, ticks) {
          const ms = Math.min(Math.round(latencyMs), MAX_LATENCY_MS)
          latencies[ms] = (latencies[ms] ?? 0) + 1
          ticksAcknowledged += ticks
        },
      },
    })
    agents.push(agent)
  }
}

// Agents tick in the order of their numbers, evenly over the first `spreadMs` of each second.
function turn(): void {
  const nowMs = Date.now()
  if (isFlooding) {
    for (const agent of agents) flood(agent)
    return
  }
  while (nowMs >= secondMs + 1000) {
    tickUpTo(agents.length)
    secondMs += 1000
    ticked = 0
  }
  tickUpTo(Math.floor(agents.length * Math.min(1, (nowMs - secondMs) / spreadMs)))
}

function tickUpTo(count: number): void {
  for (; ticked < count; ticked++) {
    const agent = agents[ticked]
    agent?.tick(secondMs)
    if (agent?.isWelcome && (secondMs / 1000 + ticked) % SNAPSHOT_EVERY_S === 0) {
      agent.say({ type: 'snapshot', snapshot: snapshot(secondMs) })
    }
  }
}

function flood(agent: SimulatedAgent): void {
  if (!agent.isWelcome) return
  while (agent.underWay < FLOOD.frames) {
    const startMs = floodedMs.get(agent) ?? FLOOD.fromMs - (FLOOD.fromMs % 1000)
    agent.backlog(startMs, FLOOD.ticks)
    floodedMs.set(agent, startMs + FLOOD.ticks * 1000)
  }
}

function snapshot(timeMs: number): Snapshot {
  const top = Array.from({ length: 20 }, (_, index) => ({
    pid: 1000 + index,
    name: `worker-${index}`,
    command: `/usr/lib/worker/bin/worker --number ${index} --config /etc/worker/worker.conf`,
    user: 'worker',
    cpuRatio: 0.01 * index,
    memoryBytes: 50_000_000 + index,
    threads: 8,
  }))
  return { timeMs, processes: { total: 200, top }, users: [], failedUnits: [] }
}

function report(): void {
  const sent: Report = {
    agents: agents.length,
    welcome: agents.reduce((count, agent) => count + (agent.isWelcome ? 1 : 0), 0),
    ticksAcknowledged,
    latencies: [...latencies],
    ended,
  }
  process.send?.(sent)
  latencies = new Uint32Array(MAX_LATENCY_MS + 1)
  ended = {}
  ticksAcknowledged = 0
}
