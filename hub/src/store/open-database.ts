// Owns the two ways to have the database open: in a thread of its own, as the hub does, or here, as commands do.
import { Kysely } from 'kysely'
import { DatabaseThread } from './database-thread.ts'
import type { Database, Schema } from './schema.ts'
import { kyselyOn } from './sqlite.ts'
import { openSqliteFile, type SqliteOptions } from './sqlite-file.ts'
import { threadDialect } from './thread-dialect.ts'
import type { TickBatch } from './tick-batch.ts'
import { createTickCommit } from './tick-commit.ts'

export interface OpenDatabase {
  /** Destroying it closes the file, and ends the thread. */
  readonly db: Database
  /** Resolves when the batch is on the disk; when it rejects, nothing of it is. */
  readonly commitTicks: (batch: TickBatch) => Promise<void>
  /** What was asked of the thread and is not answered yet. */
  readonly pendingRequests: () => number
}

/** Throws SQLite's own errors, as all that is done with it does. */
export async function openInThread(
  options: SqliteOptions,
  onDied: (error: Error) => void,
): Promise<OpenDatabase> {
  const thread = await DatabaseThread.open(options, onDied)
  return {
    db: new Kysely<Schema>({ dialect: threadDialect(thread) }),
    commitTicks: (batch) => thread.commit(batch),
    pendingRequests: () => thread.pending,
  }
}

export function openHere(options: SqliteOptions): OpenDatabase {
  const database = openSqliteFile(options)
  const commit = createTickCommit(database)
  return {
    db: kyselyOn(database),
    commitTicks: (batch) =>
      new Promise((resolve) => {
        commit(batch)
        resolve()
      }),
    pendingRequests: () => 0,
  }
}
