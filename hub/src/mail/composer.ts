// Owns the life of what makes mails of notices: it looks when notices are committed, and when some are due by themselves.
import { Composing, RETRY_MS, type ComposerParts } from './composing.ts'
import { createWakeLoop } from './wake-loop.ts'

/** Begins with what waits. */
export function createComposer(parts: ComposerParts) {
  const composing = new Composing(parts)
  let isFailing = false
  const loop = createWakeLoop(async () => {
    try {
      const waitMs = await composing.look()
      isFailing = false
      return waitMs
    } catch (error) {
      if (!isFailing) parts.log.error({ err: error }, 'notices cannot be read; tried again')
      isFailing = true
      return RETRY_MS
    }
  })
  const wake = (): void => {
    composing.invalidate()
    loop.wake()
  }
  wake()
  return {
    /** Notices were committed. */
    wake,
    /** Waits for what is being composed. */
    close: loop.close,
  }
}

export type Composer = ReturnType<typeof createComposer>
