// Owns a thread that reads history. Its tasks know nothing of each other, and none takes longer than an hour of ticks or a
// page's worth of buckets does.
import type { History } from '@vigie/shared/api/host'
import { move, workerData } from 'piscina'
import { HistoryTooLargeError } from './history-buckets.ts'
import { bodyOf, createHistory, type BucketQuery, type HistoryQuery } from './history.ts'
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
