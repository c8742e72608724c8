// Owns looking whether everything that is stored can be read: SQLite's own checks, every sealed hour, and rows.
import { decodeBlock } from '@vigie/shared/codec/block'
import { sql } from 'kysely'
import { openRollup } from './rollup.ts'
import type { Database } from './schema.ts'
import { HOUR_MS, TICKS_TIER_MS } from './sealed-hours.ts'
import { openPart } from './sealed-part.ts'
import { createSeriesTables, type SeriesTables } from './series-tables.ts'

export interface DatabaseReport {
  /** What SQLite says of its file; nothing when it is whole. */
  readonly file: readonly string[]
  readonly sealed: { readonly hours: number; readonly faults: readonly string[] }
  readonly rows: { readonly checked: number; readonly faults: readonly string[] }
}

const MOST_FAULTS = 20
const ROWS_AT_ONCE = 500
/** Of a large fleet's rows, which are of the last hour or two, a part is decoded. */
const ROWS_EVERY = { hosts: 100, nth: 10 }

/** Reads the whole database, which may take minutes. `progress` is told the share that is done. */
export async function checkDatabase(
  db: Database,
  progress: (share: number) => void,
): Promise<DatabaseReport> {
  const file = await checkFile(db, (share) => progress(share / 3))
  const hosts = await db.selectFrom('host').select('id').orderBy('id').execute()
  const tables = createSeriesTables()
  const sealed = { hours: 0, faults: [] as string[] }
  const rows = { checked: 0, faults: [] as string[] }
  const nth = hosts.length > ROWS_EVERY.hosts ? ROWS_EVERY.nth : 1
  for (const [index, { id }] of hosts.entries()) {
    for await (const { fault } of checkSealed(db, tables, id)) {
      sealed.hours++
      if (fault !== undefined) sealed.faults.push(fault)
    }
    for await (const { fault } of checkRows(db, tables, { hostId: id, nth })) {
      rows.checked++
      if (fault !== undefined) rows.faults.push(fault)
    }
    progress((1 + (2 * (index + 1)) / hosts.length) / 3)
  }
  return {
    file,
    sealed: { ...sealed, faults: sealed.faults.slice(0, MOST_FAULTS) },
    rows: { ...rows, faults: rows.faults.slice(0, MOST_FAULTS) },
  }
}

async function checkFile(db: Database, progress: (share: number) => void): Promise<string[]> {
  const faults: string[] = []
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  for (const [index, { name }] of tables.entries()) {
    const { rows } = await sql<{ integrity_check: string }>`
      pragma integrity_check(${sql.lit(name)})`.execute(db)
    for (const { integrity_check: said } of rows) if (said !== 'ok') faults.push(`${name}: ${said}`)
    progress((index + 1) / tables.length)
  }
  const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(db)
  for (const { table } of rows) faults.push(`${table}: a row refers to one that is not there`)
  return faults.slice(0, MOST_FAULTS)
}

interface Checked {
  readonly fault: string | undefined
}

async function* checkSealed(
  db: Database,
  tables: SeriesTables,
  hostId: number,
): AsyncGenerator<Checked> {
  const parts = db.selectFrom('sealed_part').where('host_id', '=', hostId)
  const hours = await parts.select('hour_ms').distinct().orderBy('hour_ms').execute()
  for (const { hour_ms: hourMs } of hours) {
    const found = await parts
      .select(['tier_ms', 'revision', 'payload'])
      .where('hour_ms', '=', hourMs)
      .execute()
    yield await checking(hostId, hourMs, async () => {
      for (const { tier_ms: tierMs, revision, payload } of found) {
        const keys = await tables.keysOf(db, hostId, revision)
        const series = tierMs === TICKS_TIER_MS ? readTicks(payload) : readRollup(payload, tierMs)
        if (series !== keys.length) throw new Error(`${series} columns for ${keys.length} series`)
      }
    })
  }
}

/** Decodes all; returns how many series there are. */
function readTicks(payload: Uint8Array): number {
  const part = openPart(payload)
  part.stepsMs()
  for (let series = 0; series < part.series; series++) part.column(series)
  return part.series
}

function readRollup(payload: Uint8Array, tierMs: number): number {
  const rollup = openRollup(payload, HOUR_MS / tierMs)
  for (let series = 0; series < rollup.series; series++) rollup.buckets(series)
  return rollup.series
}

async function* checkRows(
  db: Database,
  tables: SeriesTables,
  { hostId, nth }: { hostId: number; nth: number },
): AsyncGenerator<Checked> {
  for (let fromMs = 0; ;) {
    const rows = await db
      .selectFrom('tick')
      .select(['time_ms', 'payload'])
      .where('host_id', '=', hostId)
      .where('time_ms', '>=', fromMs)
      .orderBy('time_ms')
      .limit(ROWS_AT_ONCE)
      .execute()
    for (const { time_ms: timeMs, payload } of rows.filter((_, index) => index % nth === 0)) {
      yield await checking(hostId, timeMs, async () => {
        const block = decodeBlock(payload)
        const keys = await tables.keysOf(db, hostId, block.revision)
        if (block.values.length !== keys.length) {
          throw new Error(`${block.values.length} values for ${keys.length} series`)
        }
      })
    }
    const last = rows.at(-1)
    if (!last || rows.length < ROWS_AT_ONCE) return
    fromMs = last.time_ms + 1
  }
}

async function checking(
  hostId: number,
  timeMs: number,
  read: () => Promise<void>,
): Promise<Checked> {
  try {
    await read()
    return { fault: undefined }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { fault: `host ${hostId} at ${new Date(timeMs).toISOString()}: ${error.message}` }
  }
}
