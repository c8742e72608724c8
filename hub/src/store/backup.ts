// Owns a backup as a file: a whole copy of the database at one moment, with the files beside it that make it this hub's.
import SqliteDatabase from 'better-sqlite3'
import { NewerDatabaseError } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'

/** A file of the data directory, kept in a table of the copy. */
export interface BackedUpFile {
  readonly name: string
  readonly content: Buffer
}

/** The file is no backup, or not a whole one; the message is one sentence without the name of the file. */
export class BadBackupError extends Error {
  override readonly name = 'BadBackupError'
}

const TABLE = 'backup_file'
/** So many are copied in some milliseconds; signals and the progress get their turn between. */
const PAGES_PER_STEP = 2048

/**
 * Copies the database as it is at this moment to a new file, while others write to it; `files` go into a table of the
 * copy. Rejects with SQLite's own errors, and when `signal` ends it; what is half written is the caller's to delete.
 */
export async function writeBackup(
  { from, to, files }: { from: string; to: string; files: readonly BackedUpFile[] },
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const source = new SqliteDatabase(from, { readonly: true, timeout: 5000 })
  try {
    // One moment for the whole copy; without it the copy begins anew with every commit of the hub.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await source.backup(to, {
      progress({ totalPages, remainingPages }) {
        signal.throwIfAborted()
        progress(1 - remainingPages / totalPages)
        return PAGES_PER_STEP
      },
    })
  } finally {
    source.close()
  }
  const copy = new SqliteDatabase(to)
  try {
    copy.pragma('journal_mode = delete')
    copy.exec(`create table ${TABLE} (name text primary key, content blob not null)`)
    const insert = copy.prepare(`insert into ${TABLE} (name, content) values (?, ?)`)
    for (const { name, content } of files) insert.run(name, content)
  } finally {
    copy.close()
  }
}

/** Reads every page. Throws a {@link BadBackupError}, or a {@link NewerDatabaseError} for one of a newer version. */
export function checkBackup(path: string): void {
  const database = openBackup(path)
  try {
    const isOurs = database.prepare('select 1 from sqlite_master where name = ?').get(TABLE)
    if (!isOurs) throw new BadBackupError('is a database, and no backup of a hub')
    const fault = database.pragma('integrity_check(1)', { simple: true })
    if (fault !== 'ok') throw new BadBackupError(`is damaged: ${String(fault)}`)
    const names = database.prepare('select name from kysely_migration').pluck().all() as string[]
    const unknown = names.filter((name) => !(name in MIGRATIONS))
    if (unknown.length > 0) throw new NewerDatabaseError(unknown)
  } catch (error) {
    throw asBadBackup(error)
  } finally {
    database.close()
  }
}

/** Takes the files out of a copy of a backup, which is then a database like any other. */
export function takeFiles(path: string): BackedUpFile[] {
  const database = new SqliteDatabase(path)
  try {
    const files = database.prepare(`select name, content from ${TABLE}`).all() as BackedUpFile[]
    database.pragma('secure_delete = on')
    database.exec(`drop table ${TABLE}`)
    return files
  } finally {
    database.close()
  }
}

function openBackup(path: string): SqliteDatabase.Database {
  try {
    return new SqliteDatabase(path, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw asBadBackup(error)
  }
}

function asBadBackup(error: unknown): unknown {
  if (!(error instanceof SqliteDatabase.SqliteError)) return error
  if (error.code === 'SQLITE_NOTADB') return new BadBackupError('is no backup of a hub')
  if (error.code.startsWith('SQLITE_CORRUPT')) {
    return new BadBackupError('is damaged or cut short', { cause: error })
  }
  return error
}
