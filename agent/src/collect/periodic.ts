// Owns a job that is too slow for the tick: it runs on its own timer, never twice at a time, and its result grows old.

export interface PeriodicOptions<T> {
  readonly periodMs: number
  /** How long a result counts; two periods unless told otherwise. */
  readonly freshMs?: number
  /** How many times rarer than its period it runs, as long as that is so. */
  readonly factor?: (() => number) | undefined
  readonly job: () => Promise<T>
  readonly monotonicMs: () => number
  readonly onResult?: (result: T) => void
  readonly onError: (cause: unknown) => void
}

export class Periodic<T> {
  readonly #options: PeriodicOptions<T>
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined
  #skipped = 0
  #result: T | undefined
  #resultMs = NaN

  constructor(options: PeriodicOptions<T>) {
    this.#options = options
    this.#timer = setInterval(() => this.#due(), options.periodMs)
    this.#timer.unref()
  }

  /** The last result, as long as it counts. */
  latest(): T | undefined {
    const { monotonicMs, periodMs, freshMs = 2 * periodMs, factor } = this.#options
    return monotonicMs() - this.#resultMs < freshMs * (factor?.() ?? 1) ? this.#result : undefined
  }

  /** Runs the job now, or joins the run that is under way. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#runOnce().finally(() => (this.#running = undefined))
    return this.#running
  }

  /** Stops the timer. A run that is under way ends by itself and is not told of. */
  close(): void {
    clearInterval(this.#timer)
  }

  #due(): void {
    this.#skipped++
    if (this.#skipped < (this.#options.factor?.() ?? 1)) return
    this.#skipped = 0
    void this.run()
  }

  async #runOnce(): Promise<void> {
    const { job, monotonicMs, onResult, onError } = this.#options
    try {
      this.#result = await job()
      this.#resultMs = monotonicMs()
      onResult?.(this.#result)
    } catch (cause) {
      onError(cause)
    }
  }
}
