// Owns reading the ticks that are stored: history in blocks, the newest tick of a host, and forgetting what is old.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Block } from '@vigie/shared/codec/block'
import type { Database } from './schema.ts'
import { decodeTick, mergeTicks, RUN_LIMITS, type TickRow } from './tick-runs.ts'

/** Ticks of one host from `fromMs` up to, not including, `toMs`. */
export interface RunsQuery {
  readonly hostId: number
  readonly fromMs: number
  readonly toMs: number
}

/** Values in steps, with the series table that names them. */
export interface Run {
  readonly keys: readonly string[]
  readonly block: Block
}

export interface LastTick extends Run {
  /** The tick as it is stored: a block of one tick. */
  readonly bytes: Uint8Array
}

// A page is decoded in some milliseconds; sockets are served between two.
const VALUES_PER_PAGE = 25_000
const TICKS_PER_PAGE = { first: 60, least: 10, most: 600 }
const TICKS_PER_DELETE = 2000

export function createTickRecords(db: Database) {
  const keysOf = async (hostId: number, revision: number): Promise<readonly string[]> => {
    const row = await db
      .selectFrom('series_table')
      .select('keys_json')
      .where('host_id', '=', hostId)
      .where('revision', '=', revision)
      .executeTakeFirst()
    if (!row) throw new Error(`host ${hostId} has ticks of series table ${revision}, which is lost`)
    return JSON.parse(row.keys_json) as string[]
  }

  const page = async (query: RunsQuery, limit: number): Promise<TickRow[]> => {
    const rows = await db
      .selectFrom('tick')
      .select(['time_ms', 'payload'])
      .where('host_id', '=', query.hostId)
      .where('time_ms', '>=', query.fromMs)
      .where('time_ms', '<', query.toMs)
      .orderBy('time_ms')
      .limit(limit)
      .execute()
    return rows.map((row) => decodeTick(row.time_ms, row.payload))
  }

  /** Ticks in the order of time, as many at once as one block may hold. */
  async function* groups(query: RunsQuery): AsyncGenerator<TickRow[]> {
    let group: TickRow[] = []
    let values = 0
    let limit = TICKS_PER_PAGE.first
    for (let { fromMs } = query; ;) {
      const rows = await page({ ...query, fromMs }, limit)
      for (const row of rows) {
        const isFull =
          group.length === RUN_LIMITS.maxTicks ||
          values + row.block.values.length > RUN_LIMITS.maxValues
        if (isFull && group.length > 0) {
          yield group
          group = []
          values = 0
        }
        group.push(row)
        values += row.block.values.length
      }
      const last = rows.at(-1)
      if (!last || rows.length < limit) break
      fromMs = last.timeMs + 1
      limit = ticksPerPage(last)
      await nextTurn()
    }
    if (group.length > 0) yield group
  }

  return {
    /** What is committed, oldest first, merged into blocks; other work gets its turn between two small steps. */
    async *runs(query: RunsQuery): AsyncGenerator<Run> {
      const tables = new Map<number, readonly string[]>()
      for await (const group of groups(query)) {
        for (const block of mergeTicks(group)) {
          const keys = tables.get(block.revision) ?? (await keysOf(query.hostId, block.revision))
          tables.set(block.revision, keys)
          yield { keys, block }
        }
        await nextTurn()
      }
    },

    async lastTick(hostId: number): Promise<LastTick | undefined> {
      const row = await db
        .selectFrom('tick')
        .select(['time_ms', 'payload'])
        .where('host_id', '=', hostId)
        .orderBy('time_ms', 'desc')
        .limit(1)
        .executeTakeFirst()
      if (!row) return undefined
      const { block } = decodeTick(row.time_ms, row.payload)
      return { keys: await keysOf(hostId, block.revision), block, bytes: row.payload }
    },

    /** Deletes ticks of one host that are older than `beforeMs`, a bounded number a call; returns how many went. */
    async deleteBefore(hostId: number, beforeMs: number): Promise<number> {
      const last = await db
        .selectFrom('tick')
        .select('time_ms')
        .where('host_id', '=', hostId)
        .where('time_ms', '<', beforeMs)
        .orderBy('time_ms')
        .limit(1)
        .offset(TICKS_PER_DELETE - 1)
        .executeTakeFirst()
      const result = await db
        .deleteFrom('tick')
        .where('host_id', '=', hostId)
        .where('time_ms', '<', last ? last.time_ms + 1 : beforeMs)
        .executeTakeFirst()
      return Number(result.numDeletedRows)
    },
  }
}

export type TickRecords = ReturnType<typeof createTickRecords>

function ticksPerPage({ block }: TickRow): number {
  const { least, most } = TICKS_PER_PAGE
  return Math.max(least, Math.min(most, Math.floor(VALUES_PER_PAGE / block.values.length)))
}
