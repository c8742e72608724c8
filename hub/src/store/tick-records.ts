// Owns reading the ticks that are stored: history in blocks, the newest tick of a host, and forgetting what is old.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Block } from '@vigie/shared/codec/block'
import type { Database } from './schema.ts'
import { decodeTick, mergeTicks, type TickRow } from './tick-runs.ts'

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

// A page of decoding is some milliseconds; sockets are served between two.
const TICKS_PER_PAGE = 600
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

  const page = async (query: RunsQuery): Promise<TickRow[]> => {
    const rows = await db
      .selectFrom('tick')
      .select(['time_ms', 'payload'])
      .where('host_id', '=', query.hostId)
      .where('time_ms', '>=', query.fromMs)
      .where('time_ms', '<', query.toMs)
      .orderBy('time_ms')
      .limit(TICKS_PER_PAGE)
      .execute()
    return rows.map((row) => decodeTick(row.time_ms, row.payload))
  }

  return {
    /** What is committed, oldest first, merged into blocks of at most an hour of seconds. */
    async runs(query: RunsQuery): Promise<Run[]> {
      const ticks: TickRow[] = []
      let fromMs = query.fromMs
      for (;;) {
        const rows = await page({ ...query, fromMs })
        ticks.push(...rows)
        const last = rows.at(-1)
        if (!last || rows.length < TICKS_PER_PAGE) break
        fromMs = last.timeMs + 1
        await nextTurn()
      }
      const tables = new Map<number, readonly string[]>()
      const runs: Run[] = []
      for (const block of mergeTicks(ticks)) {
        const keys = tables.get(block.revision) ?? (await keysOf(query.hostId, block.revision))
        tables.set(block.revision, keys)
        runs.push({ keys, block })
      }
      return runs
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
