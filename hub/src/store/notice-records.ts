// Owns what is to be told to whom: notices that wait, and the mails that they are composed into.
import type { IncidentKind, IncidentRule, IncidentState } from '@vigie/shared/api/incident'
import type { Severity } from '@vigie/shared/api/rule'
import type { NoticeStore, WaitingNotice } from '../mail/ports.ts'
import { inChunks } from './chunks.ts'
import { insertMail } from './mail-rows.ts'
import type { Database } from './schema.ts'

export function createNoticeRecords(db: Database): NoticeStore {
  return {
    waiting: () => readWaiting(db),

    /** Throws, and writes nothing, when one of them does not wait any more: nothing is told twice. */
    async compose(mail, noticeIds) {
      return db.transaction().execute(async (transaction) => {
        const id = await insertMail(transaction, mail)
        if (id === undefined) throw new Error(`a mail ${mail.messageId} is written already`)
        let told = 0
        for (const ids of inChunks(noticeIds)) {
          const { numUpdatedRows } = await transaction
            .updateTable('notice')
            .set({ mail_id: id })
            .where('id', 'in', ids)
            .where('mail_id', 'is', null)
            .where('withheld', 'is', null)
            .executeTakeFirst()
          told += Number(numUpdatedRows)
        }
        if (told !== noticeIds.length) {
          throw new Error(`${noticeIds.length - told} notices of ${mail.messageId} wait no more`)
        }
        return { id }
      })
    },

    async withhold(noticeIds, why) {
      await db.transaction().execute(async (transaction) => {
        for (const ids of inChunks(noticeIds)) {
          await transaction
            .updateTable('notice')
            .set({ withheld: why })
            .where('id', 'in', ids)
            .where('mail_id', 'is', null)
            .execute()
        }
      })
    },

    async threads(incidentIds, recipient) {
      const threads = new Map<number, string>()
      for (const ids of inChunks(incidentIds)) {
        const firsts = db
          .selectFrom('notice')
          .where('incident_id', 'in', ids)
          .where('recipient', '=', recipient)
          .where('mail_id', 'is not', null)
          .groupBy('incident_id')
          .select(({ fn }) => ['incident_id', fn.min('mail_id').as('mail_id')])
        const rows = await db
          .selectFrom(firsts.as('first'))
          .innerJoin('mail', 'mail.id', 'first.mail_id')
          .select(['first.incident_id', 'mail.message_id'])
          .execute()
        for (const row of rows) threads.set(row.incident_id, row.message_id)
      }
      return threads
    },

    async composedSince(recipient, sinceMs) {
      const rows = await db
        .selectFrom('mail')
        .select('written_ms')
        .where('recipient', '=', recipient)
        .where('written_ms', '>=', sinceMs)
        .where((mail) =>
          mail.or([
            mail.exists(
              mail
                .selectFrom('notice')
                .select('notice.id')
                .whereRef('notice.mail_id', '=', 'mail.id'),
            ),
            mail.exists(
              mail
                .selectFrom('advisory_mail')
                .select('advisory_mail.news_id')
                .whereRef('advisory_mail.mail_id', '=', 'mail.id'),
            ),
          ]),
        )
        .orderBy('written_ms')
        .execute()
      return rows.map((row) => row.written_ms)
    },

    async alertMailsSince(sinceMs) {
      const row = await db
        .selectFrom('mail')
        .innerJoin('advisory_mail', 'advisory_mail.mail_id', 'mail.id')
        .innerJoin('advisory_news', 'advisory_news.id', 'advisory_mail.news_id')
        .where('mail.written_ms', '>=', sinceMs)
        .where('advisory_news.channel', '=', 'now')
        .where('advisory_news.kind', 'in', ['added', 'revised', 'closed', 'concerned'])
        .groupBy('mail.recipient')
        .select(({ fn }) => fn.count<number>('mail.id').distinct().as('count'))
        .orderBy('count', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row?.count ?? 0
    },
  }
}

async function readWaiting(db: Database): Promise<WaitingNotice[]> {
  const rows = await db
    .selectFrom('notice')
    .innerJoin('incident', 'incident.id', 'notice.incident_id')
    .where('notice.mail_id', 'is', null)
    .where('notice.withheld', 'is', null)
    .select(['notice.id', 'notice.incident_id', 'notice.kind', 'notice.recipient'])
    .select(['notice.time_ms', 'incident.kind as incident_kind', 'incident.rule_json'])
    .select(['incident.severity', 'incident.host_id', 'incident.state', 'incident.folded_into'])
    .orderBy('notice.id')
    .execute()
  // A storm has many notices of each incident: what they share is made once.
  const incidents = new Map<number, WaitingNotice['incident']>()
  return rows.map((row) => {
    const incident = incidents.get(row.incident_id) ?? {
      kind: row.incident_kind as IncidentKind,
      rule: JSON.parse(row.rule_json) as IncidentRule,
      severity: row.severity as Severity,
      hostId: row.host_id,
      state: row.state as IncidentState,
      foldedInto: row.folded_into,
    }
    incidents.set(row.incident_id, incident)
    return {
      id: row.id,
      incidentId: row.incident_id,
      kind: row.kind as WaitingNotice['kind'],
      recipient: row.recipient,
      timeMs: row.time_ms,
      incident,
    }
  })
}
