// An outbox on a real database file with a sender at work on it, for tests: what comes of each attempt can be waited for.
import { EventEmitter, once } from 'node:events'
import { pino, type Logger } from 'pino'
import { Registry } from 'prom-client'
import { onTestFinished } from 'vitest'
import { systemClock, type Clock } from '../src/clock.ts'
import type { Channel } from '../src/mail/delivery.ts'
import { createMailMetrics } from '../src/mail/mail-metrics.ts'
import type { AttemptRecord, NewMail, OutboxMail, OutboxStore } from '../src/mail/ports.ts'
import { createRelay, type RelayOptions } from '../src/mail/relay.ts'
import { RETRY_SCHEDULE } from '../src/mail/retry-schedule.ts'
import { createSender, SENDER_LIMITS, type SenderLimits } from '../src/mail/sender.ts'
import { sampleMail } from './sample-alerts.ts'

/** Waits of no time to speak of, and much time for all else. */
export const FAST: SenderLimits = {
  ...SENDER_LIMITS,
  schedule: { ...RETRY_SCHEDULE, waitsMs: [20] },
  retryMs: 20,
}

export interface TestSenderOptions {
  readonly relays?: readonly Channel[]
  readonly webhook?: Channel
  readonly limits?: Partial<SenderLimits>
  readonly clock?: Clock
  readonly log?: Logger
}

/** A mail as it lies in the outbox. */
export function outboxMail(change: Partial<OutboxMail>): OutboxMail {
  return {
    id: 1,
    kind: 'opened',
    channel: 'mail',
    recipient: 'ops@example.org',
    messageId: '<7c1f@hub.example>',
    references: [],
    subject: '',
    text: '',
    html: '<p></p>',
    images: [],
    writtenMs: Date.UTC(2026, 10, 28, 12, 0, 5),
    attempts: 0,
    nextMs: 0,
    ...change,
  }
}

/** A call of the webhook as it lies there. */
export function outboxCall(text: string): OutboxMail {
  return outboxMail({ channel: 'webhook', recipient: 'hooks.example', text, html: null })
}

/** A sender that stops when the test ends. */
export function startSender(outbox: OutboxStore, options: TestSenderOptions = {}) {
  const told = new EventEmitter()
  const attempts: AttemptRecord[] = []
  const sender = createSender(
    {
      outbox,
      relays: options.relays ?? [],
      webhook: options.webhook,
      metrics: createMailMetrics(new Registry()),
      clock: options.clock ?? systemClock,
      log: options.log ?? pino({ level: 'silent' }),
      onAttempt: (_: OutboxMail, attempt) => {
        attempts.push(attempt)
        told.emit('attempt')
      },
    },
    { ...FAST, ...options.limits },
  )
  onTestFinished(() => sender.close())
  return {
    sender,
    attempts,
    /** Resolves when this is true of the attempts so far. */
    until: async (isSo: (attempts: readonly AttemptRecord[]) => boolean): Promise<void> => {
      while (!isSo(attempts)) await once(told, 'attempt')
    },
  }
}

export function relayTo(url: URL, options: Partial<RelayOptions> = {}): Channel {
  return createRelay({
    name: 'primary',
    url,
    tls: undefined,
    authority: undefined,
    from: 'vigie@hub.example',
    maxConnections: SENDER_LIMITS.maxAtOnce,
    ...options,
  })
}

/** Writes a mail that is due now; returns its id. */
export async function write(
  outbox: OutboxStore,
  name: string,
  change: Partial<NewMail> = {},
): Promise<number> {
  const mail = sampleMail(`<${name}@hub.example>`, { writtenMs: Date.now(), ...change })
  const written = await outbox.write(mail)
  if (!written) throw new Error(`there is a mail ${name} already`)
  return written.id
}
