// Owns what a collector is, to those who make one and to those who use one.
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { Tick } from '../tick.ts'
import type { ExcludeGlobs } from './exclude.ts'

/** What collection needs of a logger; pino fits. */
export interface CollectLogger {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

export interface CollectorOptions {
  /** Receives the momentary lists (processes, users, failed units) every 10 s. */
  onSnapshot(snapshot: Snapshot): void
  /** What not to look at, in place of the defaults, kind by kind. */
  exclude?: ExcludeGlobs
  /** This machine's clock less the hub's, in ms; undefined while unknown. */
  clockOffsetMs(): number | undefined
  /** By how many levels the agent does less than it is set to. */
  readonly slowdown?: () => number
  /** How many times rarer than usual what is beside the tick is looked up. */
  readonly besideFactor?: () => number
  /** Where `proc`, `sys`, `run` and `etc` stand; `/` unless a test says otherwise. */
  root?: string
  logger: CollectLogger
  /** Time that never jumps, in ms; a test drives its own. */
  readonly monotonicMs?: () => number
}

export interface Collector {
  /** Takes one tick. Never rejects for a source that fails: its values are missing. */
  collect(timeMs: number): Promise<Tick>
  /** Stops every timer and closes every file. Idempotent. */
  close(): Promise<void>
  /**
   * What was asked of the kernel and has not returned in time (a dead file server, a stuck sensor). While there is any,
   * `process.exit` waits for it, perhaps forever: such a process ends by a signal to itself.
   */
  hung(): readonly string[]
}
