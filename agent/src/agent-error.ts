/** An outcome that a person must act on: one line that says what is wrong and what to do. Anything else is a bug. */
export class AgentError extends Error {
  /** 1 it failed, 2 it was called wrongly. */
  readonly exitCode: 1 | 2

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AgentError'
    this.exitCode = options.exitCode ?? 1
  }
}
