// What goes of alerts and mails after ten and after ninety days, and what stays, on a real database file.
import { expect, it } from 'vitest'
import {
  changes,
  composeAll,
  deferred,
  openSampleStore,
  resolved,
  sampleAttempt,
  sampleIncident,
  sampleMail,
  sampleNotice,
  sampleRule,
} from '../../test/sample-alerts.ts'
import { forgetAlerts } from './alert-retention.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

const DAY_MS = 86_400_000
const OPS = 'ops@example.org'
const images = [{ name: 'chart', png: Uint8Array.of(137, 80) }]
const snapshots = [{ timeMs: 30_000, failedUnits: ['ssh.service'] }]
const snapshotsOf = (incidentId: number) => ({ incidentId, snapshots })

/** Incident 1, over after a minute, with its mail and evidence, and the newest, which is never forgotten. */
async function someDaysAgo() {
  const { store } = await openSampleStore()
  const entry = { incidentId: 1, timeMs: 31_000, kind: 'fired' as const, who: null, text: null }
  await store.alerts.commit(
    changes({
      incidents: [sampleIncident(1, resolved(60_000)), sampleIncident(9, resolved(60_000))],
      entries: [entry],
      notices: [sampleNotice(1)],
      evidence: [snapshotsOf(1)],
    }),
  )
  const mailId = await composeAll(store, [1], sampleMail('<1@hub>', { images }))
  /** Returns how many steps it took. */
  const forget = async (nowMs: number): Promise<number> => {
    let steps = 0
    const pace = (): Promise<void> => {
      steps++
      return Promise.resolve()
    }
    await forgetAlerts(store.db, nowMs, pace)
    return steps
  }
  return { store, mailId, forget }
}

async function count({ db }: Store, table: keyof Schema): Promise<number> {
  const rows = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('rows'))
    .executeTakeFirstOrThrow()
  return rows.rows
}

it('after ten days bodies, pictures and processes go, and the story stays', async () => {
  const { store, mailId, forget } = await someDaysAgo()
  await store.outbox.recordAttempt(sampleAttempt(mailId))
  const story = await store.alerts.entries(1)
  expect(await forget(10 * DAY_MS)).toBe(0)
  expect(await store.ledger.html(mailId)).not.toBeNull()
  expect(await forget(10 * DAY_MS + 60_001)).toBe(2)
  expect(await store.ledger.get(mailId)).toMatchObject({ text: null, subject: 'web-1 is down' })
  expect(await store.ledger.html(mailId)).toBeNull()
  expect(await store.ledger.images(mailId)).toEqual([])
  expect(await store.alerts.snapshots(1)).toEqual([])
  expect(await store.alerts.entries(1)).toEqual(story)
  expect(await forget(10 * DAY_MS + 60_001)).toBe(0)
})

it('after ninety days all of it goes, but for the newest incident', async () => {
  const { store, mailId, forget } = await someDaysAgo()
  await store.outbox.recordAttempt(sampleAttempt(mailId))
  await store.outbox.write(sampleMail('<weekly@hub>', { kind: 'weekly' }))
  await store.outbox.recordAttempt(sampleAttempt(mailId + 1))
  await forget(90 * DAY_MS + 33_000)
  expect(await count(store, 'mail')).toBe(2)
  await forget(90 * DAY_MS + 60_001)
  for (const table of ['incident_entry', 'notice', 'mail', 'mail_attempt', 'mail_image'] as const) {
    expect([table, await count(store, table)]).toEqual([table, 0])
  }
  expect((await store.alerts.get(9))?.id).toBe(9)
  expect(await store.alerts.get(1)).toBeUndefined()
  expect(await store.alerts.lastId()).toBe(9)
})

it('what somebody has yet to be told stays, whatever its age', async () => {
  const { store, mailId, forget } = await someDaysAgo()
  await store.outbox.recordAttempt(sampleAttempt(mailId, deferred))
  await store.alerts.commit(changes({ notices: [sampleNotice(1, { kind: 'resolved' })] }))
  await forget(365 * DAY_MS)
  expect(await store.notices.waiting()).toHaveLength(1)
  expect(await store.outbox.due(9e15, 10)).toMatchObject([{ messageId: '<1@hub>', images }])
  expect(await store.alerts.get(1)).toBeDefined()
})

it('C6: of an incident that goes on, what was told first stays, and old reminders go', async () => {
  const { store } = await openSampleStore()
  const notices = [sampleNotice(1), sampleNotice(1, { kind: 'reminder', timeMs: 40_000 })]
  await store.alerts.commit(
    changes({ incidents: [sampleIncident(1)], notices, evidence: [snapshotsOf(1)] }),
  )
  const [opened, reminder] = await store.notices.waiting()
  for (const [notice, messageId] of [
    [opened, '<1@hub>'],
    [reminder, '<2@hub>'],
  ] as const) {
    const { id } = await store.notices.compose(sampleMail(messageId), [notice?.id ?? 0])
    await store.outbox.recordAttempt(sampleAttempt(id))
  }
  await forgetAlerts(store.db, 365 * DAY_MS, () => Promise.resolve())
  expect((await store.ledger.page({ limit: 9 })).map((mail) => mail.messageId)).toEqual(['<1@hub>'])
  expect(await store.notices.threads([1], OPS)).toEqual(new Map([[1, '<1@hub>']]))
  expect(await store.alerts.told([1])).toEqual(new Map([[1, [OPS]]]))
  expect(await store.alerts.snapshots(1)).toEqual(snapshots)
})

it('silences that ended long ago go; rules and windows stay', async () => {
  const { store, forget } = await someDaysAgo()
  const draft = { scope: { type: 'all' } as const, ruleIds: [], startsMs: 0, comment: '' }
  for (const endsMs of [1000, 2000]) await store.silences.create({ ...draft, endsMs }, 'Ada', 0)
  await store.rules.create(sampleRule, 0)
  await forget(90 * DAY_MS + 2000)
  expect((await store.silences.list(0)).map(({ endsMs }) => endsMs)).toEqual([2000])
  expect(await store.rules.list()).toHaveLength(1)
})

it('goes in small steps, between which others get their turn', async () => {
  const { store, forget } = await someDaysAgo()
  const ids = Array.from({ length: 1200 }, (_, index) => index + 10)
  const incidents = ids.map((id) => sampleIncident(id, resolved(50_000)))
  await store.alerts.commit(changes({ incidents, evidence: ids.map(snapshotsOf) }))
  expect(await forget(89 * DAY_MS)).toBe(Math.ceil(1201 / 25))
  expect(await forget(365 * DAY_MS)).toBe(3)
  expect(await count(store, 'incident')).toBe(1)
})
