// Owns how a command says that it could not do what was asked.

/** One sentence for the person at the terminal: what is wrong and what to do. */
export class CommandError extends Error {
  /** 1: it failed. 2: it was asked wrongly. */
  readonly exitCode: 1 | 2

  constructor(message: string, options: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'CommandError'
    this.exitCode = options.exitCode ?? 1
  }
}
