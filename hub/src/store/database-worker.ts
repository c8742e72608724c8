// Owns the thread that holds the hub's writing connection: it does what it is asked, one request after the other.
import { parentPort } from 'node:worker_threads'
import type { Database } from 'better-sqlite3'
import type { Reply, Request, StatementResult } from './database-thread.ts'
import { isDatabaseFault, openSqliteFile } from './sqlite-file.ts'
import type { TickBatch } from './tick-batch.ts'
import { createTickCommit } from './tick-commit.ts'

// What a commit of a large fleet changes fits, one page a host. It fills as it is needed.
const CACHE_KIB = 16_384

type CommitRequest = Extract<Request, { kind: 'commit' }>

let database: Database
let commit: (batch: TickBatch) => void
/** Ticks that came while a transaction was open; they go next, before anything else that is asked. */
let waiting: CommitRequest[] = []

parentPort?.on('message', (request: Request) => {
  if (request.kind === 'commit' && database.inTransaction) {
    waiting.push(request)
    return
  }
  answer(request)
  while (waiting.length > 0 && !database.inTransaction) {
    const due = waiting
    waiting = []
    for (const commitRequest of due) answer(commitRequest)
  }
})

function answer(request: Request): void {
  parentPort?.postMessage(replyTo(request))
  if (request.kind === 'close') parentPort?.close()
}

function replyTo(request: Request): Reply {
  const { id } = request
  try {
    return { id, result: perform(request) }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    // A copy of an error loses its class and its code on the way.
    const { message } = error
    return isDatabaseFault(error)
      ? { id, fault: { message, code: error.code } }
      : { id, fault: { message } }
  }
}

function perform(request: Request): StatementResult | undefined {
  switch (request.kind) {
    case 'open':
      database = openSqliteFile(request.options)
      database.pragma(`cache_size = -${CACHE_KIB}`)
      commit = createTickCommit(database)
      return undefined
    case 'statement':
      return run(request.sql, request.parameters)
    case 'rollback':
      // A full disk, say, has ended the transaction already.
      if (database.inTransaction) database.exec('rollback')
      return undefined
    case 'commit':
      commit(request.batch)
      return undefined
    case 'close':
      database.close()
      return undefined
  }
}

function run(sql: string, parameters: readonly unknown[]): StatementResult {
  const statement = database.prepare(sql)
  if (statement.reader) return { rows: statement.all(parameters) }
  const { changes, lastInsertRowid } = statement.run(parameters)
  return { rows: [], changes, lastInsertRowid }
}
