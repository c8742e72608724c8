import { EventEmitter, once } from 'node:events'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { write } from '../../test/outbox.ts'
import { deferred, openSampleStore, refused, sampleAttempt } from '../../test/sample-alerts.ts'
import { systemClock } from '../clock.ts'
import { watchMail } from './mail-problems.ts'
import type { OutboxStore } from './ports.ts'

const START_MS = Date.UTC(2026, 10, 28)

/** A watch that looks when it is told to, and what it says then: a sentence, or null when all is well. */
async function watchOf(outbox: OutboxStore) {
  const told = new EventEmitter()
  const first = once(told, 'word')
  let nowMs = START_MS
  const watch = watchMail({
    outbox,
    problems: {
      raise: (kind, detail) => void told.emit('word', `${kind}: ${detail}`),
      clear: () => void told.emit('word', null),
    },
    clock: { ...systemClock, nowMs: () => nowMs },
    log: pino({ level: 'silent' }),
  })
  onTestFinished(() => watch.close())
  await first
  return async (timeMs: number): Promise<unknown> => {
    nowMs = timeMs
    const word = once(told, 'word')
    watch.look()
    return (await word)[0] as unknown
  }
}

it('M5: mail that waits for more than a minute is a problem until it is delivered', async () => {
  const { store } = await openSampleStore()
  const wordAt = await watchOf(store.outbox)
  const id = await write(store.outbox, 'a', { writtenMs: START_MS })
  expect(await wordAt(START_MS + 600_000)).toBeNull()
  const nextMs = START_MS + 700_000
  await store.outbox.recordAttempt(
    sampleAttempt(id, { ...deferred, timeMs: START_MS + 600_000, nextMs }),
  )
  expect(await wordAt(START_MS + 659_000)).toBeNull()
  expect(await wordAt(START_MS + 661_000)).toBe(
    'mail-failing: 1 mail is not delivered yet and tried again; the last answer: 4.7.1 greylisted',
  )
  await store.outbox.recordAttempt(sampleAttempt(id, { timeMs: START_MS + 700_000 }))
  expect(await wordAt(START_MS + 701_000)).toBeNull()
})

it('M5: a refusal is a problem for an hour', async () => {
  const { store } = await openSampleStore()
  const wordAt = await watchOf(store.outbox)
  const id = await write(store.outbox, 'a', { writtenMs: START_MS })
  await store.outbox.recordAttempt(
    sampleAttempt(id, { ...refused, timeMs: START_MS, nextMs: null }),
  )
  expect(await wordAt(START_MS + 1000)).toBe(
    'mail-failing: 1 mail is given up within the last hour; the last answer: 5.1.1 no such user',
  )
  expect(await wordAt(START_MS + 3_601_000)).toBeNull()
})
