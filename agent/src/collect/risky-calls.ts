// Owns the calls that may never return: statfs of a dead server, a sensor on a stuck bus, a process that cannot be asked.
// Each holds one of libuv's four threads until it returns, and looking up a name needs one too.

/** A call took longer than its deadline. The call itself goes on. */
export class DeadlineError extends Error {
  constructor(key: string, deadlineMs: number) {
    super(`${key} did not answer within ${deadlineMs} ms`)
    this.name = 'DeadlineError'
  }
}

/** A call was not made: an earlier one has not returned. */
export class BusyError extends Error {
  constructor(key: string) {
    super(`${key} was not asked: an earlier call has not returned`)
    this.name = 'BusyError'
  }
}

/** A bounded number of calls at a time, one at most per key. A call past its deadline still counts until it returns. */
export class RiskyCalls {
  readonly #outstanding = new Set<string>()
  readonly #overdue = new Set<string>()
  readonly #waiting: (() => void)[] = []
  #free: number

  constructor(mostAtOnce: number) {
    this.#free = mostAtOnce
  }

  /** Whether the key has been asked, or waits to be, and has not answered. */
  isAsked(key: string): boolean {
    return this.#outstanding.has(key)
  }

  /** What has not answered within its deadline and still has not. As long as there is any, `process.exit` hangs. */
  get overdue(): readonly string[] {
    return [...this.#overdue]
  }

  /**
   * Makes the call, or throws a {@link BusyError} when there is no room for it within the deadline. Waits for its answer
   * no longer than the deadline again, then throws a {@link DeadlineError}.
   */
  async call<T>(key: string, deadlineMs: number, make: () => Promise<T>): Promise<T> {
    if (this.#outstanding.has(key)) throw new BusyError(key)
    this.#outstanding.add(key)
    if (!(await this.#room(deadlineMs))) {
      this.#outstanding.delete(key)
      throw new BusyError(key)
    }
    const answer = make().finally(() => {
      this.#outstanding.delete(key)
      this.#overdue.delete(key)
      this.#release()
    })
    return withDeadline(answer, deadlineMs, () => {
      this.#overdue.add(key)
      return new DeadlineError(key, deadlineMs)
    })
  }

  #room(deadlineMs: number): Promise<boolean> {
    if (this.#free === 0) return this.#turn(deadlineMs)
    this.#free--
    return Promise.resolve(true)
  }

  // Room goes straight to who waits, so that nobody takes it in between.
  #release(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#free++
  }

  #turn(deadlineMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const proceed = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(proceed), 1)
        resolve(false)
      }, deadlineMs)
      timer.unref()
      this.#waiting.push(proceed)
    })
  }
}

function withDeadline<T>(answer: Promise<T>, deadlineMs: number, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), deadlineMs)
    timer.unref()
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
