// Owns how many mails of notices a recipient gets within an hour (docs/alerts.md, C4).

export const CAP_MS = 3_600_000

export interface Room {
  /** Milliseconds until there is room; 0 when there is some now. */
  readonly waitMs: number
  /** Whether a mail now is the last one for a while, and when there is room again. */
  readonly lastUntilMs: number | null
}

/** `writtenMs`: when mails of the last hour were written, oldest first. */
export function roomFor(writtenMs: readonly number[], perHour: number, nowMs: number): Room {
  // Someone may have set the clock back: what was written in the future is not of the last hour.
  const recent = writtenMs.filter((timeMs) => timeMs > nowMs - CAP_MS && timeMs <= nowMs)
  const counted = recent.slice(-perHour)
  const oldestMs = counted[0] ?? nowMs
  if (counted.length >= perHour) return { waitMs: oldestMs + CAP_MS - nowMs, lastUntilMs: null }
  const isLast = counted.length === perHour - 1
  return { waitMs: 0, lastUntilMs: isLast ? oldestMs + CAP_MS : null }
}
