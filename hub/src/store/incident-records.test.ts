// How an incident's mails fared and the story of both, out of a real ledger.
import { expect, it } from 'vitest'
import {
  changes,
  composeAll,
  deferred,
  openSampleStore,
  refused,
  resolved,
  sampleAttempt,
  sampleIncident,
  sampleMail,
  sampleNotice,
} from '../../test/sample-alerts.ts'

const ADA = 'ada@example.org'

it('finds more incidents than fit into a statement, open and over', async () => {
  const { store } = await openSampleStore()
  const incidents = Array.from({ length: 1001 }, (_, index) =>
    sampleIncident(index + 1, index % 2 === 0 ? resolved(40_000) : {}),
  )
  await store.alerts.commit(changes({ incidents }))
  const asked = [...incidents.map(({ id }) => id), 2000]
  expect((await store.alerts.getAll(asked)).toSorted((a, b) => a.id - b.id)).toEqual(incidents)
})

it('tells of many incidents how their mails fared', async () => {
  const { store } = await openSampleStore()
  const incidents = [1, 2, 3, 4].map((id) => sampleIncident(id))
  const notices = [1, 2, 3].flatMap((id) => [
    sampleNotice(id),
    sampleNotice(id, { recipient: ADA }),
  ])
  await store.alerts.commit(changes({ incidents, notices }))
  const group = await composeAll(store, [1, 2], sampleMail('<1@hub>'))
  const ada = await composeAll(store, [1], sampleMail('<2@hub>', { recipient: ADA }))
  const other = await composeAll(store, [2], sampleMail('<3@hub>', { recipient: ADA }))
  const ids = [1, 2, 3, 4]
  const none = { delivered: 0, refused: 0, tookMs: null, nextMs: null }
  expect([...(await store.alerts.mailOf(ids)).values()]).toEqual([
    { ...none, waiting: 2, nextMs: 33_000 },
    { ...none, waiting: 2, nextMs: 33_000 },
    { ...none, waiting: 2 },
    { ...none, waiting: 0 },
  ])
  await store.outbox.recordAttempt(sampleAttempt(group))
  await store.outbox.recordAttempt(sampleAttempt(ada, deferred))
  await store.outbox.recordAttempt(sampleAttempt(other, refused))
  await store.notices.withhold(
    (await store.notices.waiting()).map(({ id }) => id),
    'silenced',
  )
  expect([...(await store.alerts.mailOf(ids)).values()]).toEqual([
    { waiting: 1, delivered: 1, refused: 0, tookMs: 2500, nextMs: 93_000 },
    { waiting: 0, delivered: 1, refused: 1, tookMs: 2500, nextMs: null },
    { ...none, waiting: 0 },
    { ...none, waiting: 0 },
  ])
})

it('counts the slowest recipient, and not what came after the first notice', async () => {
  const { store } = await openSampleStore()
  const notices = [sampleNotice(1), sampleNotice(1, { recipient: ADA })]
  await store.alerts.commit(changes({ incidents: [sampleIncident(1)], notices }))
  const mails = [
    await composeAll(store, [1], sampleMail('<1@hub>')),
    await composeAll(store, [1], sampleMail('<2@hub>', { recipient: ADA })),
  ]
  for (const [index, mail] of mails.entries()) {
    await store.outbox.recordAttempt(sampleAttempt(mail, { timeMs: 33_000 + index * 5000 }))
  }
  const reminder = sampleNotice(1, { kind: 'reminder', timeMs: 3_631_000 })
  await store.alerts.commit(changes({ notices: [reminder] }))
  const mail = await composeAll(store, [1], sampleMail('<3@hub>', { kind: 'reminder' }))
  await store.outbox.recordAttempt(sampleAttempt(mail, { timeMs: 3_633_000 }))
  expect((await store.alerts.mailOf([1])).get(1)).toMatchObject({ delivered: 3, tookMs: 7500 })
})

it('L3: what was learnt late is counted from when it was learnt', async () => {
  const { store } = await openSampleStore()
  const late = sampleIncident(1, { kind: 'late', ...resolved(60_000) })
  const notices = [sampleNotice(1, { timeMs: 7_200_000 })]
  await store.alerts.commit(changes({ incidents: [late], notices }))
  const mail = await composeAll(store, [1], sampleMail('<1@hub>', { kind: 'late' }))
  await store.outbox.recordAttempt(sampleAttempt(mail, { timeMs: 7_202_000 }))
  expect((await store.alerts.mailOf([1])).get(1)?.tookMs).toBe(2500)
})

it('tells the story of an incident and of its mails, in order', async () => {
  const { store } = await openSampleStore()
  const fired = { incidentId: 1, timeMs: 31_000, kind: 'fired' as const, who: null, text: null }
  const note = { incidentId: 1, timeMs: 80_000, kind: 'note' as const, who: 'Ada', text: 'frozen' }
  const notices = [sampleNotice(1), sampleNotice(1, { recipient: ADA })]
  await store.alerts.commit(
    changes({ incidents: [sampleIncident(1)], entries: [fired, note], notices }),
  )
  const mail = await composeAll(store, [1], sampleMail('<1@hub>'))
  await store.outbox.recordAttempt(sampleAttempt(mail, deferred))
  await store.outbox.recordAttempt(sampleAttempt(mail, { timeMs: 93_000 }))
  await store.alerts.commit(
    changes({ notices: [sampleNotice(1, { kind: 'resolved', recipient: ADA, timeMs: 99_000 })] }),
  )
  await store.notices.withhold(
    (await store.notices.waiting()).map(({ id }) => id),
    'silenced',
  )
  const ops = 'ops@example.org'
  expect(await store.alerts.entries(1)).toEqual([
    { timeMs: 31_000, kind: 'fired', who: null, text: null },
    { timeMs: 33_000, kind: 'mail-written', who: ops, text: 'web-1 is down' },
    { timeMs: 33_000, kind: 'mail-deferred', who: ops, text: '4.7.1 greylisted' },
    { timeMs: 80_000, kind: 'note', who: 'Ada', text: 'frozen' },
    { timeMs: 93_000, kind: 'mail-delivered', who: ops, text: '2.0.0 queued as 4Xk2f1' },
    { timeMs: 99_000, kind: 'mail-withheld', who: ADA, text: 'silenced' },
  ])
})
