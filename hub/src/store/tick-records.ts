// Owns the newest tick that is stored of a host, and the form in which ticks leave the store.
import { encodeBlock, type Block } from '@vigie/shared/codec/block'
import type { Database } from './schema.ts'
import { HOUR_MS, readSealedParts, TICKS_TIER_MS } from './sealed-hours.ts'
import { createSeriesTables } from './series-tables.ts'
import { decodeTick } from './tick-runs.ts'

/** Values in steps, with the series table that names them. */
export interface Run {
  readonly keys: readonly string[]
  readonly block: Block
}

export interface LastTick extends Run {
  /** The block, which is of one tick. */
  readonly bytes: Uint8Array
}

export function createTickRecords(db: Database) {
  const tables = createSeriesTables()

  const lastHot = async (hostId: number): Promise<LastTick | undefined> => {
    const row = await db
      .selectFrom('tick')
      .select(['time_ms', 'payload'])
      .where('host_id', '=', hostId)
      .orderBy('time_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!row) return undefined
    const { block } = decodeTick(row.time_ms, row.payload)
    return { keys: await tables.keysOf(db, hostId, block.revision), block, bytes: row.payload }
  }

  const lastSealed = async (hostId: number, afterMs: number): Promise<LastTick | undefined> => {
    const row = await db
      .selectFrom('sealed_part')
      .select('hour_ms')
      .where('host_id', '=', hostId)
      .where('tier_ms', '=', TICKS_TIER_MS)
      .where('hour_ms', '>', afterMs - HOUR_MS)
      .orderBy('hour_ms', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (!row) return undefined
    const parts = await readSealedParts(db, tables, { hostId, hourMs: row.hour_ms }, () => true)
    const lastMs = Math.max(...parts.map(({ timesMs }) => timesMs.at(-1) ?? 0))
    const part = parts.find(({ timesMs }) => timesMs.at(-1) === lastMs)
    if (!part || lastMs <= afterMs) return undefined
    const block = {
      revision: part.revision,
      startMs: lastMs,
      stepMs: part.stepsMs.at(-1) ?? 1,
      present: new Uint8Array([1]),
      values: Float64Array.from(part.columns, (column) => column.at(-1) ?? NaN),
    }
    return { keys: part.keys, block, bytes: encodeBlock(block) }
  }

  return {
    async lastTick(hostId: number): Promise<LastTick | undefined> {
      const hot = await lastHot(hostId)
      return (await lastSealed(hostId, hot?.block.startMs ?? -Infinity)) ?? hot
    },
  }
}

export type TickRecords = ReturnType<typeof createTickRecords>
