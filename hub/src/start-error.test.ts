// Errors as the system and SQLite really make them, and the line that a person reads.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { startError } from './start-error.ts'
import { loadSettings } from './settings.ts'
import { migrate } from './store/migrate.ts'
import { openSqlite } from './store/sqlite.ts'

const settings = loadSettings({ VIGIE_DATA: '/srv/vigie' })
const FULL = 'the disk of /srv/vigie is full: free some space, or set VIGIE_DATA to another disk'

it.skipIf(process.platform !== 'linux')('the disk is full: a file cannot be written', () => {
  let error: unknown
  try {
    // full(4): every write to it fails as on a full disk.
    writeFileSync('/dev/full', 'x')
  } catch (caught) {
    error = caught
  }
  expect(startError(error, settings)).toBe(FULL)
})

it('the disk is full: the database cannot grow', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-full-'))
  const db = openSqlite({ path: join(directory, 'full.db'), busyTimeoutMs: 100 })
  onTestFinished(async () => {
    await db.destroy()
    rmSync(directory, { recursive: true })
  })
  await sql`pragma max_page_count = 5`.execute(db)
  const error: unknown = await migrate(db).catch((caught: unknown) => caught)
  expect(startError(error, settings)).toBe(FULL)
})

it('an error that nobody thought of is still one line', () => {
  expect(startError(new Error('first\nsecond'), settings)).toBe('first second')
})
