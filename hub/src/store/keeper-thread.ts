// Owns the keeper's thread as the hub sees it: started, heard, started again when it dies, stopped.
import { Worker } from 'node:worker_threads'
import type { KeeperSettings } from './keeper-settings.ts'
import type { KeeperReport } from './keeper-report.ts'

export interface KeeperThread {
  /** Resolves within a moment: what is half done is either finished or undone. */
  close(): Promise<void>
}

const START_AGAIN_MS = 60_000

export function startKeeper(
  settings: KeeperSettings,
  onReport: (report: KeeperReport) => void,
): KeeperThread {
  let worker: Worker
  let again: NodeJS.Timeout | undefined
  let isClosed = false
  let ended = Promise.resolve()

  const start = (): void => {
    worker = new Worker(new URL('keeper-worker.ts', import.meta.url), { workerData: settings })
    worker.on('message', onReport)
    worker.on('error', (error) => {
      const { message } = error as Error
      onReport({ type: 'failed', chore: 'the thread of the keeper', message })
    })
    ended = new Promise((resolve) => {
      worker.once('exit', () => {
        resolve()
        if (!isClosed) again = setTimeout(start, START_AGAIN_MS)
      })
    })
  }
  start()

  return {
    async close() {
      isClosed = true
      clearTimeout(again)
      worker.postMessage('stop')
      await ended
    },
  }
}
