// Owns the rule of a host's status: it follows from what was heard and for how long nothing was, by the hub alone.
import type { HostSummary } from '@vigie/shared/api/host'

export type Goodbye = 'stopped' | 'rebooting' | 'upgrading'

export interface Evidence {
  /** When the hub last heard the host, in this run or an earlier one. */
  readonly lastSeenMs: number | null
  /** For how long the hub has heard nothing of it; null when it has not heard it in this run. */
  readonly silentForMs: number | null
  /** What the host said when it left, while nothing came after it. */
  readonly goodbye: Goodbye | null
  /** Its agent is refused, and nobody waits for it. */
  readonly isRetired: boolean
  /** As for a retired one, until another agent joins for it. */
  readonly isRevoked: boolean
  /** Its agent is no more refused, and may not have come yet. */
  readonly isAwaited: boolean
  readonly intervalMs: number
  /** For how long the hub has run. */
  readonly hubRunsForMs: number
}

export type Verdict = Pick<HostSummary, 'status' | 'statusReason'>

const MIN_GRACE_MS = 30_000
const GRACE_INTERVALS = 3

/** How long a host may be silent before it is down. */
export function graceMs(intervalMs: number): number {
  return Math.max(MIN_GRACE_MS, GRACE_INTERVALS * intervalMs)
}

export function judgeStatus(evidence: Evidence): Verdict {
  const { lastSeenMs, silentForMs, goodbye, intervalMs } = evidence
  if (evidence.isRetired) return { status: 'unknown', statusReason: 'retired' }
  if (evidence.isRevoked) return { status: 'unknown', statusReason: 'revoked' }
  if (evidence.isAwaited) return { status: 'unknown', statusReason: 'awaited' }
  if (lastSeenMs === null) return { status: 'unknown', statusReason: 'never-seen' }
  if (goodbye !== null) return { status: 'unknown', statusReason: goodbye }
  const grace = graceMs(intervalMs)
  if (silentForMs !== null) {
    return silentForMs > grace
      ? { status: 'down', statusReason: 'silent' }
      : { status: 'up', statusReason: 'reporting' }
  }
  // The hub was away: the host may have tried all along, so it gets its grace from the hub's start.
  return evidence.hubRunsForMs > grace
    ? { status: 'down', statusReason: 'silent' }
    : { status: 'unknown', statusReason: 'hub-started' }
}
