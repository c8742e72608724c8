// Owns how a mail lies in its tables, with its pictures beside it.
import type { MailImage, NewMail } from '../mail/ports.ts'
import { inChunks } from './chunks.ts'
import type { Database } from './schema.ts'

/** To be called in a transaction. Undefined, and nothing written, when one with its Message-ID is there. */
export async function insertMail(db: Database, mail: NewMail): Promise<number | undefined> {
  const row = await db
    .insertInto('mail')
    .values({
      message_id: mail.messageId,
      channel: mail.channel,
      kind: mail.kind,
      recipient: mail.recipient,
      subject: mail.subject,
      references_json: JSON.stringify(mail.references),
      content: mail.text,
      html: mail.html,
      written_ms: mail.writtenMs,
      state: 'waiting',
      delivered_ms: null,
      next_ms: mail.writtenMs,
      attempts: 0,
    })
    .onConflict((conflict) => conflict.column('message_id').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) return undefined
  const images = mail.images.map(({ name, png }) => ({ mail_id: row.id, name, png }))
  if (images.length > 0) await db.insertInto('mail_image').values(images).execute()
  return row.id
}

/** By mail; those without pictures are left out. */
export async function readImages(
  db: Database,
  mailIds: readonly number[],
): Promise<Map<number, MailImage[]>> {
  const images = new Map<number, MailImage[]>()
  for (const ids of inChunks(mailIds)) {
    const rows = await db
      .selectFrom('mail_image')
      .selectAll()
      .where('mail_id', 'in', ids)
      .orderBy('mail_id')
      .orderBy('name')
      .execute()
    for (const { mail_id: id, name, png } of rows) {
      images.set(id, [...(images.get(id) ?? []), { name, png }])
    }
  }
  return images
}
