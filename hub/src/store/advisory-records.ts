// Owns the advisories as they are kept for good: read by pages, by reference and by host, and what people did about them.
import type {
  AdvisoryCounts,
  AdvisoryDetail,
  AdvisoryDocument,
  AdvisoryKind,
  AdvisorySourceId,
  Evidence,
  Handled,
  HostAdvisory,
  Verdict,
} from '@vigie/shared/api/advisory'
import { sql, type ExpressionBuilder, type Selectable } from 'kysely'
import type { KeptAdvisory, ToldAdvisory } from '../cert/watch-ports.ts'
import { insertEntry } from './advisory-follow-up.ts'
import { documentOf, withStanding, type KnownAdvisory } from './advisory-standing.ts'
import type { AdvisoryTable } from './advisory-tables.ts'
import type { HostsInSight } from './advisory-tellings.ts'
import { inChunks } from './chunks.ts'
import type { Database, Schema } from './schema.ts'

export interface AdvisoryQuery {
  readonly source?: AdvisorySourceId
  readonly kind?: AdvisoryKind
  readonly state?: 'open' | 'closed' | 'all'
  /** Only those by which a host is concerned, or may be. */
  readonly concerns?: boolean
  /** Words of the title, the reference, the text or a host that it concerns; as they are, in any case of ASCII letters. */
  readonly text?: string
  readonly hostIds?: HostsInSight
  /** The last of the page before. */
  readonly before?: { readonly publishedMs: number; readonly reference: string }
  readonly limit: number
}

/** A host's verdict without its name and the age of its list, which others know. */
export type HostOfAdvisory = Omit<AdvisoryDetail['hosts'][number], 'packagesMs'>

export type KnownHostAdvisory = Omit<HostAdvisory, 'advisory'> & { advisory: KnownAdvisory }

type Rows = ExpressionBuilder<Schema, 'advisory'>

/** The newest so many are compared with the fleet: some years of alerts and notices. */
export const MAX_MATCHED = 5000

export function createAdvisoryRecords(db: Database) {
  return {
    /** Of a source, by reference. */
    async known(source: AdvisorySourceId): Promise<Map<string, KeptAdvisory>> {
      const rows = await db
        .selectFrom('advisory')
        .selectAll()
        .where('source', '=', source)
        .execute()
      return new Map(rows.map((row) => [row.reference, keptOf(row)]))
    },

    /** Those of which something is known, the newest first. */
    async page(query: AdvisoryQuery): Promise<KnownAdvisory[]> {
      let rows = db
        .selectFrom('advisory')
        .selectAll()
        .where('document_json', 'is not', null)
        .orderBy('published_ms', 'desc')
        .orderBy('reference', 'desc')
        .limit(query.limit)
      const { state = 'all', concerns, before, hostIds } = query
      rows = rows.where((row) => isAsked(row, query))
      if (state === 'open') rows = rows.where('is_closed', '=', 0).where('is_removed', '=', 0)
      if (state === 'closed') rows = rows.where('is_closed', '=', 1)
      if (concerns) rows = rows.where((row) => row('reference', 'in', concerning(row, hostIds)))
      if (before) {
        const { publishedMs, reference } = before
        rows = rows.where((row) =>
          row.or([
            row('published_ms', '<', publishedMs),
            row.and([row('published_ms', '=', publishedMs), row('reference', '<', reference)]),
          ]),
        )
      }
      return withStanding(db, await rows.execute(), hostIds)
    },

    /** Of a source and words, whatever their kind and state. */
    async counts(
      query: Pick<AdvisoryQuery, 'source' | 'text' | 'hostIds'>,
    ): Promise<AdvisoryCounts> {
      const isOpen = (row: Rows) =>
        row.and([row('kind', '=', 'alert'), row('is_closed', '=', 0), row('is_removed', '=', 0)])
      return db
        .selectFrom('advisory')
        .where('document_json', 'is not', null)
        .where((row) => isAsked(row, query))
        .select((row) => [
          row.fn.countAll<number>().as('all'),
          row.fn.countAll<number>().filterWhere(isOpen).as('open'),
          row.fn
            .countAll<number>()
            .filterWhere((each) => each('reference', 'in', concerning(each, query.hostIds)))
            .as('concern'),
        ])
        .executeTakeFirstOrThrow()
    },

    async get(
      reference: string,
      hostIds?: HostsInSight,
    ): Promise<(KnownAdvisory & { hosts: HostOfAdvisory[] }) | undefined> {
      const row = await db
        .selectFrom('advisory')
        .selectAll()
        .where('reference', '=', reference)
        .where('document_json', 'is not', null)
        .executeTakeFirst()
      const [advisory] = await withStanding(db, row ? [row] : [], hostIds)
      return advisory && { ...advisory, hosts: await hostsOf(db, reference, hostIds) }
    },

    /** What concerns a host or may, the concerned first, then the newest; at most `limit`. */
    async ofHost(
      hostId: number,
      { limit, hostIds }: { limit: number; hostIds?: HostsInSight },
    ): Promise<KnownHostAdvisory[]> {
      const rows = await db
        .selectFrom('advisory_verdict')
        .innerJoin('advisory', 'advisory.reference', 'advisory_verdict.reference')
        .selectAll('advisory')
        .select(['verdict', 'since_ms', 'evidence_json'])
        .where('host_id', '=', hostId)
        .where('document_json', 'is not', null)
        .orderBy('verdict', 'desc')
        .orderBy('published_ms', 'desc')
        .limit(limit)
        .execute()
      const advisories = await withStanding(db, rows, hostIds)
      const byReference = new Map(advisories.map((one) => [one.reference, one]))
      return rows
        .flatMap((row): KnownHostAdvisory[] => {
          const advisory = byReference.get(row.reference)
          if (!advisory) return []
          return [
            {
              advisory,
              verdict: row.verdict as Verdict,
              evidence: JSON.parse(row.evidence_json) as Evidence[],
              sinceMs: row.since_ms,
            },
          ]
        })
        .sort((a, b) => rankOf(a) - rankOf(b))
    },

    /** As mails tell them, in the order of the references; those that are gone are left out. */
    async told(references: readonly string[]): Promise<ToldAdvisory[]> {
      const told = new Map<string, ToldAdvisory>()
      for (const some of inChunks(references)) {
        const rows = await db
          .selectFrom('advisory')
          .select(['reference', 'is_read', 'document_json'])
          .where('reference', 'in', some)
          .where('document_json', 'is not', null)
          .execute()
        for (const row of rows) {
          const hosts = (await hostsOf(db, row.reference)).flatMap((host) =>
            host.verdict === 'not' ? [] : [{ ...host, verdict: host.verdict }],
          )
          const document = documentOf(row.document_json)
          told.set(row.reference, { document, isRead: row.is_read === 1, hosts })
        }
      }
      return references.flatMap((reference) => told.get(reference) ?? [])
    },

    /** References of a source's alerts that are open. */
    async openAlerts(source: AdvisorySourceId): Promise<string[]> {
      const rows = await db
        .selectFrom('advisory')
        .select('reference')
        .where('source', '=', source)
        .where('kind', '=', 'alert')
        .where('is_closed', '=', 0)
        .where('is_removed', '=', 0)
        .orderBy('published_ms', 'desc')
        .execute()
      return rows.map(({ reference }) => reference)
    },

    /** What people did about it, and who says so; null takes that back. False when there is no such advisory. */
    setHandled: (
      reference: string,
      handled: Handled | null,
      { by, atMs }: { by: string; atMs: number },
    ): Promise<boolean> =>
      db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('advisory')
          .set({ handled_json: handled && JSON.stringify(handled) })
          .where('reference', '=', reference)
          .where('document_json', 'is not', null)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) return false
        const entry = { timeMs: atMs, who: by, kind: handled ? 'handled' : 'undone' } as const
        const text = handled?.comment || null
        await insertEntry(transaction, reference, { ...entry, state: handled?.state ?? null, text })
        return true
      }),

    /** Whether there is none at all, nor one that its source has taken away. */
    async isEmpty(): Promise<boolean> {
      const first = await db.selectFrom('advisory').select('reference').limit(1).executeTakeFirst()
      return first === undefined
    },

    /** What is compared with the fleet: what its source still shows, the newest first. */
    async documents(limit = MAX_MATCHED): Promise<AdvisoryDocument[]> {
      const rows = await db
        .selectFrom('advisory')
        .select('document_json')
        .where('document_json', 'is not', null)
        .where('is_removed', '=', 0)
        .orderBy('published_ms', 'desc')
        .limit(limit)
        .execute()
      return rows.map((row) => documentOf(row.document_json))
    },
  }
}

export type AdvisoryRecords = ReturnType<typeof createAdvisoryRecords>

function isAsked(row: Rows, { source, kind, text, hostIds }: Partial<AdvisoryQuery>) {
  const asked = []
  if (source !== undefined) asked.push(row('source', '=', source))
  if (kind !== undefined) asked.push(row('kind', '=', kind))
  if (text !== undefined) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    const columns = ['reference', 'title', 'document_json'] as const
    const ofHost = concerning(row, hostIds)
      .innerJoin('host', 'host.id', 'advisory_verdict.host_id')
      .where((host) => sql<boolean>`${host.ref('host.name')} like ${pattern} escape '\\'`)
    asked.push(
      row.or([
        ...columns.map((column) => sql<boolean>`${row.ref(column)} like ${pattern} escape '\\'`),
        row('reference', 'in', ofHost),
      ]),
    )
  }
  return row.and(asked)
}

function concerning(row: Rows, hostIds: HostsInSight) {
  const verdicts = row.selectFrom('advisory_verdict').select('advisory_verdict.reference')
  return hostIds ? verdicts.where('advisory_verdict.host_id', 'in', hostIds) : verdicts
}

/** The concerned first, then by name. */
async function hostsOf(
  db: Database,
  reference: string,
  hostIds?: HostsInSight,
): Promise<HostOfAdvisory[]> {
  let verdicts = db
    .selectFrom('advisory_verdict')
    .innerJoin('host', 'host.id', 'advisory_verdict.host_id')
    .selectAll('advisory_verdict')
    .select('host.name')
    .where('reference', '=', reference)
  if (hostIds) verdicts = verdicts.where('host_id', 'in', hostIds)
  const rows = await verdicts.execute()
  return rows
    .map((row) => ({
      hostId: row.host_id,
      hostName: row.name,
      verdict: row.verdict as Verdict,
      evidence: JSON.parse(row.evidence_json) as Evidence[],
      sinceMs: row.since_ms,
    }))
    .sort((a, b) => rankOf(a) - rankOf(b) || a.hostName.localeCompare(b.hostName))
}

function rankOf({ verdict }: { verdict: Verdict }): number {
  return verdict === 'concerned' ? 0 : 1
}

function keptOf(row: Selectable<AdvisoryTable>): KeptAdvisory {
  return {
    reference: row.reference,
    source: row.source as AdvisorySourceId,
    kind: row.kind as AdvisoryKind,
    listHash: row.list_hash,
    isClosed: row.is_closed === 1,
    isRead: row.is_read === 1,
    isBaseline: row.is_baseline === 1,
    isRemoved: row.is_removed === 1,
    firstSeenMs: row.first_seen_ms,
    changedMs: row.changed_ms,
    document: row.document_json === null ? null : documentOf(row.document_json),
  }
}
