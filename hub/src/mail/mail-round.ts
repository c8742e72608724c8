// Owns one try of one mail: each way out in turn, and what the mail is after each answer (docs/alerts.md, M2 and M3).
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { asAnswer, type Channel, type DeliveryOutcome } from './delivery.ts'
import type { AttemptRecord, OutboxMail } from './ports.ts'
import { nextTryMs, type RetrySchedule } from './retry-schedule.ts'

export interface RoundParts {
  readonly schedule: RetrySchedule
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Resolves with whether it is in the ledger. */
  readonly record: (attempt: AttemptRecord, outcome: DeliveryOutcome) => Promise<boolean>
}

/** Never rejects. Ends early when an answer cannot be written: the mail stays due. */
export async function tryMail(
  mail: OutboxMail,
  channels: readonly Channel[],
  { schedule, clock, log, record }: RoundParts,
): Promise<void> {
  // Every way out that did not take it is a line of the ledger.
  const tries = Math.floor(mail.attempts / channels.length) + 1
  let isRefusedByAll = true
  for (const [index, channel] of channels.entries()) {
    const timeMs = clock.nowMs()
    const startedMs = clock.elapsedMs()
    const outcome = await deliver(mail, channel, log)
    const { code, answer } = outcome
    isRefusedByAll &&= outcome.outcome === 'refused'
    const nowMs = clock.nowMs()

    const stateAfter = (): Pick<AttemptRecord, 'state' | 'nextMs'> => {
      if (outcome.outcome === 'delivered') return { state: 'delivered', nextMs: null }
      // Whoever starts the hub after it died here goes on at once.
      if (index < channels.length - 1) return { state: 'waiting', nextMs: nowMs }
      if (isRefusedByAll) return { state: 'refused', nextMs: null }
      const { retryAfterMs } = outcome.outcome === 'deferred' ? outcome : {}
      const nextMs = nextTryMs({ nowMs, writtenMs: mail.writtenMs, tries, retryAfterMs }, schedule)
      return nextMs === null ? { state: 'expired', nextMs } : { state: 'waiting', nextMs }
    }
    const isRecorded = await record(
      {
        mailId: mail.id,
        timeMs,
        relay: channel.name,
        outcome: outcome.outcome,
        code,
        answer,
        tookMs: Math.round(clock.elapsedMs() - startedMs),
        ...stateAfter(),
      },
      outcome,
    )
    if (!isRecorded || outcome.outcome === 'delivered') return
  }
}

/** A fault of our own defers the mail like any other: it must not be lost, nor tried without end. */
async function deliver(
  mail: OutboxMail,
  channel: Channel,
  log: FastifyBaseLogger,
): Promise<DeliveryOutcome> {
  try {
    return await channel.deliver(mail)
  } catch (error) {
    log.error({ err: error, mail: mail.messageId, relay: channel.name }, 'a mail was not tried')
    const answer = asAnswer(error instanceof Error ? error.message : String(error))
    return { outcome: 'deferred', code: null, answer, isChannelFault: false }
  }
}
