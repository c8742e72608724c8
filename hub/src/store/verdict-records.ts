// Owns who is concerned by which advisory, as it is kept: what a matching changes, and the news that it makes.
import type { Evidence, Verdict } from '@vigie/shared/api/advisory'
import type { Match } from '../cert/ports.ts'
import type { KeptVerdict, NewNews, VerdictChanges } from '../cert/watch-ports.ts'
import { inChunks } from './chunks.ts'
import { insertNews } from './news-records.ts'
import type { Database } from './schema.ts'

const VERDICTS_PER_STATEMENT = 100

export function createVerdictRecords(db: Database) {
  return {
    async all(): Promise<KeptVerdict[]> {
      const rows = await db.selectFrom('advisory_verdict').selectAll().execute()
      return rows.map((row) => ({
        reference: row.reference,
        hostId: row.host_id,
        verdict: row.verdict as Exclude<Verdict, 'not'>,
        evidence: JSON.parse(row.evidence_json) as Evidence[],
        sinceMs: row.since_ms,
      }))
    },

    /**
     * In one transaction. A verdict that stays keeps its time, whatever its evidence. A host that becomes concerned by an
     * open alert of which people were told is news, once (docs/cert.md, C4).
     */
    change: ({ put, gone }: VerdictChanges, nowMs: number): Promise<void> =>
      db.transaction().execute(async (transaction) => {
        const fresh = await newlyConcerned(transaction, put)
        await keepPast(transaction, gone, nowMs)
        await forgetPast(transaction, put)
        for (const { reference, hostId } of gone) {
          await transaction
            .deleteFrom('advisory_verdict')
            .where('reference', '=', reference)
            .where('host_id', '=', hostId)
            .execute()
        }
        for (const some of inChunks(put, VERDICTS_PER_STATEMENT)) {
          await transaction
            .insertInto('advisory_verdict')
            .values(
              some.map(({ reference, hostId, verdict, evidence }) => ({
                reference,
                host_id: hostId,
                verdict,
                since_ms: nowMs,
                evidence_json: JSON.stringify(evidence),
              })),
            )
            .onConflict((conflict) =>
              conflict.columns(['reference', 'host_id']).doUpdateSet((row) => ({
                verdict: row.ref('excluded.verdict'),
                evidence_json: row.ref('excluded.evidence_json'),
                since_ms: row
                  .case()
                  .when('advisory_verdict.verdict', '=', row.ref('excluded.verdict'))
                  .then(row.ref('advisory_verdict.since_ms'))
                  .else(row.ref('excluded.since_ms'))
                  .end(),
              })),
            )
            .execute()
        }
        await insertNews(transaction, await newsOf(transaction, fresh, nowMs))
      }),
  }
}

export type VerdictRecords = ReturnType<typeof createVerdictRecords>

/** Hosts that an open alert concerns no more stay listed with it; notices are too many for that. */
async function keepPast(db: Database, gone: VerdictChanges['gone'], nowMs: number): Promise<void> {
  for (const { reference, hostId, package: one = null } of gone) {
    await db
      .insertInto('advisory_past_verdict')
      .columns(['reference', 'host_id', 'verdict', 'gone_ms', 'package_json'])
      .expression((before) =>
        before
          .selectFrom('advisory_verdict')
          .innerJoin('advisory', 'advisory.reference', 'advisory_verdict.reference')
          .select((row) => [
            'advisory_verdict.reference',
            'host_id',
            'verdict',
            row.val(nowMs).as('gone_ms'),
            row.val(one && JSON.stringify(one)).as('package_json'),
          ])
          .where('advisory_verdict.reference', '=', reference)
          .where('host_id', '=', hostId)
          .where('kind', '=', 'alert')
          .where('is_closed', '=', 0)
          .where('is_removed', '=', 0),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  await db
    .deleteFrom('advisory_past_verdict')
    .where('reference', 'in', (over) =>
      over
        .selectFrom('advisory')
        .select('advisory.reference')
        .where((row) => row.or([row('is_closed', '=', 1), row('is_removed', '=', 1)])),
    )
    .execute()
}

async function forgetPast(db: Database, put: readonly Match[]): Promise<void> {
  const again = new Map<number, string[]>()
  for (const { reference, hostId } of put) {
    again.set(hostId, [...(again.get(hostId) ?? []), reference])
  }
  for (const [hostId, references] of again) {
    for (const some of inChunks(references)) {
      await db
        .deleteFrom('advisory_past_verdict')
        .where('host_id', '=', hostId)
        .where('reference', 'in', some)
        .execute()
    }
  }
}

/** Those that say `concerned` where that was not so. */
async function newlyConcerned(db: Database, put: readonly Match[]): Promise<Match[]> {
  const concerned = put.filter(({ verdict }) => verdict === 'concerned')
  const before = new Set<string>()
  const references = [...new Set(concerned.map(({ reference }) => reference))]
  for (const some of inChunks(references)) {
    const rows = await db
      .selectFrom('advisory_verdict')
      .select(['reference', 'host_id'])
      .where('reference', 'in', some)
      .where('verdict', '=', 'concerned')
      .execute()
    for (const row of rows) before.add(`${row.host_id} ${row.reference}`)
  }
  return concerned.filter(({ reference, hostId }) => !before.has(`${hostId} ${reference}`))
}

/** Of alerts that are open, of which nobody said that they concern nobody here, and of which people were told before this. */
async function newsOf(db: Database, fresh: readonly Match[], nowMs: number): Promise<NewNews[]> {
  const sources = new Map<string, NewNews['source']>()
  const references = [...new Set(fresh.map(({ reference }) => reference))]
  for (const some of inChunks(references)) {
    const rows = await db
      .selectFrom('advisory')
      .innerJoin('advisory_news', 'advisory_news.source', 'advisory.source')
      .select(['advisory.reference', 'advisory.source'])
      .where('advisory.reference', 'in', some)
      .where('advisory.kind', '=', 'alert')
      .where('is_closed', '=', 0)
      .where('is_removed', '=', 0)
      .where((row) =>
        row.or([
          row('handled_json', 'is', null),
          row('handled_json', 'not like', '%"state":"not-concerned"%'),
        ]),
      )
      .where('advisory_news.told_ms', 'is not', null)
      .where((row) =>
        row.or([
          row.and([
            row('advisory_news.kind', '=', 'added'),
            row('advisory_news.reference', '=', row.ref('advisory.reference')),
          ]),
          row.and([row('advisory_news.kind', '=', 'begun'), row('is_baseline', '=', 1)]),
        ]),
      )
      .execute()
    for (const row of rows) sources.set(row.reference, row.source as NewNews['source'])
  }
  return fresh.flatMap(({ reference, hostId }): NewNews[] => {
    const source = sources.get(reference)
    if (source === undefined) return []
    const kind = 'concerned'
    return [{ source, reference, hostId, kind, channel: 'now', timeMs: nowMs, detail: {} }]
  })
}
