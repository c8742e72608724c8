// Owns how advisories are followed up, as it is kept: who has one and what people did, and which hosts are concerned no more.
import type {
  AdvisoryEntry,
  AdvisoryOwner,
  HandledState,
  PastVerdict,
  Verdict,
} from '@vigie/shared/api/advisory'
import type { CertWatch } from '@vigie/shared/api/cert-watch'
import { tellingsOf, type HostsInSight } from './advisory-tellings.ts'
import { inChunks } from './chunks.ts'
import type { Database } from './schema.ts'

/** The newest of one advisory. */
const MAX_ENTRIES = 100
const OWNING = ['taken', 'handed-over']

export type NewAdvisoryEntry = Omit<AdvisoryEntry, 'to' | 'text' | 'state'> &
  Partial<Pick<AdvisoryEntry, 'to' | 'text' | 'state'>>

export function createAdvisoryFollowUp(db: Database) {
  return {
    /** `already`: somebody has it, who keeps it. */
    take: (
      reference: string,
      { by, atMs }: { by: string; atMs: number },
    ): Promise<'done' | 'already' | 'unknown'> =>
      db.transaction().execute(async (transaction) => {
        if (!(await isKnown(transaction, reference))) return 'unknown'
        if ((await ownersOf(transaction, [reference])).size > 0) return 'already'
        await insertEntry(transaction, reference, { timeMs: atMs, kind: 'taken', who: by })
        return 'done'
      }),

    /** False when there is no such advisory. */
    handOver: (
      reference: string,
      { by, atMs, to, text }: { by: string; atMs: number; to: string; text?: string | undefined },
    ): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        if (!(await isKnown(transaction, reference))) return false
        const entry = {
          timeMs: atMs,
          kind: 'handed-over',
          who: by,
          to,
          text: text ?? null,
        } as const
        await insertEntry(transaction, reference, entry)
        return true
      }),

    /** Oldest first. */
    entries: (reference: string) => entriesOf(db, reference),

    /** Of an open alert, by name. */
    past: (reference: string, hostIds?: HostsInSight) => pastOf(db, reference, hostIds),

    /** Oldest first. */
    tellings: (reference: string, hostIds?: HostsInSight) => tellingsOf(db, reference, hostIds),

    /** Of new alerts that were read since then. */
    mailDelay: (sinceMs: number) => delayOf(db, sinceMs),
  }
}

export type AdvisoryFollowUp = ReturnType<typeof createAdvisoryFollowUp>

/** To be called in a transaction. */
export async function insertEntry(
  db: Database,
  reference: string,
  { timeMs, kind, who, to = null, text = null, state = null }: NewAdvisoryEntry,
): Promise<void> {
  const row = { reference, time_ms: timeMs, kind, who, recipient: to, state, content: text }
  await db.insertInto('advisory_entry').values(row).execute()
}

/** Who has these; those that nobody has are left out. */
export async function ownersOf(
  db: Database,
  references: readonly string[],
): Promise<Map<string, AdvisoryOwner>> {
  const owners = new Map<string, AdvisoryOwner>()
  for (const some of inChunks(references)) {
    const newest = db
      .selectFrom('advisory_entry')
      .select(({ fn }) => fn.max('id').as('id'))
      .where('reference', 'in', some)
      .where('kind', 'in', OWNING)
      .groupBy('reference')
    const rows = await db
      .selectFrom('advisory_entry')
      .select(['reference', 'time_ms', 'who', 'recipient'])
      .where('id', 'in', newest)
      .execute()
    for (const { reference, time_ms: sinceMs, who, recipient } of rows) {
      owners.set(reference, { name: recipient ?? who, sinceMs })
    }
  }
  return owners
}

async function isKnown(db: Database, reference: string): Promise<boolean> {
  const row = await db
    .selectFrom('advisory')
    .select('reference')
    .where('reference', '=', reference)
    .where('document_json', 'is not', null)
    .executeTakeFirst()
  return row !== undefined
}

async function entriesOf(db: Database, reference: string): Promise<AdvisoryEntry[]> {
  const rows = await db
    .selectFrom('advisory_entry')
    .selectAll()
    .where('reference', '=', reference)
    .orderBy('id', 'desc')
    .limit(MAX_ENTRIES)
    .execute()
  return rows.reverse().map((row) => ({
    timeMs: row.time_ms,
    kind: row.kind as AdvisoryEntry['kind'],
    who: row.who,
    to: row.recipient,
    text: row.content,
    state: row.state as HandledState | null,
  }))
}

async function pastOf(
  db: Database,
  reference: string,
  hostIds: HostsInSight,
): Promise<PastVerdict[]> {
  let past = db
    .selectFrom('advisory_past_verdict')
    .innerJoin('host', 'host.id', 'advisory_past_verdict.host_id')
    .innerJoin('advisory', 'advisory.reference', 'advisory_past_verdict.reference')
    .selectAll('advisory_past_verdict')
    .select('host.name')
    .where('advisory_past_verdict.reference', '=', reference)
    .where('is_closed', '=', 0)
    .where('is_removed', '=', 0)
    .orderBy('host.name')
  if (hostIds) past = past.where('host_id', 'in', hostIds)
  const rows = await past.execute()
  return rows.map((row) => ({
    hostId: row.host_id,
    hostName: row.name,
    verdict: row.verdict as Verdict,
    goneMs: row.gone_ms,
    package:
      row.package_json === null ? null : (JSON.parse(row.package_json) as PastVerdict['package']),
  }))
}

async function delayOf(db: Database, sinceMs: number): Promise<CertWatch['mailDelay']> {
  const rows = await db
    .selectFrom('advisory_news')
    .innerJoin('advisory_mail', 'advisory_mail.news_id', 'advisory_news.id')
    .innerJoin('mail', 'mail.id', 'advisory_mail.mail_id')
    .select(({ fn }) => ['time_ms', fn.min('mail.delivered_ms').as('delivered_ms')])
    .where('advisory_news.kind', '=', 'added')
    .where('advisory_news.channel', '=', 'now')
    .where('time_ms', '>=', sinceMs)
    .where('mail.delivered_ms', 'is not', null)
    .groupBy('advisory_news.id')
    .execute()
  const delays = rows
    .map(({ time_ms: learntMs, delivered_ms: ms }) => Math.max(0, (ms ?? learntMs) - learntMs))
    .sort((a, b) => a - b)
  const medianMs = delays[Math.floor((delays.length - 1) / 2)]
  return medianMs === undefined ? null : { medianMs, alerts: delays.length }
}
