// Owns pools of one thread that is there while it has work, and how they end: a thread that is terminated in native code
// takes the whole process with it (better-sqlite3's issue 1507), so one that works is waited for.
import { Piscina } from 'piscina'

type Task = Parameters<Piscina['run']>
type Options = ConstructorParameters<typeof Piscina>[0]

export interface ThreadPool {
  /** Rejects with what the task threw, when the thread died, and when the pool is closed. */
  run(...task: Task): Promise<unknown>
  /** Resolves when what was asked is done and the thread is gone. */
  close(): Promise<void>
}

export function openThreadPool(options: Options): ThreadPool {
  const pool = new Piscina({ ...options, minThreads: 0, maxThreads: 1 })
  const running = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    async run(...task) {
      if (isClosed) throw new Error('the pool is closed')
      const result: Promise<unknown> = pool.run(...task)
      running.add(result)
      try {
        return await result
      } finally {
        running.delete(result)
      }
    },

    async close() {
      isClosed = true
      await Promise.allSettled(running)
      await pool.destroy()
    },
  }
}
