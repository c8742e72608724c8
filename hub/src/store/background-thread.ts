// Owns the thread beside the event loop of the running hub, which reads history and keeps the database: the event loop only
// passes on what it wrote. One thread for both takes 30 MiB less than two, and neither has to be quick about it.
import { MessageChannel } from 'node:worker_threads'
import type { History } from '@vigie/shared/api/host'
import { openThreadPool } from '../thread-pool.ts'
import type { HistoryStep, KeepRequest, OrTooLarge } from './background-worker.ts'
import { HistoryTooLargeError } from './history-buckets.ts'
import type { BucketQuery, HistoryQuery } from './history.ts'
import type { Report } from './keeper-report.ts'
import type { KeeperSettings } from './keeper-settings.ts'
import type { Stretch } from './stretches.ts'
import type { Run } from './tick-records.ts'

/** The keeping, which never ends, and a reading. */
const TASKS_AT_ONCE = 2
const MAX_WAITING = 1000
/** Before the keeping begins, and when it has failed, the thread waits for the next reading. */
const IDLE_TIMEOUT_MS = 30_000
/** Of garbage: half of what Node takes, with which reading is no slower. */
const YOUNG_MIB = 24

/** Keeps the database until it is told to stop. */
export interface Keeping {
  /** Resolves when it has ended; rejects when the thread died. */
  readonly ended: Promise<void>
  stop(): void
}

/** A reading rejects with the reason of its `signal` once that aborts; what is read then is thrown away. */
export function openBackgroundThread(path: string) {
  const pool = openThreadPool({
    filename: new URL('./background-worker.ts', import.meta.url).href,
    workerData: { path },
    idleTimeout: IDLE_TIMEOUT_MS,
    concurrentTasksPerWorker: TASKS_AT_ONCE,
    maxQueue: MAX_WAITING,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  })

  // The signal is not for the pool, which would end the thread with all that it does.
  const ask = async <Result>(name: string, query: unknown, signal?: AbortSignal) => {
    signal?.throwIfAborted()
    const answer = (await pool.run(query, { name })) as OrTooLarge<Result>
    signal?.throwIfAborted()
    if (answer === 'too large') throw new HistoryTooLargeError()
    return answer
  }

  /** One task an hour: the next one begins when what came of this one was taken. */
  async function* steps<Result>(name: string, query: HistoryQuery, signal?: AbortSignal) {
    for (let { fromMs } = query; ;) {
      const step = await ask<HistoryStep<Result> | undefined>(name, { ...query, fromMs }, signal)
      if (!step) return
      yield step.result
      fromMs = step.nextMs
    }
  }

  return {
    history: {
      /** The text of a `History`. Rejects with a {@link HistoryTooLargeError}. */
      json: (query: BucketQuery, signal?: AbortSignal) => ask<Uint8Array>('json', query, signal),

      /** Rejects with a {@link HistoryTooLargeError}. */
      buckets: (query: BucketQuery, signal?: AbortSignal) => ask<History>('buckets', query, signal),

      stretches: (query: HistoryQuery, signal?: AbortSignal) =>
        ask<Stretch[]>('stretches', query, signal),

      /** Every tick once, oldest first, with the wanted columns only. */
      runs: (query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<Run> =>
        flattened(steps<readonly Run[]>('runs', query, signal)),

      /** The same as a history's body (shared/src/api/history-body.ts), an hour at a time. */
      body: (query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<Uint8Array> =>
        steps<Uint8Array>('body', query, signal),
    },

    keep(settings: KeeperSettings, onReport: Report): Keeping {
      const { port1, port2 } = new MessageChannel()
      port1.on('message', onReport)
      const request: KeepRequest = { settings, port: port2 }
      const ended = pool.run(request, { name: 'keep', transferList: [port2] }) as Promise<void>
      return {
        ended: ended.finally(() => port1.close()),
        stop: () => port1.postMessage('stop'),
      }
    },

    /** Waits for what is being read. The keeping is to be stopped before. */
    close: (): Promise<void> => pool.close(),
  }
}

async function* flattened<Item>(lists: AsyncIterable<Iterable<Item>>): AsyncGenerator<Item> {
  for await (const items of lists) yield* items
}

export type BackgroundThread = ReturnType<typeof openBackgroundThread>
/** What it reads; a store without the thread reads the same here, and heeds no signal. */
export type HistoryReading = BackgroundThread['history']
