// Owns the threads that read history for the running hub, so that its event loop only passes on what they wrote.
import type { History } from '@vigie/shared/api/host'
import { Piscina } from 'piscina'
import { HistoryTooLargeError } from './history-buckets.ts'
import type { HistoryStep, OrTooLarge } from './history-worker.ts'
import type { BucketQuery, HistoryQuery } from './history.ts'
import type { Stretch } from './stretches.ts'
import type { Run } from './tick-records.ts'

const MAX_THREADS = 1
/** Their memory is given back when nobody has looked for a while. */
const IDLE_TIMEOUT_MS = 30_000
const MAX_WAITING = 1000
/** Of garbage; more would be memory that is never given back, for little time. */
const YOUNG_MIB = 4

/** Everything rejects with an AbortError when `signal` aborts; what was being read then is given up. */
export function openHistoryThreads(path: string) {
  const pool = new Piscina({
    filename: new URL('./history-worker.ts', import.meta.url).href,
    workerData: { path },
    minThreads: 0,
    maxThreads: MAX_THREADS,
    idleTimeout: IDLE_TIMEOUT_MS,
    maxQueue: MAX_WAITING,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  })

  const ask = async <Result>(name: string, query: unknown, signal?: AbortSignal) => {
    const answer = (await pool.run(query, { name, signal: signal ?? null })) as OrTooLarge<Result>
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
    /** The text of a `History`. Rejects with a {@link HistoryTooLargeError}. */
    json: (query: BucketQuery, signal?: AbortSignal) => ask<Uint8Array>('json', query, signal),

    /** Rejects with a {@link HistoryTooLargeError}. */
    buckets: (query: BucketQuery, signal?: AbortSignal) => ask<History>('buckets', query, signal),

    stretches: (query: HistoryQuery, signal?: AbortSignal) =>
      ask<Stretch[]>('stretches', query, signal),

    /** Every tick once, oldest first, with the wanted columns only. */
    async *runs(query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<Run> {
      for await (const runs of steps<readonly Run[]>('runs', query, signal)) yield* runs
    },

    /** The same as a history's body (shared/src/api/history-body.ts), an hour at a time. */
    body: (query: HistoryQuery, signal?: AbortSignal): AsyncGenerator<Uint8Array> =>
      steps<Uint8Array>('body', query, signal),

    /** Gives up what is being read. */
    close: (): Promise<void> => pool.destroy(),
  }
}

export type HistoryThreads = ReturnType<typeof openHistoryThreads>
