// Owns when this hub ran: a hole in every host's data at once is the hub's own absence.
import type { Database } from './schema.ts'

export interface HubRun {
  readonly startedMs: number
  /** The last sign of life; where `stoppedMs` is null the hub died after it. */
  readonly heartbeatMs: number
  readonly stoppedMs: number | null
}

export function createHubRuns(db: Database) {
  let current: number | undefined

  return {
    /** Begins a run and returns its number. */
    async start(nowMs: number): Promise<number> {
      const row = await db
        .insertInto('hub_run')
        .values({ started_ms: nowMs, heartbeat_ms: nowMs, stopped_ms: null })
        .returning('id')
        .executeTakeFirstOrThrow()
      current = row.id
      return row.id
    },

    async beat(id: number, nowMs: number): Promise<void> {
      await db.updateTable('hub_run').set({ heartbeat_ms: nowMs }).where('id', '=', id).execute()
    },

    async stop(id: number, nowMs: number): Promise<void> {
      await db
        .updateTable('hub_run')
        .set({ heartbeat_ms: nowMs, stopped_ms: nowMs })
        .where('id', '=', id)
        .execute()
    },

    /** Oldest first. A run that goes on in this process is alive at `nowMs`, when that is given. */
    async list(nowMs?: number): Promise<HubRun[]> {
      const rows = await db.selectFrom('hub_run').selectAll().orderBy('id').execute()
      return rows.map((row) => ({
        startedMs: row.started_ms,
        heartbeatMs: row.id === current ? (nowMs ?? row.heartbeat_ms) : row.heartbeat_ms,
        stoppedMs: row.stopped_ms,
      }))
    },
  }
}
