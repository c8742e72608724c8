// Owns the way to a mail relay: nodemailer's pool of connections, how long it is waited for, and what its answers mean.
import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import type { SmtpTls } from '../mail-settings.ts'
import { asAnswer, type Channel, type DeliveryOutcome } from './delivery.ts'
import type { OutboxMail } from './ports.ts'
import { outcomeOfError, type RelayError } from './relay-answer.ts'
import { relayMessage } from './relay-message.ts'
import { relaySecurity, trustedAuthorities } from './relay-security.ts'

export interface RelayPatience {
  /** For a connection, its greeting and its TLS. */
  readonly connectMs: number
  /** From the beginning until the last byte is sent. */
  readonly sendMs: number
  /** From there to the answer: to give up sooner would send twice (RFC 5321, section 4.5.3.2.6). */
  readonly answerMs: number
}

const RELAY_PATIENCE: RelayPatience = {
  connectMs: 30_000,
  sendMs: 60_000,
  answerMs: 600_000,
}

export interface RelayOptions {
  readonly name: 'primary' | 'fallback'
  readonly url: URL
  readonly tls: SmtpTls | undefined
  /** PEM of an authority of one's own. */
  readonly authority: string | undefined
  readonly from: string
  readonly maxConnections: number
  readonly patience?: RelayPatience
}

export function createRelay(options: RelayOptions): Channel {
  const { name, from, patience = RELAY_PATIENCE } = options
  const transport = createTransport({ pool: true, ...connectionOptions(options, patience) })
  const attempts = new Map<string, Attempt>()
  transport.use('stream', ({ data, message }, done) => {
    // The last of the functions has the stream that goes to the socket, and is asked anew for each connection.
    message.processFunc((body) => {
      attempts.get(String(data.messageId))?.watch(body)
      return body
    })
    done()
  })

  const deliver = async (mail: OutboxMail): Promise<DeliveryOutcome> => {
    const message = relayMessage(mail, from)
    if (!message) {
      return { outcome: 'refused', code: null, answer: 'its recipient is no e-mail address' }
    }
    const attempt = createAttempt(patience)
    attempts.set(mail.messageId, attempt)
    try {
      const { response } = await transport.sendMail({ ...message, signal: attempt.signal })
      return { outcome: 'delivered', code: codeOf(response), answer: asAnswer(response) }
    } catch (error) {
      return outcomeOfError(error as RelayError, attempt.progress())
    } finally {
      attempts.delete(mail.messageId)
      attempt.close()
    }
  }

  return { name, deliver, close: () => transport.close({ force: true }) }
}

type Attempt = ReturnType<typeof createAttempt>

/** How far one attempt has come, and the end of the patience with it. */
function createAttempt({ sendMs, answerMs }: RelayPatience) {
  const controller = new AbortController()
  const giveUpIn = (timeMs: number) => setTimeout(() => controller.abort(), timeMs)
  let timer = giveUpIn(sendMs)
  let latest: Readable | undefined
  let isOver = false
  return {
    signal: controller.signal,
    watch(body: Readable): void {
      latest = body
      body.once('end', () => {
        clearTimeout(timer)
        if (!isOver) timer = giveUpIn(answerMs)
      })
    },
    progress: () => (latest?.readableEnded ? ('sent' as const) : ('talking' as const)),
    close(): void {
      isOver = true
      clearTimeout(timer)
    },
  }
}

function connectionOptions(options: RelayOptions, patience: RelayPatience) {
  const { url, tls, authority, maxConnections } = options
  const { username, password } = url
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const ca = trustedAuthorities(authority)
  const user = decodeURIComponent(username)
  return {
    host,
    ...(url.port !== '' && { port: Number(url.port) }),
    ...relaySecurity(url, tls),
    ...(user !== '' && { auth: { user, pass: decodeURIComponent(password) } }),
    tls: {
      rejectUnauthorized: true,
      ...(ca && { ca }),
      ...(isIP(host) === 0 && { servername: host }),
    },
    maxConnections,
    // Only what was never begun is begun again on another connection.
    maxRequeues: 1,
    connectionTimeout: patience.connectMs,
    greetingTimeout: patience.connectMs,
    dnsTimeout: patience.connectMs,
    // Each attempt has its own end, before this one.
    socketTimeout: patience.sendMs + patience.answerMs,
  }
}

function codeOf(response: string): number | null {
  const code = Number(response.slice(0, 3))
  return code >= 200 && code < 600 ? code : null
}
