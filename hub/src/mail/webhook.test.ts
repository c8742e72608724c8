import { createHmac } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { outboxCall, startSender, write } from '../../test/outbox.ts'
import { openSampleStore } from '../../test/sample-alerts.ts'
import { startWebListener, type Manner } from '../../test/web-listener.ts'
import { systemClock } from '../clock.ts'
import { createWebhook, type WebhookOptions } from './webhook.ts'

const NOW_MS = Date.UTC(2026, 10, 28, 12, 0, 5)
const clock = { ...systemClock, nowMs: () => NOW_MS }
const hook = outboxCall('{"kind":"opened","title":"db-1 est arrêté"}')

function webhookTo(url: URL, options: Partial<WebhookOptions> = {}) {
  const webhook = createWebhook({ url, secret: undefined, clock, ...options })
  onTestFinished(() => webhook.close())
  return webhook
}

async function outcomeOf(manner: Manner, options: Partial<WebhookOptions> = {}) {
  const listener = await startWebListener(manner)
  return { listener, outcome: await webhookTo(listener.url, options).deliver(hook) }
}

describe('a webhook', () => {
  it('is posted as it was written, under its name and the time', async () => {
    const { listener, outcome } = await outcomeOf({ status: 202, body: 'thanks' })
    expect(outcome).toEqual({ outcome: 'delivered', code: 202, answer: '202 thanks' })
    expect(listener.calls).toMatchObject([
      {
        method: 'POST',
        path: '/hook/s3cret',
        body: hook.text,
        headers: {
          'content-type': 'application/json',
          'webhook-id': '7c1f@hub.example',
          'webhook-timestamp': String(NOW_MS / 1000),
        },
      },
    ])
    expect(listener.calls[0]?.headers).not.toHaveProperty('webhook-signature')
  })

  it.each([
    [
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'),
    ],
    ['sixteen letters!', Buffer.from('sixteen letters!')],
  ])('is signed with %s as Standard Webhooks has it', async (secret, key) => {
    const { listener } = await outcomeOf({ status: 204 }, { secret })
    const signed = `7c1f@hub.example.${NOW_MS / 1000}.${hook.text}`
    const signature = createHmac('sha256', key).update(signed).digest('base64')
    expect(listener.calls[0]?.headers['webhook-signature']).toBe(`v1,${signature}`)
  })

  it('gives the name and the password of its address in a header', async () => {
    const listener = await startWebListener()
    const url = new URL(listener.url)
    url.username = 'ops'
    url.password = 'p%40ss'
    await webhookTo(url).deliver(hook)
    expect(listener.calls[0]?.headers.authorization).toBe(`Basic ${btoa('ops:p@ss')}`)
  })

  it.each([400, 401, 404, 410, 422])('M2: is refused with %d', async (status) => {
    const { outcome } = await outcomeOf({ status, body: 'no' })
    expect(outcome).toEqual({ outcome: 'refused', code: status, answer: `${status} no` })
  })

  it.each([408, 425, 429, 500, 503, 302])('is tried again after %d', async (status) => {
    const { outcome, listener } = await outcomeOf({ status, headers: { location: '/elsewhere' } })
    expect(outcome).toMatchObject({ outcome: 'deferred', code: status })
    expect(listener.calls).toHaveLength(1)
  })

  it.each([
    ['120', 120_000],
    [new Date(NOW_MS + 90_000).toUTCString(), 90_000],
    ['soon', undefined],
    [new Date(NOW_MS - 90_000).toUTCString(), undefined],
  ])('comes back when it is asked to: Retry-After %s', async (written, retryAfterMs) => {
    const { outcome } = await outcomeOf({ status: 503, headers: { 'retry-after': written } })
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(retryAfterMs)
  })

  it('has one line of 200 letters of a long answer', async () => {
    const { outcome } = await outcomeOf({ status: 500, body: 'so\r\n<b>long</b>\0'.repeat(10_000) })
    expect(outcome.answer).toMatch(/^500 so <b>long/)
    expect(outcome.answer).toHaveLength('500 '.length + 200)
  })

  it.each([
    ['silent', 'no answer in time'],
    ['dropping', 'other side closed'],
  ] as const)(
    'is tried again when the other side is %s, and the address stays unsaid',
    async (manner, answer) => {
      const { outcome } = await outcomeOf(manner, { timeoutMs: 200 })
      expect(outcome).toEqual({ outcome: 'deferred', code: null, answer, isChannelFault: true })
    },
  )

  it('is tried again when nobody listens', async () => {
    const outcome = await webhookTo(new URL('http://127.0.0.1:1/hook/s3cret')).deliver(hook)
    expect(outcome).toMatchObject({ outcome: 'deferred', code: null })
    expect(outcome.answer).not.toContain('s3cret')
  })

  it('goes through the outbox like a mail', async () => {
    const { store } = await openSampleStore()
    const listener = await startWebListener({ status: 500 })
    const { attempts, until } = startSender(store.outbox, { webhook: webhookTo(listener.url) })
    await write(store.outbox, 'a', { channel: 'webhook', html: null, recipient: 'hooks.example' })
    await until(({ length }) => length >= 2)
    listener.manner = { status: 204 }
    await until((all) => all.at(-1)?.state === 'delivered')
    expect(attempts.every(({ relay }) => relay === 'webhook')).toBe(true)
    expect(new Set(listener.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  })
})
