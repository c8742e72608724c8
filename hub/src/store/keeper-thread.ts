// Owns the keeper's thread as the hub sees it: started, heard, started again when it dies, stopped.
import { Worker } from 'node:worker_threads'
import type { KeeperSettings } from './keeper-settings.ts'
import type { KeeperReport } from './keeper-report.ts'

export interface KeeperThread {
  /** Resolves within a moment: what is half done is either finished or undone. */
  close(): Promise<void>
}

const START_AGAIN_MS = 60_000
const YOUNG_MIB = 8

/** It begins a look's time after the hub, which has enough to do at its start. */
export function startKeeper(
  settings: KeeperSettings,
  onReport: (report: KeeperReport) => void,
): KeeperThread {
  let worker: Worker | undefined
  let ended: Promise<void> | undefined
  let isClosed = false

  const start = (): void => {
    const started = new Worker(new URL('keeper-worker.ts', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
    })
    started.on('message', onReport)
    started.on('error', (error) => {
      const { message } = error as Error
      onReport({ type: 'failed', chore: 'the thread of the keeper', message })
    })
    ended = new Promise((resolve) => {
      started.once('exit', () => {
        worker = undefined
        resolve()
        if (!isClosed) timer = setTimeout(start, START_AGAIN_MS)
      })
    })
    worker = started
  }
  let timer = setTimeout(start, settings.timing.lookEveryMs)

  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      worker?.postMessage('stop')
      await ended
    },
  }
}
