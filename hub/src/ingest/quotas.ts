// Owns how much each host's agent may send, whatever its connections: what is beyond closes them, and what comes too fast waits
// (docs/agents.md, Q1 to Q5).
import type { QuotaKind } from '@vigie/shared/api/host'
import { isCustom } from '@vigie/shared/metrics/series'
import type { Clock } from '../clock.ts'
import { TokenBucket, type Rate } from '../token-bucket.ts'

export interface QuotaLimits {
  readonly bytesPerDay: number
  /** Of blocks; fifty seconds of it at once, as a backlog comes faster than it was taken. */
  readonly framesPerSecond: number
  /** Series tables that the host did not use of late: each is kept. */
  readonly tablesPerDay: number
  readonly seriesPerTable: number
  /** Series of metrics that the catalogue does not know, in a table. */
  readonly customPerTable: number
  /** What is taken in one go and then each second, in ticks of 64 series; what comes faster waits. */
  readonly pace: Rate
}

export const QUOTAS: QuotaLimits = {
  bytesPerDay: 1e9,
  framesPerSecond: 100,
  tablesPerDay: 5000,
  seriesPerTable: 4096,
  customPerTable: 1000,
  pace: { burst: 36_000, perSecond: 10_000 },
}

const DAY_S = 86_400
const FRAMES_BURST_S = 50
const PACE_SERIES = 64
/** Of a host; it comes back to few of them. */
const TABLES_REMEMBERED = 64

interface Meter {
  readonly bytes: TokenBucket
  readonly frames: TokenBucket
  readonly tables: TokenBucket
  readonly pace: TokenBucket
  /** Revisions that it used of late. */
  readonly known: Set<number>
}

/** Counted in memory: a hub that restarts counts anew. */
export class Quotas {
  readonly #limits: QuotaLimits
  readonly #clock: Clock
  readonly #meters = new Map<number, Meter>()

  constructor(limits: QuotaLimits, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
  }

  /** Each of these returns what there is too much of. */
  frame(
    hostId: number,
    { sizeBytes, isBlock }: { sizeBytes: number; isBlock: boolean },
  ): QuotaKind | undefined {
    const meter = this.#meter(hostId)
    const atMs = this.#clock.elapsedMs()
    if (!meter.bytes.take(atMs, sizeBytes)) return 'bytes'
    if (isBlock && !meter.frames.take(atMs)) return 'frames'
    return undefined
  }

  table(
    hostId: number,
    { revision, keys }: { revision: number; keys: readonly string[] },
  ): QuotaKind | undefined {
    const { seriesPerTable, customPerTable } = this.#limits
    if (keys.length > seriesPerTable) return 'series'
    if (keys.filter(isCustom).length > customPerTable) return 'custom'
    const { known, tables } = this.#meter(hostId)
    const isKnown = known.delete(revision)
    if (!isKnown && !tables.take(this.#clock.elapsedMs())) return 'tables'
    // A Set keeps insertion order: what was used last goes to the end.
    known.add(revision)
    const [oldest] = known
    if (known.size > TABLES_REMEMBERED && oldest !== undefined) known.delete(oldest)
    return undefined
  }

  /** After a block that was taken: how long the next of its host waits, so that no other host's does. */
  waitMs(hostId: number, { ticks, series }: { ticks: number; series: number }): number {
    const { pace } = this.#meter(hostId)
    const atMs = this.#clock.elapsedMs()
    pace.take(atMs, ticks * Math.max(1, series / PACE_SERIES))
    return pace.waitMs(atMs)
  }

  forget(hostId: number): void {
    this.#meters.delete(hostId)
  }

  #meter(hostId: number): Meter {
    const existing = this.#meters.get(hostId)
    if (existing) return existing
    const { bytesPerDay, framesPerSecond, tablesPerDay, pace } = this.#limits
    const atMs = this.#clock.elapsedMs()
    const perDay = (burst: number): TokenBucket =>
      new TokenBucket({ burst, perSecond: burst / DAY_S }, atMs)
    const frames = { burst: framesPerSecond * FRAMES_BURST_S, perSecond: framesPerSecond }
    const meter = {
      bytes: perDay(bytesPerDay),
      frames: new TokenBucket(frames, atMs),
      tables: perDay(tablesPerDay),
      pace: new TokenBucket(pace, atMs),
      known: new Set<number>(),
    }
    this.#meters.set(hostId, meter)
    return meter
  }
}
