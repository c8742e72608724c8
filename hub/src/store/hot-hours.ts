// Owns which hours of which hosts have rows: a few look-ups a host, as there are millions of rows.
import { sql } from 'kysely'
import type { Database } from './schema.ts'
import { HOUR_MS, type HostHour } from './sealed-hours.ts'

export interface HotHour extends HostHour {
  /** The time of the newest row of the hour. */
  readonly newestMs: number
}

/** The hours that ended before `beforeMs` and have rows, oldest first. */
export async function hotHours(db: Database, beforeMs: number): Promise<HotHour[]> {
  const found: HotHour[] = []
  const hosts = await db.selectFrom('host').select('id').execute()
  for (const { id: hostId } of hosts) {
    for (let fromMs = 0; ;) {
      const firstMs = await edge(db, hostId, { fromMs, toMs: beforeMs, end: 'min' })
      if (firstMs === null) break
      const hourMs = Math.floor(firstMs / HOUR_MS) * HOUR_MS
      if (hourMs + HOUR_MS > beforeMs) break
      fromMs = hourMs + HOUR_MS
      const newestMs = await edge(db, hostId, { fromMs: hourMs, toMs: fromMs, end: 'max' })
      found.push({ hostId, hourMs, newestMs: newestMs ?? firstMs })
    }
  }
  return found.sort((one, other) => one.hourMs - other.hourMs)
}

async function edge(
  db: Database,
  hostId: number,
  { fromMs, toMs, end }: { fromMs: number; toMs: number; end: 'min' | 'max' },
): Promise<number | null> {
  const { time } = await db
    .selectFrom('tick')
    .select(sql<number | null>`${sql.raw(end)}(time_ms)`.as('time'))
    .where('host_id', '=', hostId)
    .where('time_ms', '>=', fromMs)
    .where('time_ms', '<', toMs)
    .executeTakeFirstOrThrow()
  return time
}
