// Owns the delivery of what is in the outbox: what is due is tried, one mail a recipient at a time (docs/alerts.md, M1-M4).
import type { FastifyBaseLogger } from 'fastify'
import type { Clock } from '../clock.ts'
import { writeAttempt } from './attempt-ledger.ts'
import { missingChannel, type Channel, type DeliveryOutcome } from './delivery.ts'
import type { MailMetrics } from './mail-metrics.ts'
import { tryMail } from './mail-round.ts'
import { pause } from './pause.ts'
import type { AttemptRecord, OutboxMail, OutboxStore } from './ports.ts'
import { MAX_WAIT_MS, RETRY_SCHEDULE, type RetrySchedule } from './retry-schedule.ts'
import { createWakeLoop } from './wake-loop.ts'

export interface SenderParts {
  readonly outbox: OutboxStore
  /** In the order in which they are asked. The sender closes them. */
  readonly relays: readonly Channel[]
  readonly webhook: Channel | undefined
  readonly metrics: MailMetrics
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** Called when an attempt is in the ledger. */
  readonly onAttempt?: (mail: OutboxMail, attempt: AttemptRecord) => void
}

export interface SenderLimits {
  /** Mails under way, and so connections to each relay. */
  readonly maxAtOnce: number
  readonly schedule: RetrySchedule
  /** The outbox is looked into at least this often. */
  readonly lookEveryMs: number
  /** For a database that takes nothing. */
  readonly retryMs: number
  /** How long what is under way may still take when the hub stops. */
  readonly closeMs: number
}

export const SENDER_LIMITS: SenderLimits = {
  maxAtOnce: 5,
  schedule: RETRY_SCHEDULE,
  lookEveryMs: 60_000,
  retryMs: 1000,
  closeMs: 5000,
}

/** By less than that a clock is corrected now and then. */
const SET_BACK_MS = 2000

/** Begins with what is due. */
export function createSender(parts: SenderParts, limits: SenderLimits = SENDER_LIMITS) {
  const { outbox, relays, webhook, metrics, clock, log, onAttempt } = parts
  const { maxAtOnce, schedule, lookEveryMs, retryMs, closeMs } = limits
  const mailChannels = relays.length > 0 ? relays : [missingChannel('primary', 'VIGIE_SMTP_URL')]
  const webhookChannels = [webhook ?? missingChannel('webhook', 'VIGIE_WEBHOOK_URL')]
  /** By recipient. */
  const underWay = new Map<string, Promise<void>>()
  /** Mails that have let go first those that they follow. */
  const polite = new Set<number>()
  /** Relays whose last word was none on a mail. */
  const faulty = new Set<string>()
  const stopping = new AbortController()
  const ledger = { outbox, metrics, log, retryMs, signal: stopping.signal }
  let isUnreadable = false
  let clockAheadMs = -Infinity

  const record = async (mail: OutboxMail, attempt: AttemptRecord, outcome: DeliveryOutcome) => {
    const { relay } = attempt
    metrics.attempts.inc({ relay, outcome: attempt.outcome })
    if (attempt.state === 'delivered') {
      const tookMs = attempt.timeMs + attempt.tookMs - mail.writtenMs
      metrics.delivery.observe({ channel: mail.channel }, tookMs / 1000)
    }
    if (!(await writeAttempt(attempt, ledger))) return false
    onAttempt?.(mail, attempt)
    if (outcome.outcome === 'deferred' && outcome.isChannelFault) faulty.add(relay)
    // A relay that is back takes at once what has waited for it.
    else if (faulty.delete(relay) && mail.channel === 'mail') await outbox.hurry(clock.nowMs())
    return true
  }

  const start = (mail: OutboxMail): void => {
    const run = tryMail(mail, mail.channel === 'mail' ? mailChannels : webhookChannels, {
      schedule,
      clock,
      log,
      record: (attempt, outcome) => record(mail, attempt, outcome),
    })
    const done = run
      .catch(async (error: unknown) => {
        log.error({ err: error, mailId: mail.id }, 'a mail was left; it is tried again')
        await pause(5 * retryMs, stopping.signal)
      })
      .finally(() => {
        underWay.delete(mail.recipient)
        loop.wake()
      })
    underWay.set(mail.recipient, done)
  }

  const startDue = async (): Promise<void> => {
    while (underWay.size < maxAtOnce) {
      const busy = [...underWay.keys()]
      const mails = await outbox.due(clock.nowMs(), maxAtOnce - underWay.size, busy)
      if (mails.length === 0 || stopping.signal.aborted) return
      for (const mail of mails) {
        if (!underWay.has(mail.recipient) && !(await letsOthersGo(mail))) start(mail)
      }
    }
  }

  /**
   * Nobody is to read that it is over before that it began: what waits of the thread is tried first. Once a try, as it
   * may be refused again, and not when both are old.
   */
  const letsOthersGo = async ({ id, references, attempts }: OutboxMail): Promise<boolean> => {
    if (polite.delete(id) || references.length === 0) return false
    if (attempts >= schedule.waitsMs.length) return false
    if ((await outbox.hurryThese(references, clock.nowMs())) === 0) return false
    polite.add(id)
    return true
  }

  /** Of those that are not under way: an attempt that ends has the outbox looked into anyway. */
  const untilNextMs = async (): Promise<number> => {
    if (underWay.size >= maxAtOnce) return lookEveryMs
    const nextMs = await outbox.nextDueMs([...underWay.keys()])
    const nowMs = clock.nowMs()
    if (nextMs === null) return lookEveryMs
    if (nextMs > nowMs + MAX_WAIT_MS) {
      await outbox.hurry(nowMs)
      return 0
    }
    return Math.min(Math.max(nextMs - nowMs, 0), lookEveryMs)
  }

  /** What is due at times that a clock has said before it was set back would wait until it comes to them again. */
  const mindClock = async (): Promise<void> => {
    const aheadMs = clock.nowMs() - clock.elapsedMs()
    if (aheadMs < clockAheadMs - SET_BACK_MS) await outbox.hurry(clock.nowMs())
    clockAheadMs = aheadMs
  }

  const loop = createWakeLoop(async () => {
    try {
      await mindClock()
      await startDue()
      const waitMs = await untilNextMs()
      isUnreadable = false
      return waitMs
    } catch (error) {
      if (!isUnreadable) log.error({ err: error }, 'the outbox cannot be read; tried again')
      isUnreadable = true
      return 5 * retryMs
    }
  })

  const stop = async (): Promise<void> => {
    stopping.abort()
    await loop.close()
    const ended = Promise.allSettled(underWay.values())
    const patience = new AbortController()
    await Promise.race([ended, pause(closeMs, patience.signal)])
    patience.abort()
    for (const channel of [...mailChannels, ...webhookChannels]) channel.close()
    await ended
  }
  let stopped: Promise<void> | undefined

  loop.wake()
  return {
    /** Something was written that may be due. */
    wake: loop.wake,
    /** Tries all that waits, now. */
    async hurry(): Promise<void> {
      await outbox.hurry(clock.nowMs())
      loop.wake()
    },
    /** Waits a little for what is under way; what is not over then stays due. */
    close: () => (stopped ??= stop()),
  }
}

export type Sender = ReturnType<typeof createSender>
