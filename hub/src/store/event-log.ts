// Owns what happened to hosts, in order: the material of which a hole in a chart is explained.
import type { HostEventKind } from '@vigie/shared/api/event'
import type { Selectable } from 'kysely'
import type { Database, EventTable } from './schema.ts'

export interface HostEvent {
  readonly timeMs: number
  readonly hostId: number
  readonly kind: HostEventKind
  readonly detail: string | null
}

export interface RecordedEvent extends HostEvent {
  /** Grows from one record to the next. */
  readonly id: number
}

export interface EventQuery {
  readonly afterId: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
  readonly hostIds?: readonly number[]
  readonly kinds?: readonly HostEventKind[]
  readonly limit: number
}

export function createEventLog(db: Database) {
  return {
    async append(...events: readonly HostEvent[]): Promise<void> {
      const rows = events.map(({ timeMs, hostId, kind, detail }) => ({
        time_ms: timeMs,
        host_id: hostId,
        kind,
        detail,
      }))
      await db.insertInto('event').values(rows).execute()
    },

    /** Of one host, in the order of when they happened, from `fromMs` on. */
    async list(hostId: number, fromMs = 0): Promise<RecordedEvent[]> {
      const rows = await db
        .selectFrom('event')
        .selectAll()
        .where('host_id', '=', hostId)
        .where('time_ms', '>=', fromMs)
        .orderBy('time_ms')
        .orderBy('id')
        .execute()
      return rows.map(recorded)
    },

    /** In the order in which they were recorded. */
    async page(query: EventQuery): Promise<RecordedEvent[]> {
      let events = db
        .selectFrom('event')
        .selectAll()
        .where('id', '>', query.afterId)
        .where('time_ms', '>=', query.fromMs)
        .where('time_ms', '<', query.toMs)
      if (query.hostIds) events = events.where('host_id', 'in', query.hostIds)
      if (query.kinds) events = events.where('kind', 'in', query.kinds)
      return (await events.orderBy('id').limit(query.limit).execute()).map(recorded)
    },

    /** When the process of each host's agent last began, as far as it is known. */
    async lastStarts(): Promise<[hostId: number, startedMs: number][]> {
      const rows = await db
        .selectFrom('event')
        .select((event) => ['host_id', event.fn.max('time_ms').as('started_ms')])
        .where('kind', '=', 'started')
        .groupBy('host_id')
        .execute()
      return rows.map((row) => [row.host_id, row.started_ms])
    },

    async deleteBefore(beforeMs: number): Promise<void> {
      await db.deleteFrom('event').where('time_ms', '<', beforeMs).execute()
    },
  }
}

function recorded(row: Selectable<EventTable>): RecordedEvent {
  return {
    id: row.id,
    timeMs: row.time_ms,
    hostId: row.host_id,
    kind: row.kind as HostEventKind,
    detail: row.detail,
  }
}

export type EventLog = ReturnType<typeof createEventLog>
