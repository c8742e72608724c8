// Owns when a source is read: at the times of a cron pattern, each later by an offset of this hub's own.
import { createHash } from 'node:crypto'
import { Cron } from 'croner'

const MAX_OFFSET_MS = 15 * 60_000

export interface Schedule {
  /** The next time after `timeMs`. */
  after(timeMs: number): number | null
}

/**
 * Hubs are told apart by their offsets, so that they do not all ask at the same second. Of `seed`, which stays: a restart
 * moves nothing. `cron`: five fields.
 */
export function createSchedule({ cron, seed }: { cron: string; seed: string }): Schedule {
  const times = new Cron(cron, { paused: true, timezone: 'UTC' })
  const [first, second] = times.nextRuns(2, new Date(0))
  const betweenMs = first && second ? second.getTime() - first.getTime() : MAX_OFFSET_MS
  const offsetMs = offsetOf(seed, Math.min(betweenMs, MAX_OFFSET_MS))
  return {
    after(timeMs) {
      const next = times.nextRun(new Date(timeMs - offsetMs))
      return next ? next.getTime() + offsetMs : null
    },
  }
}

/** The last time of `cron`, by the clocks of `zone`, at `timeMs` or before it; null when there was none. */
export function lastTime(cron: string, zone: string, timeMs: number): number | null {
  const times = new Cron(cron, { paused: true, timezone: zone })
  return times.previousRuns(1, new Date(timeMs + 1))[0]?.getTime() ?? null
}

/** From 0 to `withinMs`, exclusive, the same for the same seed. */
export function offsetOf(seed: string, withinMs: number): number {
  return createHash('sha256').update(`cert ${seed}`).digest().readUInt32BE(0) % withinMs
}
