// Measures what a value takes on the disk once its hour is sealed, all of SQLite's own room included, and what sealing
// and reading an hour cost in CPU time: on a real machine's recording and on the ticks of this machine's own agent.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHistory } from '../src/store/history.ts'
import type { Database } from '../src/store/schema.ts'
import { partOfRun } from '../src/store/hour-part.ts'
import { rollupsOf } from '../src/store/hour-rollups.ts'
import { writePart } from '../src/store/sealed-part.ts'
import { createSeriesTables } from '../src/store/series-tables.ts'
import { createSealing, HOUR_MS } from '../src/store/sealing.ts'
import { DATABASE_FILE, openStore } from '../src/store/store.ts'
import { ROLLUP_TIERS_MS } from '../src/store/sealed-hours.ts'
import { openSqliteReader } from '../src/store/sqlite-reader.ts'
import { sql } from 'kysely'
import { print } from './print.ts'
import { hourOfRecording, readRecording, rowsOf } from './recording.ts'

const HOURS = 48
/** Of them the first are not measured: code that has just begun to run is slow. */
const WARM_UP_HOURS = 24
const HOST = 1
const ROWS_AT_ONCE = 100
const START_MS = Math.floor(Date.now() / HOUR_MS - HOURS) * HOUR_MS
const lengthOfPayload = sql<number>`length(payload)`.as('size_bytes')
const OWN_DATABASE = join(import.meta.dirname, '../../data', DATABASE_FILE)

const dataDir = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
try {
  await measureRecording()
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
await measureOwn()

async function measureRecording(): Promise<void> {
  const recording = readRecording()
  const store = await openStore({ dataDir })
  const { db } = store
  const emptyBytes = await sizeOf(db)
  const sealing = createSealing(db)
  const history = createHistory(db)
  await db
    .insertInto('host')
    .values({
      id: HOST,
      name: 'h',
      public_key: 'k',
      created_ms: 0,
      agent_version: '1',
      interval_ms: 1000,
    })
    .execute()
  const { revision, keys } = recording
  await db
    .insertInto('series_table')
    .values({ host_id: HOST, revision, keys_json: JSON.stringify(keys) })
    .execute()
  const query = { hostId: HOST, fromMs: START_MS, toMs: START_MS + HOUR_MS }
  const oneHour = { ...query, points: 3600, intervalMs: 1000, series: keys.slice(0, 10) }
  const sealCpuMs: number[] = []
  let hotCpuMs = NaN
  let values = 0
  for (let hour = 0; hour < HOURS; hour++) {
    // The first hour is the recording itself, and the others are like it.
    const run = hourOfRecording(recording, START_MS + hour * HOUR_MS, hour * 97)
    values += run.block.values.length
    await insert(db, rowsOf(HOST, run))
    if (hour === 0) hotCpuMs = await leastCpuMs(() => history.json(oneHour))
    const startedAt = process.cpuUsage()
    await sealing.seal({ hostId: HOST, hourMs: run.block.startMs })
    if (hour >= WARM_UP_HOURS) sealCpuMs.push(cpuMsSince(startedAt))
  }
  const sealedCpuMs = await leastCpuMs(() => history.json(oneHour))
  const rollups = await rollupsOf(db, createSeriesTables(), { hostId: HOST, hourMs: 0 })
  const part = partOfRun(hourOfRecording(recording, 0), 0, HOUR_MS)
  const formCpuMs = await leastCpuMs(() => Promise.resolve([writePart(part), rollups.with([part])]))
  const sizes = await sizesByTier(db)
  // Without the pages that the rows have left, the file is what the sealed hours take.
  const grownBytes = (await sizeOf(db)) - emptyBytes
  await store.close()
  const { note } = recording
  const perValue = { unit: 'By', better: 'lower' } as const
  print({
    name: 'store.bytes_per_value',
    value: grownBytes / values,
    note: `${note}, ${HOURS} such hours sealed: rollups, indexes and pages included`,
    ...perValue,
  })
  print({
    name: 'store.bytes_per_value_ticks',
    value: (sizes.get(0) ?? 0) / values,
    note: 'every tick, payload',
    ...perValue,
  })
  print({
    name: 'store.bytes_per_value_rollups',
    value: ROLLUP_TIERS_MS.reduce((sum, tierMs) => sum + (sizes.get(tierMs) ?? 0), 0) / values,
    note: 'rollups of a minute, a quarter of an hour and an hour, payload',
    ...perValue,
  })
  print({
    name: 'store.seal_cpu_ms',
    value: median(sealCpuMs),
    unit: 'ms',
    better: 'lower',
    note: `one host-hour: rows read, forms made, written and rows deleted; median of ${sealCpuMs.length}`,
  })
  print({
    name: 'store.form_cpu_ms',
    value: formCpuMs,
    unit: 'ms',
    better: 'lower',
    note: 'of it the making of the forms: every tick and all rollups',
  })
  print({
    name: 'store.read_hour_sealed_cpu_ms',
    value: sealedCpuMs,
    unit: 'ms',
    better: 'lower',
    note: 'one hour of seconds of ten series as JSON, sealed',
  })
  print({
    name: 'store.read_hour_rows_cpu_ms',
    value: hotCpuMs,
    unit: 'ms',
    better: 'lower',
    note: 'the same, still rows',
  })
}

/** What this machine's own hub has sealed so far, where it has run for some hours. */
async function measureOwn(): Promise<void> {
  if (!existsSync(OWN_DATABASE)) return
  const db = openSqliteReader(OWN_DATABASE)
  const history = createHistory(db)
  const parts = await db
    .selectFrom('sealed_part')
    .select(['host_id', 'hour_ms', lengthOfPayload])
    .orderBy('hour_ms', 'desc')
    .limit(3 * HOURS)
    .execute()
  let values = 0
  const hours = new Map(
    parts.map(({ host_id, hour_ms }) => [
      `${host_id}/${hour_ms}`,
      { hostId: host_id, fromMs: hour_ms, toMs: hour_ms + HOUR_MS },
    ]),
  )
  for (const range of hours.values()) {
    for await (const { block } of history.runs(range)) values += block.values.length
  }
  await db.destroy()
  const sizeBytes = parts.reduce((sum, part) => sum + part.size_bytes, 0)
  if (values > 0)
    print({
      name: 'store.own_bytes_per_value',
      value: sizeBytes / values,
      unit: 'By',
      better: 'lower',
      note: `${hours.size} sealed hours of this machine's own hub, payloads`,
    })
}

async function insert(db: Database, rows: ReturnType<typeof rowsOf>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      await transaction
        .insertInto('tick')
        .values(rows.slice(first, first + ROWS_AT_ONCE))
        .execute()
    }
  })
}

/** Of the file's pages, without free ones. */
async function sizeOf(db: Database): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    select (page_count - freelist_count) * page_size as bytes
    from pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(db)
  return rows[0]?.bytes ?? NaN
}

async function sizesByTier(db: Database): Promise<Map<number, number>> {
  const rows = await db.selectFrom('sealed_part').select(['tier_ms', lengthOfPayload]).execute()
  const sizes = new Map<number, number>()
  for (const { tier_ms, size_bytes } of rows) {
    sizes.set(tier_ms, (sizes.get(tier_ms) ?? 0) + size_bytes)
  }
  return sizes
}

/** Of many, the least: what the work costs when nothing disturbs it. */
async function leastCpuMs(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity
  for (let round = 0; round < 15; round++) {
    const startedAt = process.cpuUsage()
    await work()
    least = Math.min(least, cpuMsSince(startedAt))
  }
  return least
}

function cpuMsSince(startedAt: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(startedAt)
  return (user + system) / 1000
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN
}
