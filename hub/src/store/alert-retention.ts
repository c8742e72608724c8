// Owns how long incidents and mails are kept, in steps so small that who writes hardly waits. What is large goes first,
// and nothing goes that somebody has yet to be told.
import { ROWS_PER_STATEMENT } from './chunks.ts'
import type { Pace } from './keeper.ts'
import type { Database } from './schema.ts'

const DAY_MS = 86_400_000
const KEEP_MS = 90 * DAY_MS
/** Bodies of mails, their pictures, and the processes of incidents. */
const KEEP_LARGE_MS = 10 * DAY_MS

/** Of some 100 KB each. */
const LARGE_ROWS_AT_ONCE = 25

const ENDED = ['delivered', 'refused', 'expired']

export async function forgetAlerts(db: Database, nowMs: number, pace: Pace): Promise<void> {
  const [beforeMs, largeBeforeMs] = [nowMs - KEEP_MS, nowMs - KEEP_LARGE_MS]
  while (await dropBodies(db, largeBeforeMs)) await pace()
  while (await dropSnapshots(db, largeBeforeMs)) await pace()
  while (await deleteIncidents(db, beforeMs)) await pace()
  while (await deleteReminders(db, beforeMs)) await pace()
  while (await deleteMails(db, beforeMs)) await pace()
  await db.deleteFrom('silence').where('ends_ms', '<', beforeMs).execute()
}

function dropBodies(db: Database, beforeMs: number): Promise<boolean> {
  const rows = db
    .selectFrom('mail')
    .select('id')
    .where('state', 'in', ENDED)
    .where('written_ms', '<', beforeMs)
    .where((mail) => mail.or([mail('html', 'is not', null), mail('content', '<>', '')]))
    .limit(LARGE_ROWS_AT_ONCE)
  return step(rows, async (ids) => {
    await db.transaction().execute(async (transaction) => {
      await transaction.deleteFrom('mail_image').where('mail_id', 'in', ids).execute()
      await transaction
        .updateTable('mail')
        .set({ content: '', html: null })
        .where('id', 'in', ids)
        .execute()
    })
  })
}

function dropSnapshots(db: Database, beforeMs: number): Promise<boolean> {
  const rows = db
    .selectFrom('incident')
    .select('id')
    .where('resolved_ms', '<', beforeMs)
    .where('snapshots_json', 'is not', null)
    .limit(LARGE_ROWS_AT_ONCE)
  return step(rows, async (ids) => {
    await db.updateTable('incident').set({ snapshots_json: null }).where('id', 'in', ids).execute()
  })
}

// The newest stays, whatever its age: the next id is counted from it (alert-records.ts).
function deleteIncidents(db: Database, beforeMs: number): Promise<boolean> {
  const rows = db
    .selectFrom('incident')
    .select('id')
    .where('resolved_ms', '<', beforeMs)
    .where('id', '<', (row) =>
      row.selectFrom('incident').select(({ fn }) => fn.max('id').as('newest')),
    )
    .where('id', 'not in', (row) =>
      row
        .selectFrom('notice')
        .select('incident_id')
        .where('mail_id', 'is', null)
        .where('withheld', 'is', null),
    )
    .limit(ROWS_PER_STATEMENT)
  return step(rows, async (ids) => {
    await db.transaction().execute(async (transaction) => {
      for (const table of ['incident_entry', 'notice'] as const) {
        await transaction.deleteFrom(table).where('incident_id', 'in', ids).execute()
      }
      await transaction.deleteFrom('incident').where('id', 'in', ids).execute()
    })
  })
}

/** Of incidents that go on. Who was told that they opened is kept, as they must hear of the end. */
function deleteReminders(db: Database, beforeMs: number): Promise<boolean> {
  const rows = db
    .selectFrom('notice')
    .select('id')
    .where('kind', '=', 'reminder')
    .where('time_ms', '<', beforeMs)
    .where((notice) =>
      notice.or([notice('mail_id', 'is not', null), notice('withheld', 'is not', null)]),
    )
    .limit(ROWS_PER_STATEMENT)
  return step(rows, async (ids) => {
    await db.deleteFrom('notice').where('id', 'in', ids).execute()
  })
}

/** A mail that a notice refers to is where a thread begins. */
function deleteMails(db: Database, beforeMs: number): Promise<boolean> {
  const rows = db
    .selectFrom('mail')
    .select('id')
    .where('state', 'in', ENDED)
    .where('written_ms', '<', beforeMs)
    .where((mail) =>
      mail.not(
        mail.exists(
          mail.selectFrom('notice').select('notice.id').whereRef('notice.mail_id', '=', 'mail.id'),
        ),
      ),
    )
    .limit(ROWS_PER_STATEMENT)
  return step(rows, async (ids) => {
    await db.transaction().execute(async (transaction) => {
      for (const table of ['mail_attempt', 'mail_image', 'advisory_mail'] as const) {
        await transaction.deleteFrom(table).where('mail_id', 'in', ids).execute()
      }
      await transaction.deleteFrom('mail').where('id', 'in', ids).execute()
    })
  })
}

/** Drops what a query finds; resolves with whether it found any, and there may be more. */
async function step(
  rows: { execute(): Promise<{ id: number }[]> },
  drop: (ids: readonly number[]) => Promise<void>,
): Promise<boolean> {
  const ids = (await rows.execute()).map(({ id }) => id)
  if (ids.length > 0) await drop(ids)
  return ids.length > 0
}
