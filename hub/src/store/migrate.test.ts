// Databases of earlier versions, brought to this one: real files, whole and interrupted.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { Migrator } from 'kysely/migration'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHistory } from './history.ts'
import { migrate, NewerDatabaseError } from './migrate.ts'
import { MIGRATIONS } from './migrations.ts'
import { openSqlite } from './sqlite.ts'
import { openStore } from './store.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures')
const NAMES = Object.keys(MIGRATIONS)

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-migrate-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** A data directory with the database of a dump. */
async function load(dump: string): Promise<string> {
  const directory = await newDirectory()
  const database = new SqliteDatabase(join(directory, 'vigie.db'))
  database.exec(readFileSync(join(FIXTURES, dump), 'utf8'))
  database.close()
  return directory
}

/** What the database is made of, as SQLite itself tells it. */
function schemaOf(path: string): unknown[] {
  const database = new SqliteDatabase(path, { readonly: true })
  try {
    return database.prepare('select type, name, sql from sqlite_master order by name').all()
  } finally {
    database.close()
  }
}

function rowsOf(path: string, table: string): unknown[] {
  const database = new SqliteDatabase(path, { readonly: true })
  try {
    return database.prepare(`select * from "${table}"`).all()
  } finally {
    database.close()
  }
}

describe('a database of migration 0003', () => {
  it('keeps every row, and today reads them', async () => {
    const directory = await load('schema-0003.sql')
    const path = join(directory, 'vigie.db')
    const tables = (schemaOf(path) as { type: string; name: string }[])
      .filter(({ type, name }) => type === 'table' && !name.startsWith('kysely_'))
      .map(({ name }) => name)
    const before = tables.map((table) => rowsOf(path, table))
    expect(before.every((rows) => rows.length > 0)).toBe(true)

    const store = await openStore({ dataDir: directory })
    onTestFinished(async () => {
      await store.close()
    })
    // A column may have come; none has gone and no value has changed.
    expect(tables.map((table) => rowsOf(path, table))).toMatchObject(before)
    const hosts = await store.hosts.list()
    expect(hosts.map(({ name, goodbye }) => [name, goodbye])).toEqual([
      ['web-1', 'stopped'],
      ['db-1', 'stopped'],
    ])
    expect((await store.events.list(1)).length).toBe(7)
    expect((await store.hubRuns.list()).length).toBe(1)
    for (const { id: hostId } of hosts) {
      const found: [number, number[]][] = []
      for await (const { keys, block } of createHistory(store.db).runs({
        hostId,
        fromMs: 0,
        toMs: 9e15,
      })) {
        expect(keys).toHaveLength(4)
        const ticks = block.present.length
        block.present.forEach((isPresent, tick) => {
          const row = keys.map((_, series) => block.values[series * ticks + tick] ?? NaN)
          if (isPresent) found.push([block.startMs + tick * block.stepMs, row])
        })
      }
      const expected = [0, 1, 2, 3].map((tick) => [1_795_395_598_000 + tick * 1000, row(tick)])
      const later = [0, 1, 2].map((tick) => [1_795_399_200_000 + tick * 1000, row(tick)])
      expect(found).toEqual([...expected, ...later])
    }
  })

  const row = (tick: number): number[] => [1000 + tick, tick === 1 ? NaN : 500, 1000, 42 * tick]

  it('ends with the same schema as a new one', async () => {
    const old = await load('schema-0003.sql')
    const fresh = await newDirectory()
    for (const directory of [old, fresh]) await migrated(join(directory, 'vigie.db'))
    expect(schemaOf(join(old, 'vigie.db'))).toEqual(schemaOf(join(fresh, 'vigie.db')))
  })

  it('is the old one or the new one when the hub is killed in the middle', async () => {
    const directory = await load('schema-0003.sql')
    const path = join(directory, 'vigie.db')
    const before = schemaOf(path)
    const child = fork(join(import.meta.dirname, '../../test/stuck-migration.ts'), [path], {
      execArgv: [],
    })
    // It has run all of today's migrations and stands in the middle of one more.
    const [word] = (await once(child, 'message')) as [string]
    expect(word).toBe('in the middle')
    const exit = once(child, 'exit')
    child.kill('SIGKILL')
    await exit
    expect(schemaOf(path)).toEqual(before)
    await migrated(path)
    expect(rowsOf(path, 'kysely_migration')).toHaveLength(NAMES.length)
  })
})

describe('migrations', () => {
  it.each(NAMES.map((_, index) => index))('%i of them, then the rest', async (count) => {
    const path = join(await newDirectory(), 'vigie.db')
    const prefix = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, count))
    const db = openSqlite({ path, busyTimeoutMs: 1000 })
    const provider = { getMigrations: () => Promise.resolve(prefix) }
    const { error } = await new Migrator({ db, provider }).migrateToLatest()
    expect(error).toBeUndefined()
    await migrate(db)
    await db.destroy()
    const whole = join(await newDirectory(), 'vigie.db')
    await migrated(whole)
    expect(schemaOf(path)).toEqual(schemaOf(whole))
  })

  it('0005 deletes what is sealed in a form that nobody reads, and no row', async () => {
    const path = join(await newDirectory(), 'vigie.db')
    const db = openSqlite({ path, busyTimeoutMs: 1000 })
    const first = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 4))
    const provider = { getMigrations: () => Promise.resolve(first) }
    await new Migrator({ db, provider }).migrateToLatest()
    const payload = new Uint8Array([1])
    const hour = { host_id: 1, hour_ms: 0 }
    await db.insertInto('tick').values({ host_id: 1, time_ms: 7, payload }).execute()
    await db
      .insertInto('sealed_hour')
      .values({ ...hour, seals: 1, ticks: 1, stretches_json: '[]' })
      .execute()
    await db
      .insertInto('sealed_part')
      .values({ ...hour, tier_ms: 0, revision: 1, payload })
      .execute()
    await migrate(db)
    await db.destroy()
    expect(
      ['tick', 'sealed_hour', 'sealed_part'].map((table) => rowsOf(path, table).length),
    ).toEqual([1, 0, 0])
  })

  it('0006 gives hosts that are there no tags, and changes nothing of theirs', async () => {
    const directory = await newDirectory()
    const path = join(directory, 'vigie.db')
    const db = openSqlite({ path, busyTimeoutMs: 1000 })
    const first = Object.fromEntries(Object.entries(MIGRATIONS).slice(0, 5))
    const provider = { getMigrations: () => Promise.resolve(first) }
    await new Migrator({ db, provider }).migrateToLatest()
    const facts = { agent_version: '1', interval_ms: 1000, created_ms: 7 }
    await db
      .insertInto('host')
      .values({ id: 3, name: 'web-1', public_key: 'k', ...facts })
      .execute()
    await db
      .insertInto('event')
      .values({ time_ms: 7, host_id: 3, kind: 'started', detail: null })
      .execute()
    const tables = ['host', 'event']
    const before = tables.map((table) => rowsOf(path, table))
    await db.destroy()

    const store = await openStore({ dataDir: directory })
    onTestFinished(async () => {
      await store.close()
    })
    expect(tables.map((table) => rowsOf(path, table))).toMatchObject(before)
    expect(await store.hosts.list()).toMatchObject([{ id: 3, name: 'web-1', tags: [] }])
    expect(await store.alerts.open()).toEqual([])
    expect(await store.alerts.lastId()).toBe(0)
  })

  it('refuse a database of a newer version in one line, and leave it as it is', async () => {
    const path = join(await newDirectory(), 'vigie.db')
    const db = await migrated(path, { isLeftOpen: true })
    await db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-from-tomorrow', timestamp: '' })
      .execute()
    const before = schemaOf(path)
    const refusal = await migrate(db).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(NewerDatabaseError)
    expect((refusal as Error).message).toMatch(/^.*newer version.*9999-from-tomorrow.*upgrade.*$/)
    expect(schemaOf(path)).toEqual(before)
  })
})

async function migrated(path: string, { isLeftOpen = false } = {}) {
  const db = openSqlite({ path, busyTimeoutMs: 1000 })
  await migrate(db)
  if (isLeftOpen) onTestFinished(() => db.destroy())
  else await db.destroy()
  return db
}
