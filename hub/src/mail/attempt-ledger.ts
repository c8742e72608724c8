// Owns that what came of an attempt is written: a relay has taken the mail, and must not be given it again.
import type { FastifyBaseLogger } from 'fastify'
import type { MailMetrics } from './mail-metrics.ts'
import { pause } from './pause.ts'
import type { AttemptRecord, OutboxStore } from './ports.ts'

export interface LedgerParts {
  readonly outbox: OutboxStore
  readonly metrics: MailMetrics
  readonly log: FastifyBaseLogger
  readonly retryMs: number
  /** Ends the waiting for a database that takes nothing. */
  readonly signal: AbortSignal
}

const MAX_RETRY_MS = 30_000

/**
 * Goes on until the attempt is written or the hub stops; resolves with whether it is. Its mail keeps its place among
 * those under way, so that no more are sent than can be written down.
 */
export async function writeAttempt(
  attempt: AttemptRecord,
  { outbox, metrics, log, retryMs, signal }: LedgerParts,
): Promise<boolean> {
  const { mailId, relay, outcome } = attempt
  for (let waitMs = retryMs; ; waitMs = Math.min(2 * waitMs, MAX_RETRY_MS)) {
    try {
      await outbox.recordAttempt(attempt)
      return true
    } catch (error) {
      metrics.unrecorded.inc()
      const isFirst = waitMs === retryMs
      if (isFirst) {
        log.error({ err: error, mailId, relay, outcome }, 'an attempt cannot be written; kept')
      }
    }
    await pause(waitMs, signal)
    if (!signal.aborted) continue
    log.error({ mailId, relay, outcome }, 'an attempt was never written; the mail is tried again')
    return false
  }
}
