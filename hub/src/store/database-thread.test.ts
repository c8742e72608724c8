// The database in its thread, on a real file: what crosses between the threads, whose turn it is, and its end.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { DatabaseThread, DatabaseThreadError } from './database-thread.ts'
import { migrate } from './migrate.ts'
import { openInThread } from './open-database.ts'
import { isDatabaseFault } from './sqlite-file.ts'
import { TickRows } from './tick-batch.ts'

async function tempFile() {
  const directory = await mkdtemp(join(tmpdir(), 'vigie-thread-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return { path: join(directory, 'test.db'), busyTimeoutMs: 100 }
}

async function open() {
  const database = await openInThread(await tempFile(), (error) => {
    throw error
  })
  onTestFinished(() => database.db.destroy())
  await migrate(database.db)
  return database
}

function oneTick(hostId: number, timeMs: number) {
  const rows = new TickRows()
  rows.add(hostId, { timeMs, payload: Uint8Array.of(1, 2, 3) })
  return { tables: [], rows: rows.packed() }
}

const refusedOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

it('values come back as they were stored, and counts of rows with them', async () => {
  const { db } = await open()
  const run = { started_ms: 2 ** 53 - 1, heartbeat_ms: 0, stopped_ms: null }
  const inserted = await db.insertInto('hub_run').values(run).executeTakeFirst()
  expect(inserted).toMatchObject({ insertId: 1n, numInsertedOrUpdatedRows: 1n })
  expect(await db.selectFrom('hub_run').selectAll().execute()).toEqual([{ id: 1, ...run }])
})

it('an error of SQLite is one on this side too, with its code', async () => {
  const { db } = await open()
  const token = { token_sha256: 't', expires_ms: 0 }
  const insert = sql`insert into sign_in_link values (${token.token_sha256}, ${token.expires_ms})`
  await insert.execute(db)
  const error = await refusedOf(insert.execute(db))
  expect(isDatabaseFault(error)).toBe(true)
  expect(error).toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' })
})

it('ticks wait for the transaction that is open, and are written right after it', async () => {
  const { db, commitTicks } = await open()
  const order: string[] = []
  const { promise: isTickAsked, resolve: tickAsked } = Promise.withResolvers<undefined>()
  const transaction = db.transaction().execute(async (open) => {
    order.push('transaction')
    tickAsked(undefined)
    for (let statement = 0; statement < 3; statement++) {
      await sql`insert into hub_run values (null, 0, 0, null)`.execute(open)
    }
    // Its own rows and no tick: the batch came while it was open.
    const { rows } = await sql<{ count: number }>`select count(*) as count from tick`.execute(open)
    order.push(`ticks seen: ${rows[0]?.count ?? NaN}`)
  })
  await isTickAsked
  const committed = commitTicks(oneTick(1, 1000)).then(() => order.push('ticks'))
  await Promise.all([transaction, committed])
  expect(order.slice(0, 2)).toEqual(['transaction', 'ticks seen: 0'])
  expect(order).toContain('ticks')
  const stored = await db.selectFrom('tick').selectAll().execute()
  expect(stored).toEqual([{ host_id: 1, time_ms: 1000, payload: Uint8Array.of(1, 2, 3) }])
})

it('a transaction that fails leaves nothing, and the next one works', async () => {
  const { db, commitTicks } = await open()
  const failing = db.transaction().execute(async (open) => {
    await sql`insert into hub_run values (null, 0, 0, null)`.execute(open)
    throw new Error('on purpose')
  })
  await expect(failing).rejects.toThrow('on purpose')
  await commitTicks(oneTick(1, 1000))
  await db.transaction().execute((open) => sql`delete from tick`.execute(open))
  expect(await db.selectFrom('hub_run').select('id').execute()).toEqual([])
})

it('a failure that ends the transaction by itself is told as what it was', async () => {
  const { db } = await open()
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db)
  const filling = db
    .transaction()
    .execute((open) => sql`insert into tick values (1, 1, zeroblob(1000000))`.execute(open))
  await expect(filling).rejects.toMatchObject({ code: 'SQLITE_FULL' })
})

it('a thread that dies fails what was asked of it and says so; nothing waits for it for ever', async () => {
  const { promise: died, resolve: onDied } = Promise.withResolvers<Error>()
  const worker = new Worker(new URL('database-worker.ts', import.meta.url))
  const thread = await DatabaseThread.open(await tempFile(), onDied, worker)
  // Before what is asked next, as a thread cannot be ended in the middle of a statement.
  worker.postMessage(null)
  const asked = refusedOf(thread.run('select 1'))
  const commit = refusedOf(thread.commit(oneTick(1, 1000)))
  expect(await died).toBeInstanceOf(DatabaseThreadError)
  expect(await asked).toBeInstanceOf(DatabaseThreadError)
  expect(await commit).toBeInstanceOf(DatabaseThreadError)
  await expect(thread.run('select 1')).rejects.toBeInstanceOf(DatabaseThreadError)
  await thread.close()
})
