// Owns the rule of a host's status: it follows from what was heard and when, by the hub's clock alone.
import type { HostSummary } from '@vigie/shared/api/host'

export type Goodbye = 'stopped' | 'rebooting' | 'upgrading'

export interface Evidence {
  /** When the hub last heard the host, in this run or an earlier one. */
  readonly lastSeenMs: number | null
  /** Whether that was in this run of the hub. */
  readonly isHeardInThisRun: boolean
  /** What the host said when it left, while nothing came after it. */
  readonly goodbye: Goodbye | null
  readonly intervalMs: number
  readonly hubStartedMs: number
}

export type Verdict = Pick<HostSummary, 'status' | 'statusReason'>

const MIN_GRACE_MS = 30_000
const GRACE_INTERVALS = 3

/** How long a host may be silent before it is down. */
export function graceMs(intervalMs: number): number {
  return Math.max(MIN_GRACE_MS, GRACE_INTERVALS * intervalMs)
}

export function judgeStatus(evidence: Evidence, nowMs: number): Verdict {
  const { lastSeenMs, goodbye, intervalMs } = evidence
  if (lastSeenMs === null) return { status: 'unknown', statusReason: 'never-seen' }
  if (goodbye !== null) return { status: 'unknown', statusReason: goodbye }
  const grace = graceMs(intervalMs)
  if (evidence.isHeardInThisRun) {
    return nowMs - lastSeenMs > grace
      ? { status: 'down', statusReason: 'silent' }
      : { status: 'up', statusReason: 'reporting' }
  }
  // The hub was away: the host may have tried all along, so it gets its grace from the hub's start.
  return nowMs - evidence.hubStartedMs > grace
    ? { status: 'down', statusReason: 'silent' }
    : { status: 'unknown', statusReason: 'hub-started' }
}
