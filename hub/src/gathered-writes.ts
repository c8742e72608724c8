// Owns the cadence of what is written in the background: it gathers for a moment, one commit is under way at a time, and
// one that fails is tried again.

export interface GatheredWritesParts {
  readonly gatherMs: number
  readonly retryMs: number
  readonly isEmpty: () => boolean
  /** Takes what it can; resolves with whether that is written. What is not is there again. Never rejects. */
  readonly commit: () => Promise<boolean>
}

/** Has a timer; {@link GatheredWrites.close} writes what is left. */
export class GatheredWrites {
  readonly #parts: GatheredWritesParts
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<boolean> | undefined
  #isClosed = false

  constructor(parts: GatheredWritesParts) {
    this.#parts = parts
  }

  /** There is more to write. */
  added(): void {
    if (!this.#writing) this.#schedule(this.#parts.gatherMs)
  }

  /** Resolves with whether nothing is left to write; what is left is tried again. */
  async flush(): Promise<boolean> {
    while (this.#writing !== undefined || !this.#parts.isEmpty()) {
      if (!(await this.#write())) return false
    }
    return true
  }

  async close(): Promise<boolean> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    return this.flush()
  }

  #schedule(delayMs: number): void {
    if (this.#parts.isEmpty() || this.#isClosed) return
    this.#timer ??= setTimeout(() => void this.#write(), delayMs)
  }

  #write(): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { gatherMs, retryMs, commit } = this.#parts
    this.#writing ??= commit().then((isWritten) => {
      this.#writing = undefined
      this.#schedule(isWritten ? gatherMs : retryMs)
      return isWritten
    })
    return this.#writing
  }
}
