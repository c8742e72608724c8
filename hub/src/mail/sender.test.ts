import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { TestRelay } from '../../test/mail-relay.ts'
import { relayTo, startSender, write } from '../../test/outbox.ts'
import { openSampleStore } from '../../test/sample-alerts.ts'
import { listeningLog, lockDatabase } from '../../test/test-hub.ts'
import { systemClock } from '../clock.ts'
import type { OutboxStore } from './ports.ts'
import { RETRY_SCHEDULE } from './retry-schedule.ts'

const DAY_MS = 86_400_000

async function waitingIds(outbox: OutboxStore): Promise<number[]> {
  return (await outbox.due(Number.MAX_SAFE_INTEGER, 100)).map(({ id }) => id)
}

describe('what is in the outbox', () => {
  it('M1: is tried at once, and each attempt is in the ledger', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start()
    const { sender, attempts, until } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
    })
    const id = await write(store.outbox, 'a')
    sender.wake()
    await until(({ length }) => length === 1)
    expect(server.taken).toMatchObject([{ to: ['ops@example.org'] }])
    expect(attempts).toMatchObject([
      {
        mailId: id,
        relay: 'primary',
        outcome: 'delivered',
        state: 'delivered',
        answer: '250 2.0.0 queued as 1',
        nextMs: null,
      },
    ])
    expect(await store.outbox.nextDueMs()).toBeNull()
  })

  it('is delivered when it was there before the hub started', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start()
    await write(store.outbox, 'a')
    startSender(store.outbox, { relays: [relayTo(server.url())] })
    await server.takes(1)
  })

  it('reaches each recipient in the order in which it was written, and nobody twice', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start()
    const recipients = ['a@example.org', 'b@example.org', 'c@example.org']
    for (let number = 1; number <= 12; number++) {
      for (const recipient of recipients) {
        await write(store.outbox, `${recipient[0]}${number}`, {
          recipient,
          subject: String(number),
        })
      }
    }
    const { until } = startSender(store.outbox, { relays: [relayTo(server.url())] })
    await until(({ length }) => length === 36)
    const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1))
    for (const recipient of recipients) {
      const subjects = server.taken
        .filter(({ to }) => to.includes(recipient))
        .map(({ parsed }) => parsed.subject)
      expect(subjects).toEqual(numbers)
    }
  })

  it('waits for nobody else: a relay that is silent to one takes the mail of another', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'silentAtRecipient' })
    const silence = once(server, 'silence')
    const { sender } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
      limits: { closeMs: 0 },
    })
    await write(store.outbox, 'a', { recipient: 'a@example.org' })
    sender.wake()
    await silence
    server.mood = 'accepting'
    await write(store.outbox, 'b', { recipient: 'b@example.org' })
    sender.wake()
    const [mail] = await server.takes(1)
    expect(mail?.to).toEqual(['b@example.org'])
  })
})

describe('M1: a mail that is not taken', () => {
  it('is tried again until it is, under the same Message-ID', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'busy' })
    const { until, attempts } = startSender(store.outbox, { relays: [relayTo(server.url())] })
    await write(store.outbox, 'a')
    await until(({ length }) => length >= 3)
    server.mood = 'accepting'
    const [mail] = await server.takes(1)
    expect(mail?.parsed.messageId).toBe('<a@hub.example>')
    await until((all) => all.at(-1)?.state === 'delivered')
    expect(attempts.slice(0, 3)).toMatchObject(
      Array.from({ length: 3 }, () => ({ outcome: 'deferred', code: 451, state: 'waiting' })),
    )
    expect(server.taken).toHaveLength(1)
  })

  it('does not wait for a clock that was set back to come to its time again', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'busy' })
    const time = { nowMs: Date.now() }
    const { sender, until } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
      limits: { schedule: RETRY_SCHEDULE },
      clock: { ...systemClock, nowMs: () => time.nowMs },
    })
    await write(store.outbox, 'a', { writtenMs: time.nowMs })
    sender.wake()
    await until(({ length }) => length === 1)
    server.mood = 'accepting'
    time.nowMs -= 3_600_000
    sender.wake()
    await server.takes(1)
  })

  it('waits 10 s, 30 s, 1, 2, 5, 15 and 30 minutes, then an hour, and a tenth by chance', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'busy' })
    const nowMs = Date.now()
    const clock = { ...systemClock, nowMs: () => nowMs }
    await write(store.outbox, 'a', { writtenMs: nowMs })
    const { sender, attempts, until } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
      limits: { schedule: RETRY_SCHEDULE },
      clock,
    })
    for (let tries = 1; tries <= 10; tries++) {
      await until(({ length }) => length === tries)
      await sender.hurry()
    }
    const waits = [10, 30, 60, 120, 300, 900, 1800, 3600, 3600, 3600]
    for (const [index, wait] of waits.entries()) {
      const waitedMs = (attempts[index]?.nextMs ?? 0) - nowMs
      expect(waitedMs).toBeGreaterThanOrEqual(wait * 1000)
      expect(waitedMs).toBeLessThanOrEqual(wait * 1100)
    }
  })

  it('is tried again before one that follows it, though that is new', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'greylisting' })
    const { sender, until } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
      limits: { schedule: RETRY_SCHEDULE },
    })
    await write(store.outbox, 'down')
    await until(({ length }) => length === 1)
    await write(store.outbox, 'up', { references: ['<down@hub.example>'] })
    sender.wake()
    const ids = (await server.takes(2)).map(({ parsed }) => parsed.messageId)
    expect(ids).toEqual(['<down@hub.example>', '<up@hub.example>'])
  })

  it('does not keep back one that follows it', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'busy' })
    const { sender, attempts, until } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
      limits: { schedule: RETRY_SCHEDULE },
    })
    const down = await write(store.outbox, 'down')
    await until(({ length }) => length === 1)
    const up = await write(store.outbox, 'up', { references: ['<down@hub.example>'] })
    sender.wake()
    await until(({ length }) => length === 3)
    expect(attempts.map(({ mailId }) => mailId)).toEqual([down, down, up])
  })

  it('expires after five days', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'busy' })
    const { attempts, until } = startSender(store.outbox, { relays: [relayTo(server.url())] })
    await write(store.outbox, 'a', { writtenMs: Date.now() - 5 * DAY_MS })
    await until(({ length }) => length === 1)
    expect(attempts).toMatchObject([{ outcome: 'deferred', state: 'expired', nextMs: null }])
    expect(await waitingIds(store.outbox)).toEqual([])
  })

  it('M2: is not tried again when the relay refuses it', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'refusingRecipient' })
    const { attempts, until } = startSender(store.outbox, { relays: [relayTo(server.url())] })
    await write(store.outbox, 'a')
    await until(({ length }) => length === 1)
    expect(attempts).toMatchObject([
      { outcome: 'refused', state: 'refused', code: 550, nextMs: null },
    ])
    expect(await waitingIds(store.outbox)).toEqual([])
  })

  it('leaves at once when its relay is back, with all that waits', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start()
    const url = server.url()
    await server.close()
    const { sender, until } = startSender(store.outbox, {
      relays: [relayTo(url)],
      limits: { schedule: RETRY_SCHEDULE },
    })
    for (const name of ['a', 'b', 'c']) await write(store.outbox, name)
    sender.wake()
    await until(({ length }) => length === 3)
    const back = await TestRelay.start({ port: Number(url.port) })
    await write(store.outbox, 'd')
    sender.wake()
    await back.takes(4)
  })

  it('says that no relay is set', async () => {
    const { store } = await openSampleStore()
    const { attempts, until } = startSender(store.outbox)
    await write(store.outbox, 'a')
    await until(({ length }) => length === 1)
    expect(attempts[0]?.answer).toBe('nothing is set up to send it: set VIGIE_SMTP_URL')
    expect(await waitingIds(store.outbox)).toHaveLength(1)
  })
})

describe('M3: with a fallback relay', () => {
  it.each(['silent', 'busy', 'refusingRecipient', 'droppingBeforeData'] as const)(
    'a mail goes there at once when the first one is %s',
    async (mood) => {
      const { store } = await openSampleStore()
      const first = await TestRelay.start({ mood })
      const second = await TestRelay.start()
      const patience = { connectMs: 300, sendMs: 20_000, answerMs: 20_000 }
      const { attempts, until } = startSender(store.outbox, {
        relays: [relayTo(first.url(), { patience }), relayTo(second.url(), { name: 'fallback' })],
        limits: { schedule: RETRY_SCHEDULE },
      })
      await write(store.outbox, 'a')
      await until(({ length }) => length === 2)
      expect(attempts).toMatchObject([
        { relay: 'primary', state: 'waiting' },
        { relay: 'fallback', outcome: 'delivered', state: 'delivered' },
      ])
      expect(second.taken).toHaveLength(1)
    },
  )

  it('a mail is refused when both refuse it, and waits while one may yet take it', async () => {
    const { store } = await openSampleStore()
    const first = await TestRelay.start({ mood: 'busy' })
    const second = await TestRelay.start({ mood: 'refusingSender' })
    const { attempts, until } = startSender(store.outbox, {
      relays: [relayTo(first.url()), relayTo(second.url(), { name: 'fallback' })],
    })
    await write(store.outbox, 'a')
    await until(({ length }) => length >= 4)
    expect(attempts[1]).toMatchObject({ relay: 'fallback', outcome: 'refused', state: 'waiting' })
    first.mood = 'refusingRecipient'
    await until((all) => all.at(-1)?.state === 'refused')
  })
})

describe('M4: once', () => {
  it('a mail whose connection ended after DATA is sent again, under the same Message-ID', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'droppingAfterData' })
    const { attempts, until } = startSender(store.outbox, { relays: [relayTo(server.url())] })
    await write(store.outbox, 'a')
    await until(({ length }) => length === 1)
    server.mood = 'accepting'
    await until((all) => all.at(-1)?.state === 'delivered')
    expect(attempts[0]?.answer).toMatch(/may have arrived$/)
    const ids = server.arrived.map(({ parsed }) => parsed.messageId)
    expect(new Set(ids)).toEqual(new Set(['<a@hub.example>']))
    expect(server.taken).toHaveLength(1)
  })

  it('a mail that a relay took while the database takes nothing is not sent again', async () => {
    const { store, dataDir } = await openSampleStore({ busyTimeoutMs: 10 })
    const server = await TestRelay.start()
    const { log, says } = listeningLog()
    await write(store.outbox, 'a')
    const lock = lockDatabase(dataDir)
    const { sender, until } = startSender(store.outbox, { relays: [relayTo(server.url())], log })
    await says('an attempt cannot be written')
    lock.release()
    await write(store.outbox, 'b')
    sender.wake()
    await until(({ length }) => length === 2)
    const ids = server.arrived.map(({ parsed }) => parsed.messageId)
    expect(ids).toEqual(['<a@hub.example>', '<b@hub.example>'])
  })

  it('a hub that ends before it could write that sends again when it starts', async () => {
    const { store, dataDir } = await openSampleStore({ busyTimeoutMs: 10 })
    const server = await TestRelay.start()
    const { log, says } = listeningLog()
    await write(store.outbox, 'a')
    const lock = lockDatabase(dataDir)
    const { sender } = startSender(store.outbox, { relays: [relayTo(server.url())], log })
    await says('an attempt cannot be written')
    await sender.close()
    lock.release()
    const next = startSender(store.outbox, { relays: [relayTo(server.url())] })
    await next.until(({ length }) => length === 1)
    const [first, second] = server.taken
    expect(first?.raw.equals(second?.raw ?? Buffer.alloc(0))).toBe(true)
    expect(server.taken).toHaveLength(2)
  })

  it('a sender that stops gives up what a relay does not answer, and leaves it due', async () => {
    const { store } = await openSampleStore()
    const server = await TestRelay.start({ mood: 'silentAtRecipient' })
    const silence = once(server, 'silence')
    await write(store.outbox, 'a')
    const { sender } = startSender(store.outbox, {
      relays: [relayTo(server.url())],
      limits: { closeMs: 0 },
    })
    await silence
    await Promise.all([sender.close(), sender.close()])
    expect(await waitingIds(store.outbox)).toHaveLength(1)
  })
})

it('a mail that is due much too late, as a wrong clock has it, is tried now', async () => {
  const { store } = await openSampleStore()
  const server = await TestRelay.start()
  await write(store.outbox, 'a', { writtenMs: Date.now() + 30 * DAY_MS })
  startSender(store.outbox, { relays: [relayTo(server.url())] })
  await server.takes(1)
})
