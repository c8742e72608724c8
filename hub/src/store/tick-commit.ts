// Owns the transaction that puts ticks on the disk, in the thread that holds the connection.
import type { Database } from 'better-sqlite3'
import { eachTickRow, type TickBatch } from './tick-batch.ts'

/** Statements are prepared with the first batch, when the tables are surely there. */
export function createTickCommit(database: Database): (batch: TickBatch) => void {
  let commit: ((batch: TickBatch) => void) | undefined
  return (batch) => (commit ??= prepareCommit(database))(batch)
}

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
    eachTickRow(rows, (hostId, timeMs, payload) => insertTick.run(hostId, timeMs, payload))
  })
  return (batch) => transaction.immediate(batch)
}
