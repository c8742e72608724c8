// Owns what happened to hosts, in order: the material of which a hole in a chart is explained.
import type { Database } from './schema.ts'

export interface HostEvent {
  readonly timeMs: number
  readonly hostId: number
  /** `started` is when the agent's process began; the detail of a `gap` is what its agent said of it, as JSON. */
  readonly kind:
    'joined' | 'connected' | 'disconnected' | 'started' | 'booted' | 'goodbye' | 'duplicate' | 'gap'
  readonly detail: string | null
}

export function createEventLog(db: Database) {
  return {
    async append(event: HostEvent): Promise<void> {
      await db
        .insertInto('event')
        .values({
          time_ms: event.timeMs,
          host_id: event.hostId,
          kind: event.kind,
          detail: event.detail,
        })
        .execute()
    },

    /** Of one host, oldest first, from `fromMs` on. */
    async list(hostId: number, fromMs = 0): Promise<HostEvent[]> {
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('host_id', '=', hostId)
        .where('time_ms', '>=', fromMs)
        .orderBy('id')
        .execute()
      return rows.map((row) => ({
        timeMs: row.time_ms,
        hostId: row.host_id,
        kind: row.kind as HostEvent['kind'],
        detail: row.detail,
      }))
    },

    async deleteBefore(beforeMs: number): Promise<void> {
      await db.deleteFrom('event').where('time_ms', '<', beforeMs).execute()
    },
  }
}

export type EventLog = ReturnType<typeof createEventLog>
