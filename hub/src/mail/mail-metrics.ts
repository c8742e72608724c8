// Owns the hub's own figures of what is mailed.
import { Counter, Histogram, type Registry } from 'prom-client'

export function createMailMetrics(registry: Registry) {
  const registers = [registry]
  return {
    attempts: new Counter({
      name: 'vigie_mail_attempts_total',
      help: 'Attempts to deliver a mail or a webhook, by who was asked and what came of it',
      labelNames: ['relay', 'outcome'],
      registers,
    }),
    delivery: new Histogram({
      name: 'vigie_mail_delivery_seconds',
      help: 'Time from the writing of a mail until a relay took it',
      labelNames: ['channel'],
      buckets: [0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300, 1800, 7200, 86_400],
      registers,
    }),
    unrecorded: new Counter({
      name: 'vigie_mail_record_failures_total',
      help: 'Times that what came of an attempt could not be written and was tried again',
      registers,
    }),
  }
}

export type MailMetrics = ReturnType<typeof createMailMetrics>
