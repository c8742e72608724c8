// Owns reading incidents for people: in pages, one whole, and how their mails fared.
import type { IncidentMail, IncidentState } from '@vigie/shared/api/incident'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { IncidentRecord } from '../alerts/ports.ts'
import { inChunks } from './chunks.ts'
import { INCIDENT_COLUMNS, incidentOf } from './incident-row.ts'
import { readTimeline } from './incident-timeline.ts'
import type { Database } from './schema.ts'

/** Incidents that were not over before `fromMs` and began before `toMs`. */
export interface IncidentQuery {
  readonly states?: readonly IncidentState[]
  readonly hostIds?: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  readonly beforeId?: number
  readonly limit: number
}

const NO_MAIL: IncidentMail = { waiting: 0, delivered: 0, refused: 0, tookMs: null, nextMs: null }

export function createIncidentRecords(db: Database) {
  return {
    /** Newest first. */
    async page(query: IncidentQuery): Promise<IncidentRecord[]> {
      const { states, hostIds, fromMs, toMs, beforeId, limit } = query
      let incidents = db
        .selectFrom('incident')
        .select(INCIDENT_COLUMNS)
        .where('since_ms', '<', toMs)
        .where((row) => row.or([row('resolved_ms', 'is', null), row('resolved_ms', '>=', fromMs)]))
      if (states) incidents = incidents.where('state', 'in', states)
      if (hostIds) incidents = incidents.where('host_id', 'in', hostIds)
      if (beforeId !== undefined) incidents = incidents.where('id', '<', beforeId)
      const rows = await incidents.orderBy('id', 'desc').limit(limit).execute()
      return rows.map(incidentOf)
    },

    async get(id: number): Promise<IncidentRecord | undefined> {
      const row = await db
        .selectFrom('incident')
        .select(INCIDENT_COLUMNS)
        .where('id', '=', id)
        .executeTakeFirst()
      return row && incidentOf(row)
    },

    /** In any order; those that there are. A storm that is over is thousands. */
    async getAll(incidentIds: readonly number[]): Promise<IncidentRecord[]> {
      const found: IncidentRecord[] = []
      for (const ids of inChunks(incidentIds)) {
        const rows = await db
          .selectFrom('incident')
          .select(INCIDENT_COLUMNS)
          .where('id', 'in', ids)
          .execute()
        found.push(...rows.map(incidentOf))
      }
      return found
    },

    /** Everything that happened to it and to its mails, in order. */
    entries: (id: number) => readTimeline(db, id),

    /** The busiest processes of the minute before it fired, oldest first. */
    async snapshots(id: number): Promise<Snapshot[]> {
      const row = await db
        .selectFrom('incident')
        .select('snapshots_json')
        .where('id', '=', id)
        .executeTakeFirst()
      const json = row?.snapshots_json
      return json ? (JSON.parse(json) as Snapshot[]) : []
    },

    /** Of each of these incidents. */
    async mailOf(incidentIds: readonly number[]): Promise<Map<number, IncidentMail>> {
      const mails = new Map(incidentIds.map((id) => [id, NO_MAIL]))
      for (const ids of inChunks(incidentIds)) {
        for (const { id, ...row } of await readStanding(db, ids)) mails.set(id, standingOf(row))
      }
      return mails
    },
  }
}

function readStanding(db: Database, incidentIds: readonly number[]) {
  return db
    .selectFrom('notice')
    .innerJoin('incident', 'incident.id', 'notice.incident_id')
    .leftJoin('mail', 'mail.id', 'notice.mail_id')
    .where('notice.incident_id', 'in', incidentIds)
    .where('notice.withheld', 'is', null)
    .groupBy(['incident.id', 'incident.kind', 'incident.fired_ms'])
    .select(({ fn }) => [
      'incident.id',
      'incident.kind',
      'incident.fired_ms',
      fn.count<number>('notice.id').filterWhere('notice.mail_id', 'is', null).as('uncomposed'),
      fn.count<number>('mail.id').distinct().filterWhere('mail.state', '=', 'waiting').as('sent'),
      fn
        .count<number>('mail.id')
        .distinct()
        .filterWhere('mail.state', '=', 'delivered')
        .as('delivered'),
      fn
        .count<number>('mail.id')
        .distinct()
        .filterWhere('mail.state', 'in', ['refused', 'expired'])
        .as('refused'),
      fn.min('mail.next_ms').as('next_ms'),
      fn.min('notice.time_ms').filterWhere('notice.kind', '=', 'opened').as('opened_ms'),
      fn.max('mail.delivered_ms').filterWhere('notice.kind', '=', 'opened').as('told_ms'),
    ])
    .execute()
}

type Standing = Omit<Awaited<ReturnType<typeof readStanding>>[number], 'id'>

// What was learnt late is no fault of the mail: there the time runs from when it was learnt.
function standingOf(row: Standing): IncidentMail {
  const fromMs = row.kind === 'late' ? row.opened_ms : row.fired_ms
  return {
    waiting: row.uncomposed + row.sent,
    delivered: row.delivered,
    refused: row.refused,
    tookMs: row.told_ms === null || fromMs === null ? null : Math.max(0, row.told_ms - fromMs),
    nextMs: row.next_ms,
  }
}
