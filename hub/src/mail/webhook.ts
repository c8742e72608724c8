// Owns the webhook: a mail's words as JSON, posted and signed as Standard Webhooks says.
import { createHmac } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { asAnswer, type Channel, type DeliveryOutcome } from './delivery.ts'
import { answerOf, basicAuthorization, withoutCredentials, wordsOfFault } from './http-call.ts'
import type { OutboxMail } from './ports.ts'

export interface WebhookOptions {
  readonly url: URL
  readonly secret: string | undefined
  readonly clock: Clock
  readonly timeoutMs?: number
}

// Said by a server that may think otherwise later.
const PASSING_CODES: readonly number[] = [408, 425, 429]

export function createWebhook({ url, secret, clock, timeoutMs = 20_000 }: WebhookOptions): Channel {
  const closing = new AbortController()
  const authorization = basicAuthorization(url)
  const key = secret === undefined ? undefined : keyOf(secret)

  const deliver = async ({ messageId, text }: OutboxMail): Promise<DeliveryOutcome> => {
    const id = messageId.replace(/^<|>$/g, '')
    const timestamp = String(Math.floor(clock.nowMs() / 1000))
    try {
      const response = await fetch(withoutCredentials(url), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Vigie',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          ...(key && { 'webhook-signature': sign(key, `${id}.${timestamp}.${text}`) }),
          ...(authorization && { authorization }),
        },
        body: text,
        // What is signed for one address is not for another.
        redirect: 'manual',
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]),
      })
      return outcomeOf(response, await answerOf(response), clock)
    } catch (error) {
      const answer = asAnswer(wordsOfFault(error))
      return { outcome: 'deferred', code: null, answer, isChannelFault: true }
    }
  }

  return { name: 'webhook', deliver, close: () => closing.abort() }
}

function outcomeOf(response: Response, answer: string, clock: Clock): DeliveryOutcome {
  const { status: code } = response
  if (response.ok) return { outcome: 'delivered', code, answer }
  if (code >= 400 && code < 500 && !PASSING_CODES.includes(code)) {
    return { outcome: 'refused', code, answer }
  }
  const retryAfterMs = delayOf(response.headers.get('retry-after'), clock)
  return {
    outcome: 'deferred',
    code,
    answer,
    isChannelFault: true,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function delayOf(written: string | null, clock: Clock): number | undefined {
  if (written === null) return undefined
  if (/^\d{1,9}$/.test(written)) return Number(written) * 1000
  const untilMs = Date.parse(written) - clock.nowMs()
  return untilMs > 0 ? untilMs : undefined
}

/** `whsec_` and base64, as services hand them out, or the bytes of any other text. */
function keyOf(secret: string): Buffer {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret) ?? []
  return encoded === undefined ? Buffer.from(secret) : Buffer.from(encoded, 'base64')
}

function sign(key: Buffer, content: string): string {
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
}
