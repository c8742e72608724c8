// Owns what is known of the watch, and a check that somebody asked for, from the request to what it found.
import type { CertWatch, WatchRun } from '@vigie/shared/api/cert-watch'
import { CertRefreshing, type CertSocket } from './cert-refreshing.ts'

export interface WatchPorts {
  watch(): Promise<CertWatch>
  check(): Promise<void>
}

/** `late`: it has not ended, or not begun, when it should have; its end is shown when it comes. */
export type Check =
  | { readonly state: 'none' }
  | { readonly state: 'running'; readonly sinceMs: number }
  | { readonly state: 'late' }
  | { readonly state: 'done'; readonly runs: readonly WatchRun[] }
  | { readonly state: 'refused'; readonly problem: unknown }

/** A run ends by itself long before. */
const MAX_CHECK_MS = 180_000

/** Has timers; {@link WatchReader.close} ends them. */
export class WatchReader {
  watch = $state.raw<CertWatch | null>(null)
  problem = $state.raw<unknown>(null)
  check = $state.raw<Check>({ state: 'none' })

  readonly isRunning: boolean = $derived(
    this.watch?.sources.some(({ isRunning }) => isRunning) === true,
  )

  readonly #ports: WatchPorts
  readonly #refreshing: CertRefreshing
  #lateTimer: ReturnType<typeof setTimeout> | undefined
  /** The newest run before the check that was asked for. */
  #lastRunId = 0

  constructor(ports: WatchPorts, socket: CertSocket) {
    this.#ports = ports
    this.#refreshing = new CertRefreshing(socket, 'watch', () => void this.refresh())
    void this.refresh()
  }

  async refresh(): Promise<void> {
    try {
      const watch = await this.#ports.watch()
      this.watch = watch
      this.problem = null
      this.#follow(watch)
    } catch (problem) {
      this.problem = problem
    }
  }

  /** Has the sources read now. Never rejects: how it went is `check`. */
  async checkNow(): Promise<void> {
    if (this.check.state === 'running') return
    this.check = { state: 'running', sinceMs: performance.now() }
    clearTimeout(this.#lateTimer)
    this.#lateTimer = setTimeout(() => this.#giveUp(), MAX_CHECK_MS)
    // Before anything is known of it, every run that was would be taken for the one that is asked for.
    this.#lastRunId = Infinity
    try {
      this.#lastRunId = newestId(this.watch ?? (await this.#ports.watch()))
      await this.#ports.check()
      await this.refresh()
    } catch (problem) {
      this.check = { state: 'refused', problem }
    }
  }

  close(): void {
    clearTimeout(this.#lateTimer)
    this.#refreshing.close()
  }

  // It is over when runs that are newer are there and none is under way.
  #follow(watch: CertWatch): void {
    if (this.check.state !== 'running' && this.check.state !== 'late') return
    const runs = watch.runs.filter(({ id }) => id > this.#lastRunId)
    if (runs.length === 0 || watch.sources.some(({ isRunning }) => isRunning)) return
    this.check = { state: 'done', runs }
  }

  #giveUp(): void {
    if (this.check.state === 'running') this.check = { state: 'late' }
  }
}

function newestId(watch: CertWatch | null): number {
  return Math.max(0, ...(watch?.runs.map(({ id }) => id) ?? []))
}
