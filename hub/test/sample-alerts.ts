// Incidents, notices and mails as the hub writes them, and a store on a real file to write them to.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RuleDraft } from '@vigie/shared/api/rule'
import { onTestFinished } from 'vitest'
import type { AlertChanges, IncidentRecord, NewNotice } from '../src/alerts/ports.ts'
import type { AttemptRecord, NewMail } from '../src/mail/ports.ts'
import { openStore, type Store } from '../src/store/store.ts'

/** In a directory of its own; the database has a thread, as in the hub. */
export async function openSampleStore(
  limits: { readonly busyTimeoutMs?: number } = {},
): Promise<{ store: Store; dataDir: string }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-alerts-'))
  const onThreadDied = (error: Error): never => {
    throw error
  }
  const store = await openStore({ dataDir, onThreadDied, ...limits })
  onTestFinished(async () => {
    await store.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  return { store, dataDir }
}

export const sampleRule: RuleDraft = {
  name: 'Host down',
  isEnabled: true,
  severity: 'crisis',
  condition: { type: 'down', graceMs: 30_000, stoppedGraceMs: null },
  scope: { type: 'all' },
  recipients: ['ops@example.org'],
  remindEveryMs: 3_600_000,
}

/** Firing since 1000, and fired at 31,000. */
export function sampleIncident(id: number, change: Partial<IncidentRecord> = {}): IncidentRecord {
  const { name, condition } = sampleRule
  return {
    id,
    kind: 'incident',
    rule: { id: 1, key: 'host-down', name, condition },
    severity: 'crisis',
    hostId: 1,
    series: '',
    state: 'firing',
    sinceMs: 1000,
    firedMs: 31_000,
    acknowledgedMs: null,
    owner: null,
    resolvedMs: null,
    resolvedWhy: null,
    value: 30,
    worst: 30.5,
    detail: { goodbye: null },
    foldedInto: null,
    ...change,
  }
}

export const resolved = (resolvedMs: number): Partial<IncidentRecord> => ({
  state: 'resolved',
  resolvedMs,
  resolvedWhy: 'returned',
})

export function sampleNotice(incidentId: number, change: Partial<NewNotice> = {}): NewNotice {
  return { incidentId, kind: 'opened', recipient: 'ops@example.org', timeMs: 31_000, ...change }
}

export function changes(some: Partial<AlertChanges>): AlertChanges {
  return { incidents: [], forgotten: [], entries: [], notices: [], evidence: [], ...some }
}

export function sampleMail(messageId: string, change: Partial<NewMail> = {}): NewMail {
  return {
    kind: 'opened',
    subject: 'web-1 is down',
    text: 'Nothing was heard of web-1 for 30 s.',
    html: '<p>Nothing was heard of web-1 for 30 s.</p>',
    images: [],
    channel: 'mail',
    recipient: 'ops@example.org',
    messageId,
    references: [],
    writtenMs: 33_000,
    ...change,
  }
}

/** Delivered half a second after 33,000. */
export function sampleAttempt(mailId: number, change: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    mailId,
    timeMs: 33_000,
    relay: 'primary',
    outcome: 'delivered',
    code: 250,
    answer: '2.0.0 queued as 4Xk2f1',
    tookMs: 500,
    state: 'delivered',
    nextMs: null,
    ...change,
  }
}

/** The relay asked to come again, after a minute. */
export const deferred: Partial<AttemptRecord> = {
  outcome: 'deferred',
  code: 451,
  answer: '4.7.1 greylisted',
  state: 'waiting',
  nextMs: 93_000,
}

export const refused: Partial<AttemptRecord> = {
  outcome: 'refused',
  code: 550,
  answer: '5.1.1 no such user',
  state: 'refused',
}

/** Writes a mail of all notices of these incidents that wait. Returns its id. */
export async function composeAll(
  { notices }: Pick<Store, 'notices'>,
  incidentIds: readonly number[],
  mail: NewMail,
): Promise<number> {
  const waiting = await notices.waiting()
  const ids = waiting
    .filter(
      ({ incidentId, recipient }) =>
        incidentIds.includes(incidentId) && recipient === mail.recipient,
    )
    .map(({ id }) => id)
  return (await notices.compose(mail, ids)).id
}
