// Owns reading mails for people: what was written, what became of it, and every attempt with the relay's words.
import type { Mail, MailAttempt, MailDetail, MailKind, MailState } from '@vigie/shared/api/mail'
import type { Selectable } from 'kysely'
import type { MailImage } from '../mail/ports.ts'
import { newsOf } from './advisory-tellings.ts'
import { readImages } from './mail-rows.ts'
import type { Database, MailAttemptTable, MailTable } from './schema.ts'

export interface LedgerQuery {
  readonly state?: MailState
  readonly beforeId?: number
  /** Those that told an advisory. */
  readonly advisory?: string
  /** Some hundreds at most. */
  readonly limit: number
}

// Without the bodies, which are most of a mail.
const COLUMNS = [
  'id',
  'message_id',
  'channel',
  'kind',
  'recipient',
  'subject',
  'written_ms',
  'state',
  'delivered_ms',
  'next_ms',
  'attempts',
] as const satisfies readonly (keyof MailTable)[]

const MAX_INCIDENTS = 100

export function createLedger(db: Database) {
  return {
    /** Newest first. */
    async page({ state, beforeId, advisory, limit }: LedgerQuery): Promise<Mail[]> {
      let mails = db.selectFrom('mail').select(COLUMNS)
      if (state) mails = mails.where('state', '=', state)
      if (beforeId !== undefined) mails = mails.where('id', '<', beforeId)
      if (advisory !== undefined) {
        const told = db
          .selectFrom('advisory_mail')
          .select('mail_id')
          .where('news_id', 'in', newsOf(db, advisory))
        mails = mails.where('id', 'in', told)
      }
      const rows = await mails.orderBy('id', 'desc').limit(limit).execute()
      const ids = rows.map(({ id }) => id)
      if (ids.length === 0) return []
      const [attempts, incidents] = [await lastAttempts(db, ids), await incidentsOf(db, ids)]
      return rows.map((row) =>
        mailOf(row, attempts.get(row.id) ?? null, incidents.get(row.id) ?? []),
      )
    },

    async get(id: number): Promise<MailDetail | undefined> {
      const row = await db
        .selectFrom('mail')
        .select(COLUMNS)
        .select('content')
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) return undefined
      const attempts = await db
        .selectFrom('mail_attempt')
        .selectAll()
        .where('mail_id', '=', id)
        .orderBy('id')
        .execute()
      const tries = attempts.map(attemptOf)
      const incidents = await incidentsOf(db, [id])
      const mail = mailOf(row, tries.at(-1) ?? null, incidents.get(id) ?? [])
      // Bodies go before their mails (alert-retention.ts).
      return { ...mail, tries, text: row.content === '' ? null : row.content }
    },

    /** Null when there is none, or none any more. */
    async html(id: number): Promise<string | null> {
      const row = await db.selectFrom('mail').select('html').where('id', '=', id).executeTakeFirst()
      return row?.html ?? null
    },

    /** What the HTML shows as `cid:` and their names. */
    async images(id: number): Promise<readonly MailImage[]> {
      return (await readImages(db, [id])).get(id) ?? []
    },

    /** Everything that waits, and how what was written since then ended. */
    async counts(sinceMs: number): Promise<{ waiting: number; failed: number; delivered: number }> {
      const row = await db
        .selectFrom('mail')
        .where((mail) =>
          mail.or([mail('state', '=', 'waiting'), mail('written_ms', '>=', sinceMs)]),
        )
        .select(({ fn }) => [
          fn.count<number>('id').filterWhere('state', '=', 'waiting').as('waiting'),
          fn.count<number>('id').filterWhere('state', 'in', ['refused', 'expired']).as('failed'),
          fn.count<number>('id').filterWhere('state', '=', 'delivered').as('delivered'),
        ])
        .executeTakeFirstOrThrow()
      return row
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>

async function lastAttempts(
  db: Database,
  mailIds: readonly number[],
): Promise<Map<number, MailAttempt>> {
  const newest = db
    .selectFrom('mail_attempt')
    .where('mail_id', 'in', mailIds)
    .groupBy('mail_id')
    .select(({ fn }) => fn.max('id').as('id'))
  const rows = await db.selectFrom('mail_attempt').selectAll().where('id', 'in', newest).execute()
  return new Map(rows.map((row) => [row.mail_id, attemptOf(row)]))
}

async function incidentsOf(
  db: Database,
  mailIds: readonly number[],
): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom('notice')
    .select(['mail_id', 'incident_id'])
    .distinct()
    .where('mail_id', 'in', mailIds)
    .orderBy('incident_id')
    .execute()
  const incidents = new Map<number, number[]>()
  for (const { mail_id: mailId, incident_id: incidentId } of rows) {
    if (mailId === null) continue
    const ids = incidents.get(mailId)
    if (!ids) incidents.set(mailId, [incidentId])
    else if (ids.length < MAX_INCIDENTS) ids.push(incidentId)
  }
  return incidents
}

function mailOf(
  row: Pick<Selectable<MailTable>, (typeof COLUMNS)[number]>,
  last: MailAttempt | null,
  incidentIds: number[],
): Mail {
  return {
    id: row.id,
    messageId: row.message_id,
    channel: row.channel as Mail['channel'],
    kind: row.kind as MailKind,
    recipient: row.recipient,
    subject: row.subject,
    writtenMs: row.written_ms,
    state: row.state as MailState,
    deliveredMs: row.delivered_ms,
    nextMs: row.next_ms,
    attempts: row.attempts,
    last,
    incidentIds,
  }
}

function attemptOf(row: Selectable<MailAttemptTable>): MailAttempt {
  return {
    timeMs: row.time_ms,
    relay: row.relay,
    outcome: row.outcome as MailAttempt['outcome'],
    code: row.code,
    answer: row.answer,
    tookMs: row.took_ms,
  }
}
