// Owns what the CERT watch has to tell: news that wait, and the mails that tell them, each once.
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'
import type { Selectable } from 'kysely'
import type { NewNews, News, NewsDetail, NewsKind, NewsChannel } from '../cert/watch-ports.ts'
import type { NewMail } from '../mail/ports.ts'
import type { AdvisoryNewsTable } from './advisory-tables.ts'
import { inChunks } from './chunks.ts'
import { insertMail } from './mail-rows.ts'
import type { Database } from './schema.ts'

/** To be called in a transaction. What is there already (docs/cert.md, W4, C4) is not written again. */
export async function insertNews(db: Database, news: readonly NewNews[]): Promise<void> {
  const rows = news.map(({ source, reference, hostId, kind, channel, timeMs, detail }) => ({
    source,
    reference,
    host_id: hostId,
    kind,
    channel,
    time_ms: timeMs,
    told_ms: channel === 'none' ? timeMs : null,
    detail_json: JSON.stringify(detail),
  }))
  for (const some of inChunks(rows, 50)) {
    await db
      .insertInto('advisory_news')
      .values([...some])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

export function createNewsRecords(db: Database) {
  return {
    /** In the order in which they were learnt. */
    async waiting(): Promise<News[]> {
      const rows = await db
        .selectFrom('advisory_news')
        .selectAll()
        .where('told_ms', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map(newsOf)
    },

    /** The mails and that they tell these, in one transaction. False, and nothing written, when one of them was told. */
    tell: (newsIds: readonly number[], mails: readonly NewMail[], nowMs: number) =>
      db
        .transaction()
        .execute(async (transaction): Promise<boolean> => {
          let told = 0
          for (const ids of inChunks(newsIds)) {
            const { numUpdatedRows } = await transaction
              .updateTable('advisory_news')
              .set({ told_ms: nowMs })
              .where('id', 'in', ids)
              .where('told_ms', 'is', null)
              .executeTakeFirst()
            told += Number(numUpdatedRows)
          }
          if (told !== newsIds.length) throw new ToldAlreadyError()
          for (const mail of mails) await linkMail(transaction, newsIds, mail)
          return true
        })
        .catch((error: unknown) => {
          if (error instanceof ToldAlreadyError) return false
          throw error
        }),

    /** The host that each news of a mail is about, null where it is about none. */
    async hostsOfMail(mailId: number): Promise<(number | null)[]> {
      const rows = await db
        .selectFrom('advisory_mail')
        .innerJoin('advisory_news', 'advisory_news.id', 'advisory_mail.news_id')
        .select('host_id')
        .where('mail_id', '=', mailId)
        .execute()
      return rows.map((row) => row.host_id)
    },

    /** Whether everybody was told of each of these, or will not be; a map by reference. */
    async toldReferences(references: readonly string[]): Promise<Set<string>> {
      const told = new Set<string>()
      for (const some of inChunks(references)) {
        const rows = await db
          .selectFrom('advisory_news')
          .select('reference')
          .where('kind', '=', 'added')
          .where('told_ms', 'is not', null)
          .where('reference', 'in', some)
          .execute()
        for (const { reference } of rows) if (reference !== null) told.add(reference)
      }
      return told
    },
  }
}

/** Writes a mail and that it tells these; one that was written before is not written again. */
async function linkMail(db: Database, newsIds: readonly number[], mail: NewMail): Promise<void> {
  const mailId = (await insertMail(db, mail)) ?? (await writtenBefore(db, mail.messageId))
  for (const ids of inChunks(newsIds)) {
    await db
      .insertInto('advisory_mail')
      .values(ids.map((id) => ({ news_id: id, mail_id: mailId })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function writtenBefore(db: Database, messageId: string): Promise<number> {
  const { id } = await db
    .selectFrom('mail')
    .select('id')
    .where('message_id', '=', messageId)
    .executeTakeFirstOrThrow()
  return id
}

/** Ends the transaction. */
class ToldAlreadyError extends Error {}

export type NewsRecords = ReturnType<typeof createNewsRecords>

function newsOf(row: Selectable<AdvisoryNewsTable>): News {
  return {
    id: row.id,
    source: row.source as AdvisorySourceId,
    reference: row.reference,
    hostId: row.host_id,
    kind: row.kind as NewsKind,
    channel: row.channel as NewsChannel,
    timeMs: row.time_ms,
    detail: JSON.parse(row.detail_json) as NewsDetail,
  }
}
