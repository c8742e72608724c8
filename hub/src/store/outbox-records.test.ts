// The outbox on a real database file: what waits, how attempts end, and what people are told of trouble.
import { expect, it } from 'vitest'
import {
  deferred,
  openSampleStore,
  refused,
  sampleAttempt,
  sampleMail,
} from '../../test/sample-alerts.ts'

const MINUTE_MS = 60_000

async function outbox(mails = 0) {
  const { store } = await openSampleStore()
  const ids: number[] = []
  for (let number = 1; number <= mails; number++) {
    const written = await store.outbox.write(sampleMail(`<${number}@hub>`))
    if (written) ids.push(written.id)
  }
  return { ...store, ids }
}

it('a mail is due as it is written, whole, with its pictures', async () => {
  const { outbox: box } = await outbox()
  const images = [
    { name: 'chart', png: Uint8Array.of(137, 80, 78, 71) },
    { name: 'chart-dark', png: Uint8Array.of(1, 2, 3) },
  ]
  const mail = sampleMail('<1@hub>', { images, references: ['<0@hub>'] })
  const webhook = sampleMail('<2@hub>', { channel: 'webhook', recipient: 'webhook', html: null })
  const first = await box.write(mail)
  const second = await box.write(webhook)
  expect(await box.due(32_999, 10)).toEqual([])
  const [due, other] = await box.due(33_000, 10)
  expect(due).toEqual({ ...mail, ...first, attempts: 0, nextMs: 33_000 })
  expect(other).toEqual({ ...webhook, ...second, attempts: 0, nextMs: 33_000 })
  expect(await box.due(33_000, 1)).toHaveLength(1)
})

it('M4: a Message-ID is written once', async () => {
  const { outbox: box } = await outbox()
  expect(await box.write(sampleMail('<1@hub>'))).toMatchObject({})
  const image = { name: 'chart', png: Uint8Array.of(1) }
  expect(await box.write(sampleMail('<1@hub>', { subject: 'x', images: [image] }))).toBe(false)
  const due = await box.due(9e15, 10)
  expect(due.map(({ subject, images }) => [subject, images])).toEqual([['web-1 is down', []]])
})

it('M1: each attempt sets when the next one is due, until there is none', async () => {
  const { outbox: box, ids, ledger } = await outbox(3)
  const [first = 0, second = 0, third = 0] = ids
  expect(await box.nextDueMs()).toBe(33_000)
  await box.recordAttempt(sampleAttempt(first, deferred))
  await box.recordAttempt(sampleAttempt(second, { ...deferred, nextMs: 63_000 }))
  await box.recordAttempt(sampleAttempt(third, refused))
  expect(await box.nextDueMs()).toBe(63_000)
  const due = await box.due(93_000, 10)
  expect(due.map(({ id, attempts }) => [id, attempts])).toEqual([
    [first, 1],
    [second, 1],
  ])
  expect(await box.due(93_000, 10, ['ops@example.org'])).toEqual([])
  expect(await box.nextDueMs(['ops@example.org'])).toBeNull()
  await box.recordAttempt(sampleAttempt(first, { timeMs: 93_000 }))
  await box.recordAttempt(sampleAttempt(second, { ...deferred, state: 'expired', nextMs: null }))
  expect(await box.nextDueMs()).toBeNull()
  expect(await box.due(9e15, 10)).toEqual([])
  const states = (await ledger.page({ limit: 10 })).map(({ state, deliveredMs }) => {
    return [state, deliveredMs]
  })
  expect(states).toEqual([
    ['refused', null],
    ['expired', null],
    ['delivered', 93_500],
  ])
})

it('an attempt and the state after it are written together, or not at all', async () => {
  const { outbox: box, ids, ledger } = await outbox(1)
  const [id = 0] = ids
  const state = null as never
  await expect(box.recordAttempt(sampleAttempt(id, { state }))).rejects.toThrow(/NOT NULL/)
  expect(await ledger.get(id)).toMatchObject({ state: 'waiting', attempts: 0, tries: [] })
})

it('everything that waits can be made due, and nothing else', async () => {
  const { outbox: box, ids } = await outbox(3)
  const [first = 0, second = 0, third = 0] = ids
  await box.recordAttempt(sampleAttempt(first, deferred))
  await box.recordAttempt(sampleAttempt(second))
  await box.hurry(40_000)
  const due = await box.due(40_000, 10)
  expect(due.map(({ id, nextMs }) => [id, nextMs])).toEqual([
    [first, 40_000],
    [third, 33_000],
  ])
})

it('those that are named are made due if they wait for later', async () => {
  const { outbox: box, ids } = await outbox(3)
  const [first = 0, second = 0] = ids
  const [one, two, three] = (await box.due(9e15, 10)).map(({ messageId }) => messageId)
  await box.recordAttempt(sampleAttempt(first, deferred))
  await box.recordAttempt(sampleAttempt(second))
  expect(await box.hurryThese([one ?? '', two ?? '', three ?? '', '<no@hub>'], 40_000)).toBe(1)
  expect(await box.nextDueMs()).toBe(33_000)
  expect((await box.due(40_000, 10)).map(({ id }) => id)).toEqual([first, ids[2]])
})

it('M5: trouble is what waits for a minute after its first failed attempt, and what failed lately', async () => {
  const { outbox: box, ids } = await outbox(5)
  const [waiting = 0, untried = 0, delivered = 0, gone = 0, old = 0] = ids
  expect(untried).toBeGreaterThan(0)
  const at = (nowMs: number) =>
    box.trouble({ waitingSinceMs: nowMs - MINUTE_MS, failedSinceMs: nowMs - 60 * MINUTE_MS })
  expect(await at(9e12)).toEqual({ waiting: 0, failed: 0, answer: null })
  await box.recordAttempt(sampleAttempt(old, { ...refused, timeMs: 34_000, answer: 'old' }))
  await box.recordAttempt(sampleAttempt(waiting, { ...deferred, timeMs: 7_200_000 }))
  await box.recordAttempt(sampleAttempt(delivered, { ...deferred, timeMs: 7_200_000 }))
  expect(await at(7_200_000 + MINUTE_MS - 1)).toEqual({ waiting: 0, failed: 0, answer: null })
  await box.recordAttempt(
    sampleAttempt(waiting, { ...deferred, timeMs: 7_230_000, answer: 'not yet' }),
  )
  await box.recordAttempt(sampleAttempt(delivered, { timeMs: 7_240_000 }))
  expect(await at(7_260_000)).toEqual({ waiting: 1, failed: 0, answer: 'not yet' })
  await box.recordAttempt(sampleAttempt(gone, { ...refused, timeMs: 7_250_000 }))
  expect(await at(7_260_000)).toEqual({ waiting: 1, failed: 1, answer: '5.1.1 no such user' })
  await box.recordAttempt(sampleAttempt(waiting, { timeMs: 7_270_000 }))
  expect(await at(7_280_000)).toMatchObject({ waiting: 0, failed: 1 })
  expect(await at(7_250_000 + 60 * MINUTE_MS + 1)).toEqual({ waiting: 0, failed: 0, answer: null })
})
