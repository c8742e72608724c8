// Owns the momentary lists of Linux: processes, users, failed units; each looked up on its own timer.
import { seriesKey } from '@vigie/shared/metrics/series'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import { Periodic } from '../periodic.ts'
import { readingsOf, type Readings, type Source } from '../readings.ts'
import type { Troubles } from '../troubles.ts'
import { hasSystemd, readFailedUnits } from './failed-units.ts'
import type { Processes, TopProcesses } from './processes.ts'
import { readUsers, recordsUsers, type LoggedIn } from './users.ts'

const SNAPSHOT_EVERY_MS = 10_000
const UNITS_EVERY_MS = 30_000
// The first list of processes needs two looks; it should not keep who has just added a host waiting.
const FIRST_SPAN_MS = 1000

export interface SnapshotsOptions {
  readonly root: string
  readonly processes: Processes
  readonly troubles: Troubles
  readonly factor?: (() => number) | undefined
  readonly monotonicMs: () => number
  /** Epoch ms of the last tick. */
  timeMs(): number
  onSnapshot(snapshot: Snapshot): void
}

/** Hands out a snapshot every 10 s, and gives the tick the two counts that it holds. */
export class Snapshots implements Source {
  readonly name = 'snapshots'
  readonly #options: SnapshotsOptions
  readonly #lists: Periodic<TopProcesses>
  readonly #users: Periodic<LoggedIn[] | undefined>
  readonly #hasUsers: boolean
  readonly #units: Periodic<string[]> | undefined
  #first: NodeJS.Timeout | undefined
  readonly #readings: Readings
  #isClosed = false

  constructor(options: SnapshotsOptions) {
    this.#options = options
    const { root, processes, troubles, factor, monotonicMs } = options
    const slow = <T>(name: string, periodMs: number, job: () => Promise<T>) =>
      new Periodic<T>({
        periodMs,
        factor,
        job,
        monotonicMs,
        onResult: () => troubles.worked(name),
        onError: (cause) => troubles.failed(name, cause),
      })
    this.#users = slow('logged-in users', SNAPSHOT_EVERY_MS, () => readUsers(root))
    this.#units = hasSystemd(root)
      ? slow('systemd units', UNITS_EVERY_MS, readFailedUnits)
      : undefined
    this.#lists = slow('processes', SNAPSHOT_EVERY_MS, async () => {
      const top = await processes.look()
      await this.#users.run()
      this.#emit(top)
      return top
    })
    this.#hasUsers = recordsUsers(root)
    this.#readings = readingsOf([
      ...(this.#hasUsers ? [seriesKey('system.users')] : []),
      ...(this.#units ? [seriesKey('systemd.units', { 'systemd.unit.state': 'failed' })] : []),
    ])
  }

  /** Takes the first look, which shows memory, and soon a second, which shows rates. */
  async start(): Promise<void> {
    await this.#options.processes.look()
    void this.#units?.run()
    await this.#users.run()
    this.#first = setTimeout(() => void this.#lists.run(), FIRST_SPAN_MS)
    this.#first.unref()
  }

  read(): Readings {
    const { values } = this.#readings
    let at = 0
    if (this.#hasUsers) values[at++] = this.#users.latest()?.length ?? NaN
    if (this.#units) values[at] = this.#units.latest()?.length ?? NaN
    return this.#readings
  }

  close(): void {
    clearTimeout(this.#first)
    for (const slow of [this.#lists, this.#users, this.#units]) slow?.close()
    this.#isClosed = true
  }

  #emit(processes: TopProcesses): void {
    if (this.#isClosed) return
    const users = this.#users.latest()
    const failedUnits = this.#units?.latest()
    this.#options.onSnapshot({
      timeMs: this.#options.timeMs(),
      processes,
      ...(users && { users }),
      ...(failedUnits && { failedUnits }),
    })
  }
}
