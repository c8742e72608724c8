// Owns when something is looked at: when somebody says so, and when it is due by itself; never twice at once.

export interface WakeLoop {
  /** Looks now, or once more when the look under way is over. */
  readonly wake: () => void
  /** Resolves when nothing is looked at any more. */
  readonly close: () => Promise<void>
}

/** `look` resolves with the milliseconds until it is due again, and handles its own errors. */
export function createWakeLoop(look: () => Promise<number>): WakeLoop {
  const state = { isWanted: false, isClosed: false }
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined

  const run = async (): Promise<void> => {
    while (state.isWanted && !state.isClosed) {
      state.isWanted = false
      clearTimeout(timer)
      const waitMs = await look()
      timer = setTimeout(wake, waitMs)
    }
    looking = undefined
  }

  function wake(): void {
    state.isWanted = true
    if (!state.isClosed) looking ??= run()
  }

  return {
    wake,
    async close() {
      state.isClosed = true
      await looking
      clearTimeout(timer)
    },
  }
}
