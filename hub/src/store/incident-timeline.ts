// Owns the story of one incident: what was recorded of it and, out of the ledger, what its mails did.
import type { IncidentEntry } from '@vigie/shared/api/incident'
import type { MailAttempt } from '@vigie/shared/api/mail'
import type { Database } from './schema.ts'

/** In order of time. A mail's `who` is its recipient, its `text` the subject or what the relay said. */
export async function readTimeline(db: Database, incidentId: number): Promise<IncidentEntry[]> {
  const stories = await Promise.all([
    readEntries(db, incidentId),
    readWithheld(db, incidentId),
    readMails(db, incidentId),
    readAttempts(db, incidentId),
  ])
  // Of one moment a cause stays before what came of it.
  return stories.flat().sort((a, b) => a.timeMs - b.timeMs)
}

async function readEntries(db: Database, incidentId: number): Promise<IncidentEntry[]> {
  const rows = await db
    .selectFrom('incident_entry')
    .select(['time_ms', 'kind', 'who', 'content'])
    .where('incident_id', '=', incidentId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    timeMs: row.time_ms,
    kind: row.kind as IncidentEntry['kind'],
    who: row.who,
    text: row.content,
  }))
}

/** Once for each recipient: that it opened and that it resolved are withheld together. */
async function readWithheld(db: Database, incidentId: number): Promise<IncidentEntry[]> {
  const rows = await db
    .selectFrom('notice')
    .select(({ fn }) => ['recipient', 'withheld', fn.max('time_ms').as('time_ms')])
    .where('incident_id', '=', incidentId)
    .where('withheld', 'is not', null)
    .groupBy(['recipient', 'withheld'])
    .orderBy('recipient')
    .execute()
  return rows.map((row) => ({
    timeMs: row.time_ms,
    kind: 'mail-withheld',
    who: row.recipient,
    text: row.withheld,
  }))
}

const mailIdsOf = (db: Database, incidentId: number) =>
  db.selectFrom('notice').select('mail_id').where('incident_id', '=', incidentId)

async function readMails(db: Database, incidentId: number): Promise<IncidentEntry[]> {
  const rows = await db
    .selectFrom('mail')
    .select(['written_ms', 'recipient', 'subject'])
    .where('id', 'in', mailIdsOf(db, incidentId))
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    timeMs: row.written_ms,
    kind: 'mail-written',
    who: row.recipient,
    text: row.subject,
  }))
}

async function readAttempts(db: Database, incidentId: number): Promise<IncidentEntry[]> {
  const rows = await db
    .selectFrom('mail_attempt')
    .innerJoin('mail', 'mail.id', 'mail_attempt.mail_id')
    .select(['mail_attempt.time_ms', 'mail_attempt.outcome', 'mail_attempt.answer'])
    .select('mail.recipient')
    .where('mail_attempt.mail_id', 'in', mailIdsOf(db, incidentId))
    .orderBy('mail_attempt.id')
    .execute()
  return rows.map((row) => ({
    timeMs: row.time_ms,
    kind: `mail-${row.outcome as MailAttempt['outcome']}`,
    who: row.recipient,
    text: row.answer,
  }))
}
