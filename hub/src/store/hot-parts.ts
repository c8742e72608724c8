// Owns reading ticks that are still rows: those of a range as parts, a column a wanted series.
import type { HourPart } from './hour-part.ts'
import type { Database } from './schema.ts'
import { PART_LIMITS } from './sealed-part.ts'
import type { SeriesTables } from './series-tables.ts'
import { TickScan } from './tick-scan.ts'

export interface HotRange {
  readonly hostId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/** How many rows there are, and the sum of their times after the beginning: when both are as before, so are the rows. */
export interface HotCount {
  readonly ticks: number
  readonly timesMs: number
}

/** The count of rows that were read. */
export function countOf(parts: readonly HourPart[], fromMs: number): HotCount {
  let ticks = 0
  let timesMs = 0
  for (const part of parts) {
    ticks += part.timesMs.length
    for (const timeMs of part.timesMs) timesMs += timeMs - fromMs
  }
  return { ticks, timesMs }
}

export async function countHotTicks(
  db: Database,
  { hostId, fromMs, toMs }: HotRange,
): Promise<HotCount> {
  const row = await db
    .selectFrom('tick')
    .select(({ fn, eb }) => [
      fn.countAll<number>().as('ticks'),
      fn.coalesce(fn.sum<number>(eb('time_ms', '-', fromMs)), eb.lit(0)).as('times_ms'),
    ])
    .where('host_id', '=', hostId)
    .where('time_ms', '>=', fromMs)
    .where('time_ms', '<', toMs)
    .executeTakeFirstOrThrow()
  return { ticks: row.ticks, timesMs: row.times_ms }
}

export async function deleteHotTicks(
  db: Database,
  { hostId, fromMs, toMs }: HotRange,
): Promise<void> {
  await db
    .deleteFrom('tick')
    .where('host_id', '=', hostId)
    .where('time_ms', '>=', fromMs)
    .where('time_ms', '<', toMs)
    .execute()
}

interface Row {
  readonly time_ms: number
  readonly payload: Uint8Array
}

/** The rows of a range that is no longer than an hour, by series table. */
export async function readHotParts(
  db: Database,
  tables: SeriesTables,
  { hostId, fromMs, toMs }: HotRange,
  wants: (key: string) => boolean,
): Promise<HourPart[]> {
  const rows = await db
    .selectFrom('tick')
    .select(['time_ms', 'payload'])
    .where('host_id', '=', hostId)
    .where('time_ms', '>=', fromMs)
    .where('time_ms', '<', toMs)
    .orderBy('time_ms')
    .limit(PART_LIMITS.maxTicks + 1)
    .execute()
  checkLimit(rows.length, PART_LIMITS.maxTicks, hostId)
  const parts: HourPart[] = []
  for (const [revision, some] of byRevision(rows)) {
    const keys = await tables.keysOf(db, hostId, revision)
    checkLimit(some.length * keys.length, PART_LIMITS.maxValues, hostId)
    parts.push(partOfRows(some, revision, keys, wants))
  }
  return parts
}

function checkLimit(value: number, limit: number, hostId: number): void {
  if (value <= limit) return
  throw new Error(`host ${hostId} sent more in one hour than is read at once (${limit})`)
}

const scan = new TickScan()

function byRevision(rows: readonly Row[]): Map<number, Row[]> {
  const found = new Map<number, Row[]>()
  for (const row of rows) {
    scan.open(row.payload)
    const same = found.get(scan.revision)
    if (same) same.push(row)
    else found.set(scan.revision, [row])
  }
  return found
}

function partOfRows(
  rows: readonly Row[],
  revision: number,
  allKeys: readonly string[],
  wants: (key: string) => boolean,
): HourPart {
  const timesMs = new Float64Array(rows.length)
  const stepsMs = new Float64Array(rows.length)
  const targets = allKeys.map((key) => (wants(key) ? new Float64Array(rows.length) : undefined))
  rows.forEach(({ time_ms, payload }, place) => {
    scan.open(payload)
    timesMs[place] = time_ms
    stepsMs[place] = scan.stepMs
    scan.values(targets, place)
  })
  return {
    revision,
    keys: allKeys.filter((_, series) => targets[series]),
    timesMs,
    stepsMs,
    columns: targets.filter((target) => target !== undefined),
  }
}
