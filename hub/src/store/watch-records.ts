// Owns what the CERT watch learns, as it is kept: all that one run taught in one transaction, and its last runs.
import type { AdvisorySourceId } from '@vigie/shared/api/advisory'
import type { WatchFailureKind, WatchRun } from '@vigie/shared/api/cert-watch'
import type { Insertable, Selectable } from 'kysely'
import type { KeptAdvisory, Learnt, NewRun, SourceState, ToldTrouble } from '../cert/watch-ports.ts'
import type { AdvisoryRunTable, AdvisorySourceTable, AdvisoryTable } from './advisory-tables.ts'
import { inChunks } from './chunks.ts'
import { insertNews } from './news-records.ts'
import type { Database } from './schema.ts'

/** Of each source. */
export const KEPT_RUNS = 1000
/** Runs of which is kept what was seen when they failed. */
export const KEPT_PAGES = 20
/** An advisory is a row of kilobytes. */
const ADVISORIES_PER_STATEMENT = 50

/** As the column is written. */
const TOLD: readonly ToldTrouble[] = ['none', 'partly', 'failed']

type KeptFailure = WatchRun['failures'][number]

export function createWatchRecords(db: Database) {
  return {
    async states(): Promise<SourceState[]> {
      return (await db.selectFrom('advisory_source').selectAll().execute()).map(stateOf)
    },

    /** All of it, or nothing. Returns the run's id. */
    learn: ({ run, state, advisories, news }: Learnt): Promise<number> =>
      db.transaction().execute(async (transaction) => {
        await putAdvisories(transaction, advisories)
        await insertNews(transaction, news)
        const { source, ...row } = rowOfState(state)
        await transaction
          .insertInto('advisory_source')
          .values({ source, ...row })
          .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
          .execute()
        const id = await insertRun(transaction, run)
        await forgetOldRuns(transaction, run.source)
        return id
      }),

    /** Of every source, newest first. */
    async runs(limit: number): Promise<WatchRun[]> {
      const rows = await db
        .selectFrom('advisory_run')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      const withPages = await runsWithPages(db)
      return rows.map((row) => runOf(row, withPages.has(row.id)))
    },

    /** The first picture of what a run saw when it failed; undefined when there is none. */
    async screenshot(runId: number): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('advisory_run_page')
        .select('screenshot')
        .where('run_id', '=', runId)
        .where('screenshot', 'is not', null)
        .orderBy('position')
        .executeTakeFirst()
      return row?.screenshot ?? undefined
    },

    /** The first page, as it was, that a run saw when it failed. */
    async html(runId: number): Promise<string | undefined> {
      const row = await db
        .selectFrom('advisory_run_page')
        .select('html')
        .where('run_id', '=', runId)
        .where('html', 'is not', null)
        .orderBy('position')
        .executeTakeFirst()
      return row?.html ?? undefined
    },
  }
}

export type WatchRecords = ReturnType<typeof createWatchRecords>

async function putAdvisories(db: Database, advisories: readonly KeptAdvisory[]): Promise<void> {
  const rows = advisories.map(rowOfAdvisory)
  for (const some of inChunks(rows, ADVISORIES_PER_STATEMENT)) {
    await db
      .insertInto('advisory')
      .values([...some])
      .onConflict((conflict) =>
        // What people did about it and when it was first seen stay.
        conflict.column('reference').doUpdateSet((row) => ({
          title: row.ref('excluded.title'),
          kind: row.ref('excluded.kind'),
          published_ms: row.ref('excluded.published_ms'),
          changed_ms: row.ref('excluded.changed_ms'),
          is_closed: row.ref('excluded.is_closed'),
          is_removed: row.ref('excluded.is_removed'),
          is_read: row.ref('excluded.is_read'),
          list_hash: row.ref('excluded.list_hash'),
          document_json: row.ref('excluded.document_json'),
        })),
      )
      .execute()
  }
}

function rowOfAdvisory(advisory: KeptAdvisory): Insertable<AdvisoryTable> {
  const { document } = advisory
  return {
    reference: advisory.reference,
    source: advisory.source,
    kind: document?.kind ?? advisory.kind,
    title: document?.title ?? '',
    published_ms: document?.publishedMs ?? advisory.firstSeenMs,
    first_seen_ms: advisory.firstSeenMs,
    changed_ms: advisory.changedMs,
    is_closed: advisory.isClosed ? 1 : 0,
    is_baseline: advisory.isBaseline ? 1 : 0,
    is_removed: advisory.isRemoved ? 1 : 0,
    is_read: advisory.isRead ? 1 : 0,
    list_hash: advisory.listHash,
    handled_json: null,
    document_json: document && JSON.stringify(document),
  }
}

async function insertRun(db: Database, run: NewRun): Promise<number> {
  const failures = run.failures.map(({ kind, detail, screenshot, html }): KeptFailure => ({
    kind,
    detail,
    hasScreenshot: screenshot !== undefined,
    hasPage: html !== undefined,
  }))
  const { id } = await db
    .insertInto('advisory_run')
    .values({
      source: run.source,
      started_ms: run.startedMs,
      took_ms: run.tookMs,
      outcome: run.outcome,
      read_by: run.by,
      read_count: run.read,
      added_json: JSON.stringify(run.added),
      changed_json: JSON.stringify(run.changed),
      failures_json: JSON.stringify(failures),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const pages = run.failures.flatMap(({ screenshot, html }, position) =>
    screenshot === undefined && html === undefined
      ? []
      : [{ run_id: id, position, screenshot: screenshot ?? null, html: html ?? null }],
  )
  if (pages.length > 0) await db.insertInto('advisory_run_page').values(pages).execute()
  return id
}

async function forgetOldRuns(db: Database, source: AdvisorySourceId): Promise<void> {
  const oldest = await db
    .selectFrom('advisory_run')
    .select('id')
    .where('source', '=', source)
    .orderBy('id', 'desc')
    .offset(KEPT_RUNS)
    .limit(1)
    .executeTakeFirst()
  if (oldest) {
    await db
      .deleteFrom('advisory_run')
      .where('source', '=', source)
      .where('id', '<=', oldest.id)
      .execute()
  }
  const kept = [...(await runsWithPages(db))].sort((a, b) => b - a).slice(0, KEPT_PAGES)
  const last = kept.at(-1)
  if (last !== undefined) {
    await db.deleteFrom('advisory_run_page').where('run_id', '<', last).execute()
  }
}

async function runsWithPages(db: Database): Promise<Set<number>> {
  const rows = await db.selectFrom('advisory_run_page').select('run_id').distinct().execute()
  return new Set(rows.map((row) => row.run_id))
}

function runOf(row: Selectable<AdvisoryRunTable>, hasPages: boolean): WatchRun {
  const failures = JSON.parse(row.failures_json) as (KeptFailure & { kind: WatchFailureKind })[]
  return {
    id: row.id,
    source: row.source as AdvisorySourceId,
    startedMs: row.started_ms,
    tookMs: row.took_ms,
    outcome: row.outcome as WatchRun['outcome'],
    by: row.read_by as WatchRun['by'],
    read: row.read_count,
    added: JSON.parse(row.added_json) as string[],
    changed: JSON.parse(row.changed_json) as string[],
    failures: failures.map((failure) => ({
      ...failure,
      hasScreenshot: failure.hasScreenshot && hasPages,
      hasPage: failure.hasPage && hasPages,
    })),
  }
}

function stateOf(row: Selectable<AdvisorySourceTable>): SourceState {
  return {
    source: row.source as AdvisorySourceId,
    baselineMs: row.baseline_ms,
    lastRunMs: row.last_run_ms,
    failedInARow: row.failed_in_a_row,
    failingSinceMs: row.failing_since_ms,
    troubledInARow: row.troubled_in_a_row,
    troubledSinceMs: row.troubled_since_ms,
    toldTrouble: TOLD[row.is_failure_told] ?? 'none',
    wellSinceMs: row.well_since_ms,
    lastChangeMs: row.last_change_ms,
  }
}

function rowOfState(state: SourceState): Insertable<AdvisorySourceTable> {
  return {
    source: state.source,
    baseline_ms: state.baselineMs,
    last_run_ms: state.lastRunMs,
    failed_in_a_row: state.failedInARow,
    failing_since_ms: state.failingSinceMs,
    troubled_in_a_row: state.troubledInARow,
    troubled_since_ms: state.troubledSinceMs,
    is_failure_told: TOLD.indexOf(state.toldTrouble),
    well_since_ms: state.wellSinceMs,
    last_change_ms: state.lastChangeMs,
  }
}
