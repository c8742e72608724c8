// Measures the hub under a fleet that ticks every second while a browser watches: what it costs, how long an
// acknowledgement takes, how a whole fleet comes back after a restart, how many agents it takes, and how many values at
// most. The fleet runs on the same machine, so that what is told of many agents is told of the two together.
import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { forkHub } from '../test/hub-process.ts'
import { enrolled, latencyAt, SimulatedFleet } from './fleet-simulator.ts'
import { loopDelayMs, usage, viewerToken } from './hub-figures.ts'
import { print } from './print.ts'

const AGENTS = [2000, 4000, 6000, 8000, 10_000]
const GOAL_AGENTS = 4000
const GOAL_MS = 20_000
const STEP_MS = 8000
const SETTLE_MS = 5000
const FLOODING_AGENTS = 200
const FLOOD_MS = 8000
const SERIES = 70
/** Beyond this the hub only falls behind further. */
const OVERLOADED_P99_MS = 2000
const FIGURES = 50

const data = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
const token = await viewerToken(data)
const most = Math.min(...AGENTS.slice(-1), (await openFilesLimit()) - 1000)
const identities = await enrolled(data, most)
let hub = await forkHub(data)
const listen = new URL(hub.address).host
const fleet = new SimulatedFleet({ hub: hub.address })
try {
  for (const agents of AGENTS) {
    if (agents > most) {
      process.stderr.write(`no ${agents} agents: raise the limit of open files (ulimit -Hn)\n`)
      break
    }
    const startedMs = performance.now()
    const before = (await fleet.report()).agents
    fleet.add(identities.slice(before, agents))
    await fleet.allWelcome()
    const joinedS = (performance.now() - startedMs) / 1000
    if (await measureStep(agents, joinedS)) break
    if (agents === GOAL_AGENTS) await measureRestart()
  }
  fleet.close()
  await measureFlood()
} finally {
  fleet.close()
  await hub.stop()
  await rm(data, { recursive: true, force: true })
}

/** Returns whether the hub was overloaded. */
async function measureStep(agents: number, joinedS: number): Promise<boolean> {
  const browser = watch()
  await wait(SETTLE_MS)
  await fleet.report()
  await loopDelayMs(hub, token)
  const before = await usage(hub)
  const startedMs = performance.now()
  await wait(agents === GOAL_AGENTS ? GOAL_MS : STEP_MS)
  const seconds = (performance.now() - startedMs) / 1000
  const report = await fleet.report()
  const after = await usage(hub)
  const note = `${agents} agents of ${SERIES} values a second, ${FIGURES} figures and a host in a browser`
  const figure = { better: 'lower', note } as const
  const p99Ms = latencyAt(0.99, report)
  const name = (of: string): string => `hub.${of}_${agents}_agents`
  print({
    name: name('cpu_ratio'),
    value: (after.cpuS - before.cpuS) / seconds,
    unit: '1',
    ...figure,
  })
  print({ name: name('ack_p50_ms'), value: latencyAt(0.5, report), unit: 'ms', ...figure })
  print({ name: name('ack_p99_ms'), value: p99Ms, unit: 'ms', ...figure })
  const delayMs = await loopDelayMs(hub, token)
  print({
    name: name('loop_p99_ms'),
    value: delayMs,
    unit: 'ms',
    better: 'lower',
    note: `${note}; about 10 ms of it are the resolution`,
  })
  if (agents === GOAL_AGENTS) {
    const writtenBytes = (after.writtenBytes - before.writtenBytes) / seconds
    print({ name: name('written_bytes_per_s'), value: writtenBytes, unit: 'By/s', ...figure })
    print({ name: name('rss'), value: after.rssBytes, unit: 'By', ...figure })
  }
  process.stderr.write(`${agents} agents: welcome after ${joinedS.toFixed(1)} s\n`)
  browser.terminate()
  return p99Ms > OVERLOADED_P99_MS
}

/** A clean stop and a start: the whole fleet comes back, with what it has kept. */
async function measureRestart(): Promise<void> {
  await hub.stop()
  hub = await forkHub(data, listen)
  await loopDelayMs(hub, token)
  const startedMs = performance.now()
  await fleet.allWelcome()
  const note = `${GOAL_AGENTS} agents come back to a hub that was started anew, each at a random moment (rule T10)`
  const value = (performance.now() - startedMs) / 1000
  print({ name: 'hub.return_of_fleet_s', value, unit: 's', better: 'lower', note })
  const delayMs = await loopDelayMs(hub, token)
  print({
    name: 'hub.return_of_fleet_loop_p99_ms',
    value: delayMs,
    unit: 'ms',
    better: 'lower',
    note,
  })
}

async function measureFlood(): Promise<void> {
  const flood = new SimulatedFleet({ hub: hub.address })
  try {
    flood.add(identities.slice(0, FLOODING_AGENTS))
    await flood.allWelcome()
    flood.flood(true)
    await wait(SETTLE_MS)
    await flood.report()
    const startedMs = performance.now()
    await wait(FLOOD_MS)
    const { ticksAcknowledged } = await flood.report()
    print({
      name: 'hub.ingest_values_per_s',
      value: (ticksAcknowledged * SERIES * 1000) / (performance.now() - startedMs),
      unit: '{value}/s',
      better: 'higher',
      note: `${FLOODING_AGENTS} agents that send minutes of backlog as fast as they are acknowledged`,
    })
  } finally {
    flood.close()
  }
}

/** A page with a list of hosts in sight and one host open. */
function watch(): WebSocket {
  const socket = new WebSocket(`${hub.address.replace(/^http/, 'ws')}/live`, ['vigie.live.1'], {
    headers: { authorization: `Bearer ${token}` },
  })
  const figures = Array.from({ length: FIGURES }, (_, index) => index + 1)
  socket.on('open', () => {
    socket.send(JSON.stringify({ type: 'subscribe', hosts: [1], figures }))
  })
  return socket
}

/** Node takes all that the hard limit allows by itself. */
async function openFilesLimit(): Promise<number> {
  const limits = await readFile('/proc/self/limits', 'utf8')
  return Number(/^Max open files\s+\S+\s+(\d+)/m.exec(limits)?.[1] ?? Infinity)
}
