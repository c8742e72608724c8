import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getMigrations } from 'better-auth/db/migration'
import { expect, it, onTestFinished } from 'vitest'
import { migrate } from '../store/migrate.ts'
import { openSqlite } from '../store/sqlite.ts'
import { authenticationOptions } from './authentication.ts'
import type { PeopleSchema } from './people-tables.ts'

it('our migrations leave better-auth nothing to migrate', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-people-'))
  const db = openSqlite({ path: join(directory, 'people.db'), busyTimeoutMs: 100 })
  onTestFinished(async () => {
    await db.destroy()
    rmSync(directory, { recursive: true })
  })
  const options = authenticationOptions({
    db: db.$extendTables<PeopleSchema>(),
    secret: 'x'.repeat(43),
    cookiePath: '/',
    isSecure: false,
  })
  expect((await getMigrations(options)).toBeCreated).toHaveLength(5)
  await migrate(db)
  const { toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems } = await getMigrations(options)
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, schemaProblems }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    schemaProblems: [],
  })
})
