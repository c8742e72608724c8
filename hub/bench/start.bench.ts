// Measures a start of the hub with a fleet in its database: from the process's start until it listens.
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { encodeBlock } from '@vigie/shared/codec/block'
import { seriesKey, tableRevision } from '@vigie/shared/metrics/series'
import { DATABASE_FILE, openStore } from '../src/store/store.ts'
import { forkHub } from '../test/hub-process.ts'
import { print } from './print.ts'

const HOSTS = 1000
const SECONDS = 3600
const SERIES = 70
const STARTS = 3

const dataDir = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
try {
  await (await openStore({ dataDir })).close()
  fill()
  const startsS: number[] = []
  for (let start = 0; start < STARTS; start++) {
    const startedMs = performance.now()
    const hub = await forkHub(dataDir)
    startsS.push((performance.now() - startedMs) / 1000)
    await hub.stop()
  }
  print({
    name: 'hub.start_s_1000_hosts',
    value: startsS.sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? NaN,
    unit: 's',
    better: 'lower',
    note: `until it listens; ${HOSTS} hosts, an hour of ${SERIES} values a second each; median of ${STARTS}`,
  })
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

/** Writes the fleet past the hub's own code, whose safe commits would take minutes. */
function fill(): void {
  const database = new Database(join(dataDir, DATABASE_FILE))
  database.pragma('synchronous = OFF')
  const nowMs = Math.floor(Date.now() / 1000) * 1000
  const keys = [
    'system.cpu.utilization',
    ...Array.from({ length: SERIES - 1 }, (_, index) =>
      seriesKey('system.cpu.utilization', { 'cpu.logical_number': String(index) }),
    ),
  ]
  const ticks = hourOf(tableRevision(keys), nowMs)
  const host = database.prepare(
    `insert into host (id, name, public_key, created_ms, boot_id, agent_version, interval_ms, last_seen_ms)
     values (?, ?, ?, ?, 'boot', '0.1.0', 1000, ?)`,
  )
  const table = database.prepare('insert into series_table values (?, ?, ?)')
  const tick = database.prepare('insert into tick values (?, ?, ?)')
  database.transaction(() => {
    for (let id = 1; id <= HOSTS; id++) {
      const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
      host.run(id, `host-${id}`, x, nowMs, nowMs)
      table.run(id, tableRevision(keys), JSON.stringify(keys))
      for (const { timeMs, payload } of ticks) tick.run(id, timeMs, payload)
    }
  })()
  database.close()
}

function hourOf(revision: number, nowMs: number) {
  const values = new Float64Array(SERIES)
  const present = new Uint8Array([1])
  return Array.from({ length: SECONDS }, (_, second) => {
    for (let index = 0; index < SERIES; index++) values[index] = Math.floor(Math.random() * 10_000)
    const timeMs = nowMs - (SECONDS - second) * 1000
    return {
      timeMs,
      payload: encodeBlock({ revision, startMs: timeMs, stepMs: 1000, present, values }),
    }
  })
}
