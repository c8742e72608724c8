// The hub is killed at each step between an advisory that is read and its mail: it is mailed once (docs/cert.md, W4).
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { DATABASE_FILE } from '../src/store/store.ts'
import { advisory, AdvisoryBoard } from './advisory-board.ts'
import { forkHub } from './hub-process.ts'
import { lockDatabase, tempDirectory } from './test-hub.ts'

/** VIGIE_SOAK=1 kills it at each step, else at the two between which something can be lost or be told twice. */
const isSoak = process.env['VIGIE_SOAK'] === '1'
const ENTRY = [`${import.meta.dirname}/watching-hub.ts`]
const RECIPIENTS = ['ops@example.org', 'night@example.org']
const OPEN = 'CERTFR-2099-ALE-901'
const NEW = 'CERTFR-2099-ALE-902'

interface Counts {
  /** News that an alert is new, and how many of them are told. */
  readonly added: number
  readonly told: number
  readonly mails: number
}

function openFile(dataDirectory: string) {
  const file = new Database(join(dataDirectory, DATABASE_FILE), { readonly: true, timeout: 30_000 })
  onTestFinished(() => void file.close())
  const number = (sql: string): number => file.prepare(sql).pluck().get() as number
  const counts = (): Counts => ({
    added: number("select count(*) from advisory_news where kind = 'added'"),
    told: number("select count(*) from advisory_news where kind = 'added' and told_ms is not null"),
    mails: number("select count(*) from mail where kind = 'advisory'"),
  })
  /** So that the next start reads at once. */
  const isBegun = (): boolean =>
    number("select count(*) from advisory_news where kind = 'begun' and told_ms is not null") === 1
  return { counts, isBegun }
}

/** A directory in which the watch has begun, and no hub runs. */
async function begun() {
  const board = await AdvisoryBoard.start(advisory(OPEN))
  const data = await tempDirectory()
  const environment = { VIGIE_TEST_BOARD: board.url, VIGIE_MAIL_TO: RECIPIENTS.join(',') }
  const start = async () => {
    const hub = await forkHub(data, '127.0.0.1:0', environment, { entry: ENTRY })
    onTestFinished(() => hub.kill())
    return hub
  }
  const hub = await start()
  const file = openFile(data)
  await vi.waitUntil(() => file.isBegun(), { timeout: 60_000, interval: 20 })
  await hub.stop()
  due(data)
  board.documents.push(advisory(NEW))
  return { board, data, file, start }
}

/** As if the last run had been an hour ago. */
function due(data: string): void {
  const file = new Database(join(data, DATABASE_FILE), { timeout: 30_000 })
  file.prepare('update advisory_source set last_run_ms = last_run_ms - 3600000').run()
  file.close()
}

async function isToldOnce({ file, data, start }: Awaited<ReturnType<typeof begun>>) {
  due(data)
  const hub = await start()
  const isTold = () => file.counts().told === 1
  await vi.waitUntil(isTold, { timeout: 60_000, interval: 20 })
  await hub.stop()
  expect(file.counts()).toEqual({ added: 1, told: 1, mails: RECIPIENTS.length })
}

it.runIf(isSoak)('W4: killed while it reads', { timeout: 120_000 }, async () => {
  const watch = await begun()
  watch.board.mood = 'silent'
  const reads = watch.board.reads
  const hub = await watch.start()
  await vi.waitUntil(() => watch.board.reads > reads, { timeout: 60_000, interval: 10 })
  await hub.kill()
  watch.board.speak()
  expect(watch.file.counts().added).toBe(0)
  await isToldOnce(watch)
})

it('W4: killed when it has read, and could not write', { timeout: 120_000 }, async () => {
  const watch = await begun()
  watch.board.mood = 'silent'
  const reads = watch.board.reads
  const hub = await watch.start()
  await vi.waitUntil(() => watch.board.reads > reads, { timeout: 60_000, interval: 10 })
  const lock = lockDatabase(watch.data)
  watch.board.speak()
  await vi.waitUntil(() => watch.board.documentReads > 1, { timeout: 60_000, interval: 10 })
  await hub.kill()
  lock.release()
  expect(watch.file.counts().added).toBe(0)
  await isToldOnce(watch)
})

it('W4: killed when it is written, told or not', { timeout: 120_000 }, async () => {
  const watch = await begun()
  const hub = await watch.start()
  await vi.waitUntil(() => watch.file.counts().added === 1, { timeout: 60_000, interval: 1 })
  await hub.kill()
  await isToldOnce(watch)
})

it.runIf(isSoak)('W4: killed when it is told', { timeout: 120_000 }, async () => {
  const watch = await begun()
  const hub = await watch.start()
  await vi.waitUntil(() => watch.file.counts().told === 1, { timeout: 60_000, interval: 1 })
  await hub.kill()
  await isToldOnce(watch)
})
