// Owns the life of one source's watch: read when it is due or somebody asks, never twice at once, and ended at any time.
import type { WatchedSource } from '@vigie/shared/api/cert-watch'
import type { AdvisorySource } from './ports.ts'
import type { Schedule } from './schedule.ts'
import type { Learnt, SourceState } from './watch-ports.ts'
import { runSource, type WatchRunParts } from './watch-run.ts'

export interface SourceWatchParts extends WatchRunParts {
  readonly schedule: Schedule
  readonly state: SourceState | undefined
  readonly onLearnt: (learnt: Learnt) => void
  /** A run has begun or ended. */
  readonly onRun: () => void
}

/** The clock may be set; each look asks it anew. */
const LOOK_MS = 60_000
/** After the database took nothing. */
const RETRY_MS = 60_000

export class SourceWatch {
  readonly source: AdvisorySource
  readonly #parts: SourceWatchParts
  readonly #closing = new AbortController()
  #state: SourceState | undefined
  #running: Promise<void> | undefined
  #timer: NodeJS.Timeout | undefined
  #notBeforeMs = -Infinity

  constructor(source: AdvisorySource, parts: SourceWatchParts) {
    this.source = source
    this.#parts = parts
    this.#state = parts.state
  }

  /** Whether a run has ended since the hub began to watch, or had before. */
  get hasRun(): boolean {
    return this.#state !== undefined
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** Null while it is on and has never run: it runs now. */
  get nextRunMs(): number | null {
    return this.#dueMs()
  }

  start(): void {
    this.#look()
  }

  /** Reads now. False when it is being read. Resolves when it is written what came of it: see `settled`. */
  check(): boolean {
    if (this.#running || this.#closing.signal.aborted) return false
    this.#run()
    return true
  }

  /** Resolves when no run is under way. */
  async settled(): Promise<void> {
    await this.#running
  }

  told(): WatchedSource {
    const state = this.#state
    return {
      source: this.source.id,
      isOn: true,
      url: this.source.url,
      isRunning: this.isRunning,
      nextRunMs: this.nextRunMs,
      failedInARow: state?.failedInARow ?? 0,
      wellSinceMs: state?.wellSinceMs ?? null,
      lastChangeMs: state?.lastChangeMs ?? null,
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  #dueMs(): number | null {
    const { schedule, clock } = this.#parts
    const nowMs = clock.nowMs()
    if (!this.#state) return nowMs
    // A clock that was set back does not keep the watch from looking.
    const lastMs = Math.min(this.#state.lastRunMs, nowMs)
    return schedule.after(lastMs)
  }

  #look(): void {
    if (this.#closing.signal.aborted) return
    clearTimeout(this.#timer)
    const { clock } = this.#parts
    const dueMs = Math.max(this.#dueMs() ?? Infinity, this.#notBeforeMs)
    const waitMs = dueMs - clock.nowMs()
    if (waitMs <= 0 && !this.#running) this.#run()
    const nextMs = this.#running ? LOOK_MS : Math.min(LOOK_MS, Math.max(waitMs, 0))
    this.#timer = setTimeout(() => this.#look(), nextMs)
  }

  #run(): void {
    this.#running = this.#runOnce().finally(() => {
      this.#running = undefined
      this.#parts.onRun()
      this.#look()
    })
    this.#parts.onRun()
  }

  async #runOnce(): Promise<void> {
    const { log, clock, onLearnt } = this.#parts
    const { signal } = this.#closing
    try {
      const outcome = await runSource(this.source, this.#parts, signal)
      if (!outcome) return
      this.#state = outcome.learnt.state
      onLearnt(outcome.learnt)
    } catch (error) {
      // Nothing was learnt: the next run begins from the same.
      this.#notBeforeMs = clock.nowMs() + RETRY_MS
      log.error({ err: error, source: this.source.id }, 'a run could not be written; tried again')
    }
  }
}
