// A hub within the process of a test that mails two people what goes wrong with its hosts, and its ledger.
import type { MailDetail } from '@vigie/shared/api/mail'
import { vi } from 'vitest'
import type { AppOptions } from '../src/app-options.ts'
import { systemClock, type Clock } from '../src/clock.ts'
import { RETRY_SCHEDULE } from '../src/mail/retry-schedule.ts'
import { busyRule } from './busy-rule.ts'
import { SteadyAgent } from './steady-agent.ts'
import { startHub, type TestHub } from './test-hub.ts'

export const OPS = 'ops@example.org'
export const NIGHT = 'night@example.org'

/** As many waits as a hub knows, all short. */
const FAST_SCHEDULE = {
  ...RETRY_SCHEDULE,
  waitsMs: RETRY_SCHEDULE.waitsMs.map(() => 50),
}

export const FAST_SENDER = { schedule: FAST_SCHEDULE, retryMs: 20, closeMs: 0 }

/** With one rule, which hosts break by being busy. */
export async function startMailingApp(options: Partial<AppOptions>): Promise<TestHub> {
  const hub = await startHub({
    mailFrom: 'vigie@hub.example',
    mailTo: [OPS, NIGHT],
    mailLanguage: 'en',
    mailZone: 'Europe/Paris',
    maxMailsPerHour: 1000,
    ...options,
    limits: {
      alerts: { reviewEveryMs: 100, returnMs: 500 },
      sender: FAST_SENDER,
      ...options.limits,
    },
  })
  const { alerts } = hub.alerting
  for (const { id, key } of alerts.rules()) if (key !== null) await alerts.deleteRule(id)
  if (alerts.rules().length === 0) await alerts.createRule(busyRule)
  return hub
}

/** A host that has been heard. */
export async function joined(
  hub: TestHub,
  name = 'web-1',
  clock: Clock = systemClock,
): Promise<SteadyAgent> {
  const agent = new SteadyAgent(name, clock)
  await agent.connect(hub.address, (await hub.enrolments.create({})).token)
  await agent.acknowledged()
  return agent
}

/** Every mail that was written, oldest first. */
export async function ledgerOf({ store: { ledger } }: TestHub): Promise<MailDetail[]> {
  const page = await ledger.page({ limit: 1000 })
  const details = await Promise.all(page.map(({ id }) => ledger.get(id)))
  return details.filter((mail) => mail !== undefined).reverse()
}

/** Resolves with the ledger when this is so of it. */
export async function untilLedger(
  hub: TestHub,
  isSo: (ledger: readonly MailDetail[]) => boolean,
): Promise<MailDetail[]> {
  const look = async () => {
    const ledger = await ledgerOf(hub)
    return isSo(ledger) && ledger
  }
  return vi.waitUntil(look, { timeout: 60_000, interval: 20 })
}
