// Owns the suspicion that the other side is gone though the socket looks open (docs/protocol.md, T9).
import type { Clock } from '../clock/clock.ts'

const PATIENCE_MS = 10_000
const QUIET_MS = 5_000

export interface HalfOpenOptions {
  readonly clock: Clock
  readonly ping: () => void
  /** Called once, with what was waited for in vain. */
  readonly onGone: (what: string) => void
}

/** Watches one connection from its welcome on: pings it when quiet, gives it up after 10 s without an answer. */
export class HalfOpenWatch {
  readonly #options: HalfOpenOptions
  #heardMs: number
  #pingedMs: number | undefined
  #owedSinceMs: number | undefined
  #cancel: () => void

  constructor(options: HalfOpenOptions) {
    this.#options = options
    this.#heardMs = options.clock.monotonicMs()
    this.#cancel = options.clock.setTimeout(() => this.#look(), QUIET_MS)
  }

  /** Anything came from the hub. */
  heard(): void {
    this.#heardMs = this.#options.clock.monotonicMs()
    if (this.#pingedMs === undefined) return
    this.#pingedMs = undefined
    this.#arm(this.#heardMs)
  }

  /** A frame went out that the hub owes an acknowledgement for. */
  sent(): void {
    this.#owedSinceMs ??= this.#options.clock.monotonicMs()
  }

  /** An acknowledgement came; `outstanding` says whether others are still owed. */
  acknowledged(outstanding: boolean): void {
    this.#owedSinceMs = outstanding ? this.#options.clock.monotonicMs() : undefined
  }

  close(): void {
    this.#pingedMs = undefined
    this.#cancel()
  }

  #look(): void {
    const { clock, ping, onGone } = this.#options
    const nowMs = clock.monotonicMs()
    if (this.#owedSinceMs !== undefined && nowMs - this.#owedSinceMs >= PATIENCE_MS) {
      onGone('an acknowledgement')
      return
    }
    if (this.#pingedMs !== undefined && nowMs - this.#pingedMs >= PATIENCE_MS) {
      onGone('an answer to a ping')
      return
    }
    if (this.#pingedMs === undefined && nowMs - this.#heardMs >= QUIET_MS) {
      this.#pingedMs = nowMs
      ping()
    }
    this.#arm(nowMs)
  }

  // Looks when patience may be over and not every second, which would wake the daemon for nothing.
  #arm(nowMs: number): void {
    this.#cancel()
    const answerMs =
      this.#pingedMs === undefined ? this.#heardMs + QUIET_MS : this.#pingedMs + PATIENCE_MS
    const nextMs = Math.min(answerMs, (this.#owedSinceMs ?? Infinity) + PATIENCE_MS)
    this.#cancel = this.#options.clock.setTimeout(() => this.#look(), Math.max(1, nextMs - nowMs))
  }
}
