// Measures looking back on 20 hosts with ten days of every second, while all of them tick: what a chart costs the hub in
// CPU time, all of its threads together, how large the hub is then, and how long ticks and the event loop wait for it.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HOUR_MS } from '../src/store/sealing.ts'
import { DATABASE_FILE } from '../src/store/store.ts'
import { forkHub, type HubProcess } from '../test/hub-process.ts'
import { enrolled, latencyAt, SimulatedFleet } from './fleet-simulator.ts'
import { loopDelayMs, usage, viewerToken } from './hub-figures.ts'
import { print } from './print.ts'
import { readRecording } from './recording.ts'
import { makeSealedFleet } from './sealed-fleet.ts'

const HOSTS = 20
const HOURS = 240
const QUERIES = 60
const DAYS_MS = HOURS * HOUR_MS
// Recent enough that the hub forgets nothing of it during the benchmark.
const START_MS = Math.ceil(Date.now() / HOUR_MS - HOURS) * HOUR_MS

const { keys } = readRecording()
const dataDir = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
try {
  const startedMs = performance.now()
  const identities = await enrolled(dataDir, HOSTS)
  await makeSealedFleet({ dataDir, hosts: HOSTS, hours: HOURS, startMs: START_MS })
  process.stderr.write(`made in ${Math.round((performance.now() - startedMs) / 1000)} s\n`)
  const { size } = await stat(join(dataDir, DATABASE_FILE))
  const note = `${HOSTS} hosts x ${HOURS / 24} days of seconds, ${keys.length} series each`
  const value = size / (HOSTS * HOURS * 3600 * keys.length)
  print({ name: 'store.fleet_bytes_per_value', value, unit: 'By', better: 'lower', note })
  const token = await viewerToken(dataDir)
  const hub = await forkHub(dataDir)
  const fleet = new SimulatedFleet({ hub: hub.address, processes: 1 })
  try {
    fleet.add(identities)
    await fleet.allWelcome()
    await measureQueries(hub, fleet, { token, note })
  } finally {
    fleet.close()
    await hub.stop()
  }
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

async function measureQueries(
  hub: HubProcess,
  fleet: SimulatedFleet,
  { token, note }: { token: string; note: string },
): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const ask = async (index: number, query: string): Promise<void> => {
    const host = (index % HOSTS) + 1
    const answer = await fetch(`${hub.address}/api/v1/hosts/${host}/history?${query}`, { headers })
    if (answer.status !== 200) throw new Error(`answered with ${answer.status}`)
    await answer.arrayBuffer()
  }
  const series = (index: number, count: number): string =>
    Array.from({ length: count }, (_, offset) => keys[(index * 7 + offset) % keys.length] ?? '')
      .map((key) => `metric=${encodeURIComponent(key)}`)
      .join('&')
  const range = (fromMs: number, toMs: number): string => `from=${fromMs}&to=${toMs}`
  const anHour = (index: number): string => {
    const fromMs = START_MS + ((index * 37) % HOURS) * HOUR_MS
    return range(fromMs, fromMs + HOUR_MS)
  }
  const day = range(START_MS + 2 * 24 * HOUR_MS, START_MS + 3 * 24 * HOUR_MS)
  const all = range(START_MS, START_MS + DAYS_MS)
  const kinds: [name: string, what: string, query: (index: number) => string][] = [
    [
      'ten_days',
      'ten days of one series, 1,000 points',
      (i) => `${all}&points=1000&${series(i, 1)}`,
    ],
    ['day', 'a day of ten series, 1,000 points', (i) => `${day}&points=1000&${series(i, 10)}`],
    [
      'hour',
      'an hour of seconds of ten series',
      (i) => `${anHour(i)}&points=3600&${series(i, 10)}`,
    ],
    ['hour_all', 'an hour of all series, 1,000 points', (i) => `${anHour(i)}&points=1000`],
  ]
  for (const [name, what, query] of kinds) {
    for (let index = 0; index < 10; index++) await ask(index, query(index))
    const before = await usage(hub)
    const startedMs = performance.now()
    for (let index = 0; index < QUERIES; index++) await ask(index, query(index))
    const figure = {
      unit: 'ms',
      better: 'lower',
      note: `${what}; ${note}; mean of ${QUERIES}`,
    } as const
    print({
      name: `hub.history_${name}_cpu_ms`,
      value: (((await usage(hub)).cpuS - before.cpuS) * 1000) / QUERIES,
      ...figure,
    })
    print({
      name: `hub.history_${name}_ms`,
      value: (performance.now() - startedMs) / QUERIES,
      ...figure,
    })
  }
  await loopDelayMs(hub, token)
  await fleet.report()
  for (let round = 0; round < 5; round++) {
    await Promise.all(
      kinds.flatMap(([, , query]) =>
        Array.from({ length: 10 }, (_, index) => ask(index, query(index))),
      ),
    )
  }
  print({
    name: 'hub.history_ack_p99_ms',
    value: latencyAt(0.99, await fleet.report()),
    unit: 'ms',
    better: 'lower',
    note: `from a tick to its acknowledgement while 40 such queries come at once, again and again; ${note}`,
  })
  print({
    name: 'hub.history_loop_p99_ms',
    value: await loopDelayMs(hub, token),
    unit: 'ms',
    better: 'lower',
    note: `the event loop's delay while 40 such queries come at once; ${note}; about 10 ms of it are the resolution`,
  })
  const { rssBytes } = await usage(hub)
  print({
    name: 'hub.history_rss',
    value: rssBytes,
    unit: 'By',
    better: 'lower',
    note: `after those queries; ${note}`,
  })
}
