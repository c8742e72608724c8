// Owns how advisories stand with hosts: how many each concerns, who has it, and what people did about it.
import type { Advisory, AdvisoryDocument, Handled } from '@vigie/shared/api/advisory'
import type { Selectable } from 'kysely'
import { ownersOf } from './advisory-follow-up.ts'
import type { AdvisoryTable } from './advisory-tables.ts'
import type { HostsInSight } from './advisory-tellings.ts'
import { inChunks } from './chunks.ts'
import type { Database } from './schema.ts'

/** What the store knows of an advisory; why it concerns nobody is not kept. */
export type KnownAdvisory = Omit<Advisory, 'whyNot' | 'uncompared'>

/** In the order of the rows. */
export async function withStanding(
  db: Database,
  rows: readonly Selectable<AdvisoryTable>[],
  hostIds: HostsInSight,
): Promise<KnownAdvisory[]> {
  const references = rows.map(({ reference }) => reference)
  const owners = await ownersOf(db, references)
  const counts = await countsOf(db, references, hostIds)
  const past = await pastAmong(db, references, hostIds)
  return rows.map((row) => {
    const { reference, handled_json: handled } = row
    const { concerned = 0, check = 0 } = counts.get(reference) ?? {}
    const isToldOf = hostIds === undefined || concerned + check > 0 || past.has(reference)
    return {
      ...documentOf(row.document_json),
      firstSeenMs: row.first_seen_ms,
      changedMs: row.changed_ms,
      isBaseline: row.is_baseline === 1,
      isRemoved: row.is_removed === 1,
      concerned,
      toCheck: check,
      owner: (isToldOf && owners.get(reference)) || null,
      handled: isToldOf && handled !== null ? handledOf(handled, hostIds) : null,
    }
  })
}

export function documentOf(json: string | null): AdvisoryDocument {
  return JSON.parse(json ?? 'null') as AdvisoryDocument
}

// Words of people may be about any host.
function handledOf(json: string, hostIds: HostsInSight): Handled {
  const handled = JSON.parse(json) as Handled
  return hostIds === undefined ? handled : { ...handled, comment: '' }
}

async function countsOf(
  db: Database,
  references: readonly string[],
  hostIds: HostsInSight,
): Promise<Map<string, { concerned?: number; check?: number }>> {
  const counts = new Map<string, { concerned?: number; check?: number }>()
  for (const some of inChunks(references)) {
    let verdicts = db
      .selectFrom('advisory_verdict')
      .innerJoin('host', 'host.id', 'advisory_verdict.host_id')
      .select(({ fn }) => ['reference', 'verdict', fn.countAll<number>().as('hosts')])
      .where('reference', 'in', some)
      .groupBy(['reference', 'verdict'])
    if (hostIds) verdicts = verdicts.where('host_id', 'in', hostIds)
    for (const { reference, verdict, hosts } of await verdicts.execute()) {
      counts.set(reference, { ...counts.get(reference), [verdict]: hosts })
    }
  }
  return counts
}

/** Those that concerned one of these hosts before; none where every host is in sight. */
async function pastAmong(
  db: Database,
  references: readonly string[],
  hostIds: HostsInSight,
): Promise<Set<string>> {
  const past = new Set<string>()
  if (hostIds === undefined) return past
  for (const some of inChunks(references)) {
    const rows = await db
      .selectFrom('advisory_past_verdict')
      .select('reference')
      .distinct()
      .where('reference', 'in', some)
      .where('host_id', 'in', hostIds)
      .execute()
    for (const { reference } of rows) past.add(reference)
  }
  return past
}
