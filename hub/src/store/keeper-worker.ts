// Owns the keeper's thread from within: a connection of its own, the chores on it, and the end of both.
import { parentPort, workerData } from 'node:worker_threads'
import { systemClock } from '../clock.ts'
import { createChores, keep } from './keeper.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import type { Report } from './keeper-report.ts'
import { openSqliteFile } from './sqlite-file.ts'

// Nobody waits for the keeper, so that it can wait for everybody.
const BUSY_TIMEOUT_MS = 10_000
/** Of an hour of a host, nothing is needed twice. */
const CACHE_KIB = 2048

const settings = workerData as KeeperSettings
const stopping = new AbortController()
parentPort?.once('message', () => stopping.abort())

const file = openSqliteFile({ path: settings.databasePath, busyTimeoutMs: BUSY_TIMEOUT_MS })
file.pragma(`cache_size = -${CACHE_KIB}`)
const report: Report = (message) => parentPort?.postMessage(message)
const parts = { file, clock: systemClock, report }
try {
  await keep(createChores(settings, parts), parts, stopping.signal)
} finally {
  file.close()
  parentPort?.close()
}
