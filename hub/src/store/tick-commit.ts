// Owns the transaction that puts ticks on the disk, in the thread that holds the connection.
import type { Database } from 'better-sqlite3'
import { eachTickRow, type TickBatch } from './tick-batch.ts'

/** Statements are prepared with the first batch, when the tables are surely there. */
export function createTickCommit(database: Database): (batch: TickBatch) => void {
  let commit: ((batch: TickBatch) => void) | undefined
  return (batch) => (commit ??= prepareCommit(database))(batch)
}

// Every host has a page of its own at the end of its ticks. A log of some commits brings such a page into the file
// once instead of with each of them; that of a small fleet stays as small as SQLite makes it, and none grows further.
const LOG_PAGES = { least: 1000, perHost: 16, most: 16_384 }

// Past Kysely: it would build the same text anew for each of some thousand rows a second.
function prepareCommit(database: Database): (batch: TickBatch) => void {
  const insertTable = database.prepare(
    'insert into series_table (host_id, revision, keys_json) values (?, ?, ?) on conflict do nothing',
  )
  const insertTick = database.prepare(
    'insert into tick (host_id, time_ms, payload) values (?, ?, ?) on conflict do nothing',
  )
  const transaction = database.transaction(({ tables, rows }: TickBatch) => {
    for (const { hostId, revision, keys } of tables) {
      insertTable.run(hostId, revision, JSON.stringify(keys))
    }
    let hosts = 0
    let lastHostId: number | undefined
    eachTickRow(rows, (hostId, timeMs, payload) => {
      insertTick.run(hostId, timeMs, payload)
      if (hostId !== lastHostId) hosts++
      lastHostId = hostId
    })
    return hosts
  })
  let logPages = LOG_PAGES.least
  return (batch) => {
    const wanted = Math.min(transaction.immediate(batch) * LOG_PAGES.perHost, LOG_PAGES.most)
    if (wanted <= logPages) return
    logPages = wanted
    database.pragma(`wal_autocheckpoint = ${logPages}`)
  }
}
