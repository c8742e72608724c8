// Owns `vigie doctor`: what is well with a hub and what is not, a line each with what to do.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AUTH_SECRET_FILE } from '../auth/auth-secret.ts'
import { addressAt } from '../http/base-path.ts'
import { HUB_KEY_FILE, loadHubIdentity } from '../ingest/hub-identity.ts'
import { readableByOthers } from '../secret-files.ts'
import { loadSettings, type Settings } from '../settings.ts'
import { checkDatabase, type DatabaseReport } from '../store/check-database.ts'
import { lockDirectory } from '../store/directory-lock.ts'
import { diskRoom } from '../store/disk-room.ts'
import { createHubRuns } from '../store/hub-runs.ts'
import { createLedger } from '../store/ledger.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { createOutboxRecords } from '../store/outbox-records.ts'
import { shortagesOf } from '../store/room-guard.ts'
import type { Database } from '../store/schema.ts'
import { openSqliteReader } from '../store/sqlite-reader.ts'
import { DATABASE_FILE } from '../store/store.ts'
import { megabytes } from './backup.ts'
import { progressBar } from './progress.ts'

export interface Finding {
  readonly name: string
  readonly isWell: boolean
  /** What was found, and where something is wrong what to do. */
  readonly words: string
}

const DAY_MS = 86_400_000
const MAIL_LATE_MS = 60_000

const well = (name: string, words: string): Finding => ({ name, isWell: true, words })
const wrong = (name: string, words: string): Finding => ({ name, isWell: false, words })

/** Looks at everything, whether a hub runs or not; yields each finding as it comes. */
export async function* doctor(): AsyncGenerator<Finding> {
  let settings
  try {
    settings = loadSettings()
  } catch (error) {
    yield wrong('settings', (error as Error).message)
    return
  }
  yield well('settings', `data in ${settings.dataDirectory}`)
  const databasePath = join(settings.dataDirectory, DATABASE_FILE)
  if (!existsSync(databasePath)) {
    yield wrong('database', 'no hub has run there: start it once, or set VIGIE_DATA')
    return
  }
  yield await checkModes(settings)
  yield await checkKey(settings.dataDirectory)
  yield await checkHub(settings)
  yield* await checkRoom(databasePath, settings)
  yield* checkContent(databasePath, settings)
}

/** The lines of a finding, as a terminal shows it. */
export function findingLine({ name, isWell, words }: Finding): string {
  return `${isWell ? 'ok   ' : 'WRONG'}  ${name.padEnd(9)}  ${words}`
}

async function checkModes(settings: Settings): Promise<Finding> {
  const words = await readableByOthers(settings)
  return words === undefined ? well('files', 'only their owner reads them') : wrong('files', words)
}

async function checkKey(directory: string): Promise<Finding> {
  const missing = [HUB_KEY_FILE, AUTH_SECRET_FILE].filter(
    (name) => !existsSync(join(directory, name)),
  )
  // Loading the key would make a new one.
  if (missing.length > 0) {
    return wrong(
      'keys',
      `${missing.join(', ')} not there: restore a backup; a hub that starts makes new ones`,
    )
  }
  try {
    const { fingerprint } = await loadHubIdentity(directory)
    return well('keys', `agents know this hub as ${fingerprint}`)
  } catch (error) {
    return wrong('keys', (error as Error).message)
  }
}

async function checkHub(settings: Settings): Promise<Finding> {
  const lock = lockDirectory(settings.dataDirectory)
  if (lock) {
    lock.close()
    return well('hub', 'does not run')
  }
  const { host, port } = settings.listen
  const address = host.includes(':') ? `[${host}]` : host
  const url =
    settings.publicUrl ?? new URL(`${settings.tls ? 'https' : 'http'}://${address}:${port}`)
  try {
    const answer = await fetch(addressAt(url, '/healthz'), {
      signal: AbortSignal.timeout(5000),
    })
    if (answer.ok) return well('hub', `runs and answers at ${url.origin}`)
    const { detail } = (await answer.json()) as { detail?: string }
    return wrong('hub', `runs and is not well: ${detail ?? `it answers with ${answer.status}`}`)
  } catch (error) {
    const { cause, message } = error as Error
    const reason = cause instanceof Error ? cause.message : message
    return wrong(
      'hub',
      `runs and does not answer at ${url.origin} (${reason}): are VIGIE_LISTEN and VIGIE_PUBLIC_URL set here as for the hub?`,
    )
  }
}

async function checkRoom(databasePath: string, settings: Settings): Promise<Finding[]> {
  const room = await diskRoom(databasePath)
  const shortages = shortagesOf(room, settings, [])
  if (shortages.length > 0) return shortages.map(({ detail }) => wrong('room', detail))
  const words = `the database takes ${megabytes(room.databaseBytes)}, the disk has ${megabytes(room.freeBytes)} left`
  return [well('room', words)]
}

async function* checkContent(databasePath: string, settings: Settings): AsyncGenerator<Finding> {
  let db
  try {
    db = openSqliteReader(databasePath)
    const pending = await pendingMigrations(db)
    const newest = pending.length === 0 ? 'is of this version' : 'is brought up by the next start'
    yield well('schema', newest)
    if (pending.length > 0) return
    const lastAliveMs = (await createHubRuns(db).list()).at(-1)?.heartbeatMs ?? 0
    yield checkClock(lastAliveMs)
    yield await checkMail(db, settings)
    const bar = progressBar('Reading the database')
    try {
      const report = await checkDatabase(db, (share) => bar.update(share, ''))
      bar.stop()
      yield* reportFindings(report)
    } finally {
      bar.stop()
    }
  } catch (error) {
    yield wrong('database', `${(error as Error).message}: restore a backup`)
  } finally {
    await db?.destroy()
  }
}

async function checkMail(db: Database, { smtpUrl }: Settings): Promise<Finding> {
  const nowMs = Date.now()
  const { waiting, failed, answer } = await createOutboxRecords(db).trouble({
    waitingSinceMs: nowMs - MAIL_LATE_MS,
    failedSinceMs: nowMs - DAY_MS,
  })
  if (waiting + failed > 0) {
    return wrong(
      'mail',
      `${waiting} wait, ${failed} were given up within a day; the last answer: ${answer ?? 'none'}: see the ledger on the page`,
    )
  }
  if (!smtpUrl) return well('mail', 'none is sent: set VIGIE_SMTP_URL and VIGIE_MAIL_TO')
  const { delivered } = await createLedger(db).counts(nowMs - DAY_MS)
  return well('mail', `leaves by ${smtpUrl.host}, ${delivered} delivered within a day`)
}

function checkClock(lastAliveMs: number): Finding {
  const nowMs = Date.now()
  if (lastAliveMs <= nowMs + 60_000) return well('clock', new Date(nowMs).toISOString())
  const then = new Date(lastAliveMs).toISOString()
  return wrong(
    'clock',
    `the hub has run at ${then}, which is to come: set the clock of the machine`,
  )
}

function* reportFindings({ file, sealed, rows }: DatabaseReport): Generator<Finding> {
  yield file.length === 0
    ? well('database', 'every page is whole')
    : wrong('database', `${file.join('; ')}: restore a backup`)
  const hours = sealed.faults.length
  yield hours === 0
    ? well('hours', `${sealed.hours} sealed, all can be read`)
    : wrong(
        'hours',
        `of ${sealed.hours} some cannot be read (${sealed.faults.join('; ')}): see the disk; a backup may have them`,
      )
  yield rows.faults.length === 0
    ? well('ticks', `${rows.checked} not yet sealed were read`)
    : wrong('ticks', `${rows.faults.join('; ')}: see the disk; a backup may have them`)
}
