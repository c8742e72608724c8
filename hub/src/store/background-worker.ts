// Owns the thread beside the hub's event loop from within: it reads history and keeps the database, in turns. Readings
// know nothing of each other, and none takes longer than an hour of ticks or a page's worth of buckets does.
import type { MessagePort } from 'node:worker_threads'
import type { History } from '@vigie/shared/api/host'
import { move, workerData } from 'piscina'
import { systemClock } from '../clock.ts'
import { HistoryTooLargeError } from './history-buckets.ts'
import { bodyOf, createHistory, type BucketQuery, type HistoryQuery } from './history.ts'
import type { Report } from './keeper-report.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import { createChores, keep as doChores } from './keeper.ts'
import { openSqliteFile } from './sqlite-file.ts'
import { openSqliteReader } from './sqlite-reader.ts'
import type { Stretch } from './stretches.ts'
import type { Run } from './tick-records.ts'

/** What came of a step, and from where the next one goes on. */
export interface HistoryStep<Result> {
  readonly result: Result
  readonly nextMs: number
}

/** Errors lose their class on the way between threads. */
export type OrTooLarge<Result> = Result | 'too large'

/** Reports come through the port; any message to it ends the work. */
export interface KeepRequest {
  readonly settings: KeeperSettings
  readonly port: MessagePort
}

const { path } = workerData as { path: string }
const history = createHistory(openSqliteReader(path))

/** The text of a `History`. */
export function json(query: BucketQuery): Promise<OrTooLarge<Uint8Array>> {
  return unlessTooLarge(async () => handedOver(await history.json(query)))
}

export function buckets(query: BucketQuery): Promise<OrTooLarge<History>> {
  return unlessTooLarge(() => history.buckets(query))
}

export function stretches(query: HistoryQuery): Promise<Stretch[]> {
  return history.stretches(query)
}

/** The runs of the next hour that has any. */
export async function runs(query: HistoryQuery): Promise<HistoryStep<readonly Run[]> | undefined> {
  const hour = await history.hour(query)
  return hour && { result: [...hour.runs], nextMs: hour.nextMs }
}

/** The same, as part of a history's body. */
export async function body(query: HistoryQuery): Promise<HistoryStep<Uint8Array> | undefined> {
  const hour = await history.hour(query)
  if (!hour) return undefined
  return { result: bodyOf(hour.runs), nextMs: hour.nextMs }
}

/** Who reads waits meanwhile; a chore that did not get its turn is tried again. */
const KEEPER_BUSY_TIMEOUT_MS = 1000
/** Of an hour of a host, nothing is needed twice. */
const KEEPER_CACHE_KIB = 2048

/** Keeps the database on a connection of its own. Resolves when it is told to stop, within a moment. */
export async function keep({ settings, port }: KeepRequest): Promise<void> {
  const stopping = new AbortController()
  port.once('message', () => stopping.abort())
  const file = openSqliteFile({ path, busyTimeoutMs: KEEPER_BUSY_TIMEOUT_MS })
  const report: Report = (message) => port.postMessage(message)
  const parts = { file, clock: systemClock, report }
  try {
    file.pragma(`cache_size = -${KEEPER_CACHE_KIB}`)
    await doChores(createChores(settings, parts), parts, stopping.signal)
  } finally {
    file.close()
    port.close()
  }
}

/** Without a copy, where the bytes have their memory for themselves. */
function handedOver(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? (move(bytes) as Uint8Array) : bytes
}

async function unlessTooLarge<Result>(read: () => Promise<Result>): Promise<OrTooLarge<Result>> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof HistoryTooLargeError) return 'too large'
    throw error
  }
}
