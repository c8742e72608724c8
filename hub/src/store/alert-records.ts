// Owns writing what alerts decide, and what they need to go on after a restart.
import { sql } from 'kysely'
import type { AlertChanges, AlertStore } from '../alerts/ports.ts'
import { inChunks } from './chunks.ts'
import { INCIDENT_COLUMNS, incidentOf, incidentRow } from './incident-row.ts'
import type { Database } from './schema.ts'

// The processes of a minute are some 50 KB.
const EVIDENCE_PER_STATEMENT = 50

export function createAlertRecords(db: Database): AlertStore {
  const incidents = db.selectFrom('incident').select(INCIDENT_COLUMNS)

  return {
    async commit(changes) {
      await db.transaction().execute(async (transaction) => {
        await writeIncidents(transaction, changes)
        await writeEvidence(transaction, changes.evidence)
        await writeStory(transaction, changes)
      })
    },

    async open() {
      const rows = await incidents.where('resolved_ms', 'is', null).orderBy('id').execute()
      return rows.map(incidentOf)
    },

    async resolvedSince(timeMs) {
      const rows = await incidents.where('resolved_ms', '>=', timeMs).orderBy('id').execute()
      return rows.map(incidentOf)
    },

    async told(incidentIds) {
      const told = new Map<number, string[]>()
      for (const ids of inChunks(incidentIds)) {
        const rows = await db
          .selectFrom('notice')
          .select(['incident_id', 'recipient'])
          .where('incident_id', 'in', ids)
          .where('kind', '=', 'opened')
          .orderBy('id')
          .execute()
        for (const { incident_id: id, recipient } of rows) {
          const recipients = told.get(id)
          if (recipients) recipients.push(recipient)
          else told.set(id, [recipient])
        }
      }
      return told
    },

    async lastTold(incidentIds) {
      const told = new Map<number, number>()
      for (const ids of inChunks(incidentIds)) {
        const rows = await db
          .selectFrom('notice')
          .select(({ fn }) => ['incident_id', fn.max('time_ms').as('time_ms')])
          .where('incident_id', 'in', ids)
          .where('kind', 'in', ['opened', 'reminder'])
          .groupBy('incident_id')
          .execute()
        for (const row of rows) told.set(row.incident_id, row.time_ms)
      }
      return told
    },

    // The newest incident is never forgotten (alert-retention.ts).
    async lastId() {
      const row = await db
        .selectFrom('incident')
        .select(({ fn }) => fn.max<number | null>('id').as('id'))
        .executeTakeFirst()
      return row?.id ?? 0
    },
  }
}

async function writeIncidents(db: Database, changes: AlertChanges): Promise<void> {
  for (const incidents of inChunks(changes.incidents)) {
    await db
      .insertInto('incident')
      .values(incidents.map(incidentRow))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((row) =>
            Object.fromEntries(INCIDENT_COLUMNS.map((name) => [name, row.ref(`excluded.${name}`)])),
          ),
      )
      .execute()
  }
  for (const ids of inChunks(changes.forgotten)) {
    await db.deleteFrom('incident_entry').where('incident_id', 'in', ids).execute()
    await db.deleteFrom('incident').where('id', 'in', ids).execute()
  }
}

async function writeEvidence(db: Database, evidence: AlertChanges['evidence']): Promise<void> {
  for (const some of inChunks(evidence, EVIDENCE_PER_STATEMENT)) {
    const rows = some.map(
      ({ incidentId, snapshots }) => sql`(${incidentId}, ${JSON.stringify(snapshots)})`,
    )
    // Standard SQL names the columns of VALUES so.
    await sql`
      update incident set snapshots_json = evidence.column2
      from (values ${sql.join(rows)}) as evidence where incident.id = evidence.column1`.execute(db)
  }
}

async function writeStory(db: Database, changes: AlertChanges): Promise<void> {
  for (const entries of inChunks(changes.entries)) {
    const rows = entries.map(({ incidentId, timeMs, kind, who, text }) => ({
      incident_id: incidentId,
      time_ms: timeMs,
      kind,
      who,
      content: text,
    }))
    await db.insertInto('incident_entry').values(rows).execute()
  }
  for (const notices of inChunks(changes.notices)) {
    const rows = notices.map(({ incidentId, kind, recipient, timeMs }) => ({
      incident_id: incidentId,
      kind,
      recipient,
      time_ms: timeMs,
      mail_id: null,
      withheld: null,
    }))
    await db
      .insertInto('notice')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
