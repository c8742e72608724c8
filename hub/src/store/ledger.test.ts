// The ledger as people read it, on a real database file.
import { expect, it } from 'vitest'
import {
  changes,
  composeAll,
  deferred,
  openSampleStore,
  refused,
  sampleAttempt,
  sampleIncident,
  sampleMail,
  sampleNotice,
} from '../../test/sample-alerts.ts'

it('lists mails in pages, newest first, with the last attempt and what they tell', async () => {
  const { store } = await openSampleStore()
  const incidents = [sampleIncident(1), sampleIncident(2)]
  const notices = [1, 2, 1].map((id, index) => {
    return sampleNotice(id, { kind: index === 2 ? 'resolved' : 'opened' })
  })
  await store.alerts.commit(changes({ incidents, notices }))
  const first = await composeAll(store, [1, 2], sampleMail('<1@hub>', { kind: 'group' }))
  await store.outbox.write(sampleMail('<2@hub>', { kind: 'weekly' }))
  await store.outbox.recordAttempt(sampleAttempt(first, deferred))
  await store.outbox.recordAttempt(sampleAttempt(first, { timeMs: 93_000, relay: 'fallback' }))
  const [weekly, group] = await store.ledger.page({ limit: 10 })
  expect(weekly).toMatchObject({ kind: 'weekly', state: 'waiting', attempts: 0, last: null })
  expect(group).toEqual({
    id: first,
    messageId: '<1@hub>',
    channel: 'mail',
    kind: 'group',
    recipient: 'ops@example.org',
    subject: 'web-1 is down',
    writtenMs: 33_000,
    state: 'delivered',
    deliveredMs: 93_500,
    nextMs: null,
    attempts: 2,
    last: {
      timeMs: 93_000,
      relay: 'fallback',
      outcome: 'delivered',
      code: 250,
      answer: '2.0.0 queued as 4Xk2f1',
      tookMs: 500,
    },
    incidentIds: [1, 2],
  })
  expect(await store.ledger.page({ limit: 1 })).toEqual([weekly])
  expect(await store.ledger.page({ limit: 9, beforeId: weekly?.id ?? 0 })).toEqual([group])
  expect(await store.ledger.page({ limit: 9, state: 'waiting' })).toEqual([weekly])
  expect(await store.ledger.page({ limit: 9, state: 'refused' })).toEqual([])
})

it('tells of one mail every attempt, its text, its HTML and its pictures', async () => {
  const { store } = await openSampleStore()
  const images = [{ name: 'chart', png: Uint8Array.of(137, 80) }]
  const mail = sampleMail('<1@hub>', { images })
  const { id } = (await store.outbox.write(mail)) || { id: 0 }
  await store.outbox.recordAttempt(sampleAttempt(id, deferred))
  await store.outbox.recordAttempt(sampleAttempt(id, { ...refused, timeMs: 93_000 }))
  const detail = await store.ledger.get(id)
  expect(detail).toMatchObject({ text: mail.text, state: 'refused', incidentIds: [] })
  expect(detail?.tries.map(({ code }) => code)).toEqual([451, 550])
  expect(detail?.last).toEqual(detail?.tries[1])
  expect(await store.ledger.html(id)).toBe(mail.html)
  expect(await store.ledger.images(id)).toEqual(images)
  expect(await store.ledger.get(id + 1)).toBeUndefined()
  expect(await store.ledger.html(id + 1)).toBeNull()
  expect(await store.ledger.images(id + 1)).toEqual([])
})

it('counts all that waits, and how the mails of the last days ended', async () => {
  const { store } = await openSampleStore()
  const ends = [{}, deferred, refused, { ...refused, state: 'expired' as const }, {}, refused]
  for (const [index, end] of ends.entries()) {
    const isOld = index >= 4
    const mail = sampleMail(`<${index}@hub>`, { writtenMs: isOld ? 1000 : 33_000 })
    const { id } = (await store.outbox.write(mail)) || { id: 0 }
    await store.outbox.recordAttempt(sampleAttempt(id, end))
  }
  await store.outbox.write(sampleMail('<old@hub>', { writtenMs: 1000 }))
  expect(await store.ledger.counts(33_000)).toEqual({ waiting: 2, failed: 2, delivered: 1 })
})
