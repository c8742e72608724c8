// Owns that the database is kept as long as the hub runs: begun a moment after it, again when it failed, and ended.
import type { BackgroundThread, Keeping } from './background-thread.ts'
import type { Report } from './keeper-report.ts'
import type { KeeperSettings } from './keeper-settings.ts'

export interface KeeperWatch {
  /** Resolves within a moment: what is half done is either finished or undone. */
  close(): Promise<void>
}

const START_AGAIN_MS = 60_000

/** It begins a look's time after the hub, which has enough to do at its start. */
export function watchKeeper(
  thread: Pick<BackgroundThread, 'keep'>,
  settings: KeeperSettings,
  onReport: Report,
): KeeperWatch {
  let keeping: Keeping | undefined
  let isClosed = false

  const start = async (): Promise<void> => {
    keeping = thread.keep(settings, onReport)
    try {
      await keeping.ended
    } catch (error) {
      const { message } = error as Error
      onReport({ type: 'failed', chore: 'the thread of the keeper', message })
    }
    if (!isClosed) timer = setTimeout(() => void start(), START_AGAIN_MS)
  }
  let timer = setTimeout(() => void start(), settings.timing.lookEveryMs)

  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      keeping?.stop()
      await keeping?.ended.catch(() => undefined)
    },
  }
}
