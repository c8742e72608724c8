// Owns a host with a past: ten days that an agent which speaks the protocol hands over at once, with what happened in them.
import type { Page } from '@playwright/test'
import { findMetric, toSteps } from '@vigie/shared/metrics/catalogue'
import { tableRevision } from '@vigie/shared/metrics/series'
import { newKeys, TestAgent } from '../../hub/test/test-agent.ts'
import type { Stack } from './stack.ts'

const HOUR = 3_600_000
/** Seconds of the newest hours, every ten of the days before. */
const SECONDS_MS = 6 * HOUR
const BEFORE_MS = 234 * HOUR

const mode = (name: string) => `system.cpu.utilization{cpu.mode="${name}"}`
const eth0 = (direction: string) =>
  `system.network.io{network.interface.name="eth0",network.io.direction="${direction}"}`

/** Between 0 and 1, calm at night, never the same for long. */
const busy = (timeMs: number, seed: number) => {
  const day = 0.5 + 0.4 * Math.sin((timeMs / (24 * HOUR)) * 2 * Math.PI)
  const wave = 0.5 + 0.5 * Math.sin(timeMs / 97_000 + seed) * Math.sin(timeMs / 1_013_000)
  const noise = ((Math.floor(timeMs / 1000) * (7919 + seed) * 31) % 1009) / 1009
  return day * (0.5 * wave + 0.3 * noise) + (noise > 0.995 ? 0.2 : 0)
}

type Signal = readonly [series: string, value: (timeMs: number) => number]
// In the order of their written form, as agents have them.
const SIGNALS: readonly Signal[] = (
  [
    ['system.cpu.load_average.1m', (at) => 4 * busy(at, 1)],
    ['system.cpu.load_average.5m', (at) => 3 * busy(at, 2)],
    ['system.cpu.utilization', (at) => 0.9 * busy(at, 3)],
    ...['user', 'system', 'iowait'].map((name, seed): Signal => [
      mode(name),
      (at) => 0.3 * busy(at, 4 + seed),
    ]),
    ...['0', '1', '2', '3', '4', '5'].map((core, seed): Signal => [
      `system.cpu.utilization{cpu.logical_number="${core}"}`,
      (at) => busy(at, 10 + seed),
    ]),
    ['system.memory.limit', () => 34_359_738_368],
    ['system.memory.usage{system.memory.state="used"}', (at) => 2e10 * (0.6 + 0.3 * busy(at, 7))],
    ['system.memory.usage{system.memory.state="cached"}', (at) => 8e9 * (0.6 + busy(at, 8) / 3)],
    [eth0('receive'), (at) => 6e6 * busy(at, 9)],
    [eth0('transmit'), (at) => 2e7 * busy(at, 10)],
  ] satisfies Signal[]
).toSorted(([a], [b]) => (a < b ? -1 : 1))

const KEYS = SIGNALS.map(([series]) => series)

/** A time without ticks, and what the agent says of it when it does. */
export interface Hole {
  readonly fromMs: number
  readonly toMs: number
  readonly reason?: 'suspended' | 'stalled'
}

interface PastOptions {
  readonly stack: Stack
  readonly page: Page
  readonly holes: readonly Hole[]
  /** It joined before its past, so that its holes are gaps; the hub starts anew meanwhile. */
  readonly isOld?: boolean
  /** Between the ticks of all but the newest hours. */
  readonly stepMs?: number
  /** The machine started anew this long ago; six hours when it is not said, and without a hole. */
  readonly bootedAgoMs?: number
}

/** Joins, hands over its past but for what lies in `holes`, and ticks on; the answer ends it. */
export async function hostWithPast(
  name: string,
  { stack, page, holes, isOld = false, stepMs = 10_000, bootedAgoMs = SECONDS_MS }: PastOptions,
): Promise<() => void> {
  const answer = await page.request.post(`${stack.url}/api/v1/enrolments`, {
    data: { name },
    headers: { origin: stack.url },
  })
  const { token } = (await answer.json()) as { token: string }
  const keys = newKeys()
  const nowMs = Math.floor(Date.now() / 10_000) * 10_000
  const isMeasured = (timeMs: number) => !holes.some((hole) => isIn(hole, timeMs))
  const startMs = nowMs - SECONDS_MS - BEFORE_MS
  const connect = async (options: { intervalMs: number; token?: string; bootId: string }) => {
    const protocol = 'vigie.agent.2'
    const agent = new TestAgent({ hub: stack.url, hostname: name, keys, protocol, ...options })
    const isFirst = options.bootId === 'boot-1'
    await agent.enter({ runningForMs: isFirst ? nowMs - startMs : bootedAgoMs })
    agent.say({ type: 'series', revision: tableRevision(KEYS), keys: KEYS })
    return agent
  }

  const joining = await connect({ intervalMs: stepMs, token, bootId: 'boot-1' })
  joining.socket.close(1000)
  if (isOld) await stack.backdate(name, startMs)
  const before = await connect({ intervalMs: stepMs, bootId: 'boot-1' })
  for (const { reason, ...hole } of holes) {
    if (reason) before.say({ type: 'gap', ...hole, reason, ticks: 0 })
  }
  const middleMs = nowMs - SECONDS_MS
  for (let at = startMs; at < middleMs; at += HOUR) {
    send(before, { fromMs: at, toMs: Math.min(at + HOUR, middleMs), stepMs, isMeasured })
    // A day on its way at a time.
    await before.acknowledged(Math.max(0, before.framesSent - 24))
  }
  await before.acknowledged(before.framesSent)
  before.socket.close(1000)
  const agent = await connect({ intervalMs: 1000, bootId: 'boot-2' })
  for (let at = middleMs; at < nowMs; at += HOUR) {
    send(agent, { fromMs: at, toMs: Math.min(at + HOUR, nowMs), stepMs: 1000, isMeasured })
    await agent.acknowledged(agent.framesSent)
  }
  let nextMs = nowMs
  const timer = setInterval(() => {
    for (; nextMs <= Date.now(); nextMs += 1000)
      send(agent, { fromMs: nextMs, toMs: nextMs + 1000, stepMs: 1000, isMeasured })
  }, 200)
  return () => {
    clearInterval(timer)
    agent.socket.terminate()
  }
}

function isIn({ fromMs, toMs }: Hole, timeMs: number): boolean {
  return timeMs > fromMs && timeMs < toMs
}

interface Piece {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
  readonly isMeasured: (timeMs: number) => boolean
}

function send(agent: TestAgent, { fromMs, toMs, stepMs, isMeasured }: Piece): void {
  const times = Array.from({ length: (toMs - fromMs) / stepMs }, (_, at) => fromMs + at * stepMs)
  const present = Uint8Array.from(times, (timeMs) => Number(isMeasured(timeMs)))
  if (!present.includes(1)) return
  const values = SIGNALS.flatMap(([series, valueAt]) => {
    const metric = findMetric(series.split('{', 1)[0] ?? series)
    return times.map((at, tick) => (present[tick] === 1 ? toSteps(metric, valueAt(at)) : NaN))
  })
  agent.sendBlock({
    revision: tableRevision(KEYS),
    startMs: fromMs,
    stepMs,
    present,
    values: Float64Array.from(values),
  })
}
