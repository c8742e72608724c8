// Measures the reading of one hour of 200 series, as buckets and as blocks: how long it takes, and for how long the hub
// that answers could not do anything else (its event loop's delay, as monitorEventLoopDelay of node:perf_hooks counts it).
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { encodeBlock } from '@vigie/shared/codec/block'
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import { pino } from 'pino'
import { createApp } from '../src/app.ts'
import { print } from './print.ts'

const SERIES = 200
const SECONDS = 3600
const READS = 5

const keys = Array.from({ length: SERIES }, (_, index) =>
  seriesKey('system.cpu.utilization', { 'cpu.logical_number': String(index) }),
)
const revision = tableRevision(keys)
const startMs = Math.floor(Date.now() / 1000) * 1000 - SECONDS * 1000

/** Reads in a thread of its own, so that the delay of this one is the hub's alone. */
const READER = `
const { parentPort, workerData } = require('node:worker_threads')
const startedMs = performance.now()
fetch(workerData.url, { headers: workerData.headers }).then(async (answer) => {
  if (answer.status !== 200) throw new Error('answered with ' + answer.status)
  await answer.arrayBuffer()
  parentPort.postMessage(performance.now() - startedMs)
})`

const dataDirectory = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
const app = await createApp({
  listen: { host: '127.0.0.1', port: 0 },
  dataDirectory,
  publicUrl: undefined,
  tls: undefined,
  retentionMs: 86_400_000,
  log: pino({ level: 'silent' }),
})
try {
  const address = await app.listen()
  const hostId = await hostWithAnHour()
  const cookie = await signIn()
  const path = `${address}/api/v1/hosts/${hostId}/history?from=${startMs}&to=${startMs + SECONDS * 1000}`
  const buckets = await measure(path, { cookie })
  const blocks = await measure(path, { cookie, accept: 'application/vnd.vigie.block' })
  for (const [form, { durationMs, p99Ms, maxMs }] of [
    ['history', buckets],
    ['history_blocks', blocks],
  ] as const) {
    const lower = { unit: 'ms', better: 'lower' } as const
    const what = `${SECONDS} s of ${SERIES} series as ${form === 'history' ? '1000 buckets' : 'blocks'}`
    print({
      name: `hub.${form}_hour_ms`,
      value: durationMs,
      note: `${what}; median of ${READS}`,
      ...lower,
    })
    print({
      name: `hub.${form}_loop_delay_p99_ms`,
      value: p99Ms,
      note: `while it reads ${what}`,
      ...lower,
    })
    print({
      name: `hub.${form}_loop_delay_max_ms`,
      value: maxMs,
      note: `while it reads ${what}`,
      ...lower,
    })
  }
} finally {
  await app.close()
  await rm(dataDirectory, { recursive: true, force: true })
}

async function hostWithAnHour(): Promise<number> {
  const { id } = await app.enrolments.create({})
  const facts = { bootId: 'b', agentVersion: '1', intervalMs: 1000 }
  const host = { enrolmentId: id, publicKey: 'k', hostname: 'h', nowMs: Date.now(), ...facts }
  const record = await app.store.enrolments.redeem(host)
  if (!record) throw new Error('the host could not be made')
  app.fleet.add(record)
  app.store.writer.writeTable({ hostId: record.id, revision, keys })
  const present = new Uint8Array([1])
  const values = new Float64Array(SERIES)
  const ticks = Array.from({ length: SECONDS }, (_, second) => {
    for (let index = 0; index < SERIES; index++) values[index] = Math.floor(Math.random() * 10_000)
    const timeMs = startMs + second * 1000
    const block = { revision, startMs: timeMs, stepMs: 1000, present, values }
    return { timeMs, payload: encodeBlock(block) }
  })
  app.store.writer.writeTicks({ hostId: record.id, ticks, onCommitted() {} })
  await app.store.writer.flush()
  return record.id
}

async function signIn(): Promise<string> {
  const token = await app.people.issueSignInToken()
  const claim = { token, email: 'ada@example.org', password: 'a long enough password' }
  const claimed = await app.people.claim(claim, { address: '127.0.0.1', userAgent: undefined })
  if (claimed.outcome !== 'signed-in') throw new Error(claimed.outcome)
  return claimed.cookies.map((written) => written.split(';')[0]).join('; ')
}

async function measure(url: string, headers: Record<string, string>) {
  const durations: number[] = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  for (let read = 0; read <= READS; read++) {
    // The first read warms the code and is not counted.
    if (read === 1) delay.enable()
    durations.push(await readInWorker(url, headers))
    await wait(50)
  }
  delay.disable()
  const sorted = durations.slice(1).sort((a, b) => a - b)
  return {
    durationMs: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    p99Ms: delay.percentile(99) / 1e6,
    maxMs: delay.max / 1e6,
  }
}

function readInWorker(url: string, headers: Record<string, string>): Promise<number> {
  const worker = new Worker(READER, { eval: true, workerData: { url, headers } })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}
