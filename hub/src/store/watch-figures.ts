// Owns counting what the CERT watch keeps: what is open, whom it concerns, what is to be told, and how each source has fared.
import type { WatchFigures } from '../cert/watch-metrics.ts'
import type { Database } from './schema.ts'

export function createWatchFigures(db: Database) {
  return async (): Promise<WatchFigures> => {
    // An advisory that somebody dealt with asks for nothing any more.
    const open = db
      .selectFrom('advisory')
      .where('is_closed', '=', 0)
      .where('is_removed', '=', 0)
      .where('handled_json', 'is', null)
      .where('document_json', 'is not', null)
    const kinds = await open
      .select(['kind', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('kind')
      .execute()
    const concerning = await open
      .where((row) =>
        row.exists(
          row
            .selectFrom('advisory_verdict')
            .select('host_id')
            .whereRef('advisory_verdict.reference', '=', 'advisory.reference')
            .where('verdict', '=', 'concerned'),
        ),
      )
      .select(['kind', ({ fn }) => fn.countAll<number>().as('count')])
      .groupBy('kind')
      .execute()
    const hosts = await db
      .selectFrom('advisory_verdict')
      .innerJoin(
        open.select('reference').as('open'),
        'open.reference',
        'advisory_verdict.reference',
      )
      .select(['verdict', ({ fn }) => fn.count<number>('host_id').distinct().as('count')])
      .groupBy('verdict')
      .execute()
    const { waiting } = await db
      .selectFrom('advisory_news')
      .where('told_ms', 'is', null)
      .select(({ fn }) => fn.countAll<number>().as('waiting'))
      .executeTakeFirstOrThrow()
    const runs = await db
      .selectFrom('advisory_run')
      .where('outcome', '!=', 'failed')
      .select(['source', ({ fn }) => fn.max('started_ms').as('last_ms')])
      .groupBy('source')
      .execute()
    const sources = await db
      .selectFrom('advisory_source')
      .select(['source', 'failed_in_a_row'])
      .execute()
    const lastGoodMs = new Map(runs.map((row) => [row.source, row.last_ms]))
    return {
      open: new Map(kinds.map(({ kind, count }) => [kind, count])),
      concerning: new Map(concerning.map(({ kind, count }) => [kind, count])),
      hosts: new Map(hosts.map(({ verdict, count }) => [verdict, count])),
      newsWaiting: waiting,
      sources: sources.map((row) => ({
        source: row.source,
        failedInARow: row.failed_in_a_row,
        lastGoodMs: lastGoodMs.get(row.source) ?? null,
      })),
    }
  }
}
