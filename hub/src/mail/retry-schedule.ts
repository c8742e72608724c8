// Owns when a mail is tried again (docs/alerts.md, M1).

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export interface RetrySchedule {
  /** The wait after each try that failed; the last one is repeated. */
  readonly waitsMs: readonly number[]
  /** How long a mail is tried. */
  readonly expiryMs: number
  /** The part of each wait that is left to chance, so that mails do not stay in step. */
  readonly jitterRatio: number
}

export const RETRY_SCHEDULE: RetrySchedule = {
  waitsMs: [10_000, 30_000, ...[1, 2, 5, 15, 30, 60].map((minutes) => minutes * MINUTE_MS)],
  expiryMs: 5 * DAY_MS,
  jitterRatio: 0.1,
}

/** What another machine asks for is waited for, within a day. */
const MAX_ASKED_MS = DAY_MS

/** No time of the schedule is further away: what is due later was written by a clock that was wrong. */
export const MAX_WAIT_MS = MAX_ASKED_MS + 2 * 60 * MINUTE_MS

export interface FailedTry {
  readonly nowMs: number
  readonly writtenMs: number
  /** Tries that failed, this one included: 1 after the first. */
  readonly tries: number
  readonly retryAfterMs?: number | undefined
}

/** When to try again; null when it has been tried for long enough. */
export function nextTryMs(failed: FailedTry, schedule: RetrySchedule): number | null {
  const { nowMs, writtenMs, tries, retryAfterMs = 0 } = failed
  const { waitsMs, expiryMs, jitterRatio } = schedule
  // A hub that was off for days tries more than once before it gives up.
  if (nowMs - writtenMs >= expiryMs && tries >= waitsMs.length) return null
  const waitMs = waitsMs[Math.min(tries, waitsMs.length) - 1] ?? expiryMs
  const spreadMs = waitMs * (1 + jitterRatio * Math.random())
  return Math.round(nowMs + Math.max(spreadMs, Math.min(retryAfterMs, MAX_ASKED_MS)))
}
