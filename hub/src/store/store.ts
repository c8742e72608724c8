// Owns the database as one thing with a life: opened, migrated, written, tended and closed.
import { join } from 'node:path'
import { createAdvisoryFollowUp } from './advisory-follow-up.ts'
import { createAdvisoryRecords } from './advisory-records.ts'
import { createAlertRecords } from './alert-records.ts'
import { openBackgroundThread } from './background-thread.ts'
import { createCurrentHistory } from './current-history.ts'
import { createEnrolmentRecords } from './enrolment-records.ts'
import { createEventLog } from './event-log.ts'
import { createHistory, type HistoryQuery } from './history.ts'
import { createHostChanges } from './host-changes.ts'
import { createHostRecords } from './host-records.ts'
import { createHubRuns } from './hub-runs.ts'
import { createIncidentRecords } from './incident-records.ts'
import type { Report } from './keeper-report.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import { watchKeeper, type KeeperWatch } from './keeper-watch.ts'
import { createLedger } from './ledger.ts'
import { migrate } from './migrate.ts'
import { createNewsRecords } from './news-records.ts'
import { createNoticeRecords } from './notice-records.ts'
import { openHere, openInThread } from './open-database.ts'
import { createOutboxRecords } from './outbox-records.ts'
import { createPackageRecords } from './package-records.ts'
import { createRecipientRecords } from './recipient-records.ts'
import { createRuleRecords } from './rule-records.ts'
import { createSilenceRecords } from './silence-records.ts'
import { createStatusPageRecords } from './status-page-records.ts'
import { createTickRecords } from './tick-records.ts'
import { TickWriter, type WriterEvents } from './tick-writer.ts'
import { createVerdictRecords } from './verdict-records.ts'
import { createWaitingMachines } from './waiting-machines.ts'
import { createWatchFigures } from './watch-figures.ts'
import { createWatchRecords } from './watch-records.ts'

export const DATABASE_FILE = 'vigie.db'

export interface StoreOptions {
  readonly dataDir: string
  /** Left out by who writes no ticks. */
  readonly writerEvents?: WriterEvents
  readonly commitEveryMs?: number
  readonly maxPendingBytes?: number
  readonly busyTimeoutMs?: number
  /** Set by the hub, which keeps SQL off its event loop: the database gets a thread, and this is called when it dies. */
  readonly onThreadDied?: (error: Error) => void
}

export type Store = Awaited<ReturnType<typeof openStore>>

/** Opens the database in `dataDir`, which must exist. Throws what `migrate` throws and SQLite's own errors. */
export async function openStore(options: StoreOptions) {
  const { onThreadDied } = options
  const file = {
    path: join(options.dataDir, DATABASE_FILE),
    busyTimeoutMs: options.busyTimeoutMs ?? 5000,
  }
  const { db, commitTicks, pendingRequests } = onThreadDied
    ? await openInThread(file, onThreadDied)
    : openHere(file)
  try {
    await migrate(db)
  } catch (error) {
    await db.destroy()
    throw error
  }
  const writer = new TickWriter({
    commit: commitTicks,
    events: options.writerEvents ?? { committed() {}, failed() {}, congested() {} },
    commitEveryMs: options.commitEveryMs ?? 250,
    maxPendingBytes: options.maxPendingBytes ?? 64 * 1024 * 1024,
  })
  const ticks = createTickRecords(db)
  const background = onThreadDied && openBackgroundThread(file.path)
  const source = background?.history ?? createHistory(db)
  return {
    /** For the libraries that keep their own tables in the same database. */
    db,
    pendingRequests,
    writer,
    ticks: { ...ticks, runs: (query: HistoryQuery) => source.runs(query) },
    hosts: createHostRecords(db),
    hostChanges: createHostChanges(db),
    enrolments: createEnrolmentRecords(db),
    waitingMachines: createWaitingMachines(db),
    events: createEventLog(db),
    hubRuns: createHubRuns(db),
    packages: createPackageRecords(db),

    alerts: { ...createAlertRecords(db), ...createIncidentRecords(db) },
    rules: createRuleRecords(db),
    silences: createSilenceRecords(db),
    notices: createNoticeRecords(db),
    outbox: createOutboxRecords(db),
    ledger: createLedger(db),
    recipients: createRecipientRecords(db),
    advisories: { ...createAdvisoryRecords(db), ...createAdvisoryFollowUp(db) },
    watch: createWatchRecords(db),
    watchFigures: createWatchFigures(db),
    verdicts: createVerdictRecords(db),
    news: createNewsRecords(db),
    statusPages: createStatusPageRecords(db),

    /** In a thread of its own where the database has one. */
    history: createCurrentHistory(source, writer),

    /** The same of what is committed: for who reads of a thousand hosts at once, and needs no last second. */
    committedHistory: source,

    /** Keeps the database from now on, in that thread. Throws where there is none. */
    startKeeper(settings: KeeperSettings, onReport: Report): KeeperWatch {
      if (!background) throw new Error('the database has no thread that keeps it')
      return watchKeeper(background, settings, onReport)
    },

    /** Resolves when the database answers. */
    async check(): Promise<void> {
      await db.selectFrom('host').select('id').limit(1).execute()
    },

    /** Commits what is pending and closes the file. Returns whether everything pending was committed. */
    async close(): Promise<boolean> {
      const isFlushed = await writer.close()
      await background?.close()
      await db.destroy()
      return isFlushed
    },
  }
}
