// Owns the mails that wait for their relay, and how each attempt went.
import type { MailKind } from '@vigie/shared/api/mail'
import type { Selectable } from 'kysely'
import type { MailImage, OutboxMail, OutboxStore } from '../mail/ports.ts'
import { insertMail, readImages } from './mail-rows.ts'
import type { Database, MailTable } from './schema.ts'

export function createOutboxRecords(db: Database): OutboxStore {
  return {
    async due(nowMs, limit, busy = []) {
      const rows = await db
        .selectFrom('mail')
        .selectAll()
        .where('next_ms', '<=', nowMs)
        .$if(busy.length > 0, (mails) => mails.where('recipient', 'not in', busy))
        .orderBy('id')
        .limit(limit)
        .execute()
      const images = await readImages(
        db,
        rows.map(({ id }) => id),
      )
      return rows.map((row) => mailOf(row, images.get(row.id) ?? []))
    },

    async nextDueMs(busy = []) {
      const row = await db
        .selectFrom('mail')
        .select(({ fn }) => fn.min('next_ms').as('next_ms'))
        .where('next_ms', 'is not', null)
        .$if(busy.length > 0, (mails) => mails.where('recipient', 'not in', busy))
        .executeTakeFirst()
      return row?.next_ms ?? null
    },

    async recordAttempt({ mailId, timeMs, relay, outcome, code, answer, tookMs, state, nextMs }) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('mail_attempt')
          .values({
            mail_id: mailId,
            time_ms: timeMs,
            relay,
            outcome,
            code,
            answer,
            took_ms: tookMs,
          })
          .execute()
        await transaction
          .updateTable('mail')
          .set((mail) => ({
            state,
            next_ms: nextMs,
            attempts: mail('attempts', '+', 1),
            delivered_ms: state === 'delivered' ? timeMs + tookMs : null,
          }))
          .where('id', '=', mailId)
          .execute()
      })
    },

    async hurry(nowMs) {
      await db.updateTable('mail').set({ next_ms: nowMs }).where('next_ms', '>', nowMs).execute()
    },

    async hurryThese(messageIds, nowMs) {
      const { numUpdatedRows } = await db
        .updateTable('mail')
        .set({ next_ms: nowMs })
        .where('message_id', 'in', messageIds)
        .where('next_ms', '>', nowMs)
        .executeTakeFirst()
      return Number(numUpdatedRows)
    },

    async write(mail) {
      return db.transaction().execute(async (transaction) => {
        const id = await insertMail(transaction, mail)
        return id === undefined ? false : { id }
      })
    },

    async trouble({ waitingSinceMs, failedSinceMs }) {
      const tried = attemptedMails(db)
      // Waiting begins with the first attempt that failed: each later one would hide the trouble for a moment.
      const waiting = await summary(
        db,
        tried
          .where('mail.state', '=', 'waiting')
          .having(({ fn }) => fn.min('mail_attempt.time_ms'), '<=', waitingSinceMs),
      )
      const failed = await summary(
        db,
        tried
          .where('mail.state', 'in', ['refused', 'expired'])
          .having(({ fn }) => fn.max('mail_attempt.time_ms'), '>=', failedSinceMs),
      )
      const newest = await db
        .selectFrom('mail_attempt')
        .select('answer')
        .where('id', '=', Math.max(waiting.lastAttemptId, failed.lastAttemptId))
        .executeTakeFirst()
      return { waiting: waiting.mails, failed: failed.mails, answer: newest?.answer ?? null }
    },
  }
}

function attemptedMails(db: Database) {
  return db
    .selectFrom('mail')
    .innerJoin('mail_attempt', 'mail_attempt.mail_id', 'mail.id')
    .groupBy('mail.id')
    .select(({ fn }) => fn.max('mail_attempt.id').as('attempt_id'))
}

async function summary(db: Database, mails: ReturnType<typeof attemptedMails>) {
  const row = await db
    .selectFrom(mails.as('attempted'))
    .select(({ fn }) => [
      fn.countAll<number>().as('mails'),
      fn.max<number | null>('attempt_id').as('attempt_id'),
    ])
    .executeTakeFirstOrThrow()
  return { mails: row.mails, lastAttemptId: row.attempt_id ?? 0 }
}

function mailOf(row: Selectable<MailTable>, images: readonly MailImage[]): OutboxMail {
  return {
    id: row.id,
    messageId: row.message_id,
    channel: row.channel as OutboxMail['channel'],
    kind: row.kind as MailKind,
    recipient: row.recipient,
    subject: row.subject,
    references: JSON.parse(row.references_json) as string[],
    text: row.content,
    html: row.html,
    images,
    writtenMs: row.written_ms,
    attempts: row.attempts,
    nextMs: row.next_ms ?? row.written_ms,
  }
}
