// Owns which news told people of an advisory, and by which mails.
import type { AdvisoryTold } from '@vigie/shared/api/advisory'
import type { Database } from './schema.ts'

const TOLD = ['added', 'revised', 'closed', 'concerned', 'begun']

/** The hosts that count, as though there were no others; undefined: all of them. */
export type HostsInSight = readonly number[] | undefined

/** Ids of the news that are of an advisory. What was told when the watch began is of every alert that was open then. */
export function newsOf(db: Database, reference: string) {
  return db
    .selectFrom('advisory_news')
    .select('advisory_news.id')
    .where((news) =>
      news.or([
        news('advisory_news.reference', '=', reference),
        news.and([
          news('advisory_news.kind', '=', 'begun'),
          news('advisory_news.source', 'in', sourceThatBeganWith(db, reference)),
        ]),
      ]),
    )
}

function sourceThatBeganWith(db: Database, reference: string) {
  return (
    db
      .selectFrom('advisory')
      .select('source')
      .where('reference', '=', reference)
      .where('is_baseline', '=', 1)
      .where('kind', '=', 'alert')
      // One that is over was open then if that it was closed is news.
      .where((alert) =>
        alert.or([
          alert('is_closed', '=', 0),
          alert.exists(
            alert
              .selectFrom('advisory_news as closing')
              .select('closing.id')
              .where('closing.kind', '=', 'closed')
              .where('closing.reference', '=', reference),
          ),
        ]),
      )
  )
}

/** What was told of an advisory, and by which mails. Oldest first. */
export async function tellingsOf(
  db: Database,
  reference: string,
  hostIds: HostsInSight,
): Promise<AdvisoryTold[]> {
  let news = db
    .selectFrom('advisory_news')
    .leftJoin('advisory_mail', 'advisory_mail.news_id', 'advisory_news.id')
    .leftJoin('mail', 'mail.id', 'advisory_mail.mail_id')
    .select(['advisory_news.kind', 'advisory_news.channel', 'time_ms', 'told_ms'])
    .select(['mail.id', 'mail.state', 'mail.delivered_ms'])
    .where('advisory_news.kind', 'in', TOLD)
    .where('advisory_news.channel', '<>', 'none')
    .where('advisory_news.id', 'in', newsOf(db, reference))
    .orderBy('advisory_news.id')
  if (hostIds) {
    news = news.where((one) =>
      one.or([
        one('advisory_news.host_id', 'is', null),
        one('advisory_news.host_id', 'in', hostIds),
      ]),
    )
  }
  const rows = await news.execute()
  // Several hosts that became concerned are told by one mail.
  const told = new Map<string, { telling: AdvisoryTold; ids: Set<number> }>()
  for (const row of rows) {
    const key = `${row.kind} ${row.told_ms ?? ''}`
    const known = told.get(key) ?? { telling: tellingOf(row), ids: new Set<number>() }
    told.set(key, known)
    if (row.id === null || known.ids.has(row.id)) continue
    known.ids.add(row.id)
    known.telling = { ...known.telling, ...withMail(known.telling, row) }
  }
  return Array.from(told.values(), ({ telling }) => telling)
}

function tellingOf(news: {
  kind: string
  channel: string
  time_ms: number
  told_ms: number | null
}): AdvisoryTold {
  return {
    what: news.kind as AdvisoryTold['what'],
    isDigest: news.channel === 'digest',
    learntMs: news.time_ms,
    writtenMs: news.told_ms,
    mails: 0,
    delivered: 0,
    failed: 0,
    firstMs: null,
    lastMs: null,
  }
}

function withMail(
  { mails, delivered, failed, firstMs, lastMs }: AdvisoryTold,
  { state, delivered_ms: ms }: { state: string | null; delivered_ms: number | null },
): Partial<AdvisoryTold> {
  return {
    mails: mails + 1,
    delivered: delivered + (state === 'delivered' ? 1 : 0),
    failed: failed + (state === 'refused' || state === 'expired' ? 1 : 0),
    firstMs: ms === null ? firstMs : Math.min(firstMs ?? ms, ms),
    lastMs: ms === null ? lastMs : Math.max(lastMs ?? ms, ms),
  }
}
