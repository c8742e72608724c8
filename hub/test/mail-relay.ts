// A mail relay for tests: a real SMTP server on loopback that does to mails what relays do, read back as people get them.
import { EventEmitter, once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { onTestFinished } from 'vitest'

/** What every mail of the hub has, and no other; by name. */
export const MAIL_HEADERS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
]

/**
 * `refusing…`: 550 to the sender, the recipient or the content. `greylisting`: 451 to each recipient's first try.
 * `busy`: 451. `silent`: never greets. `silentAt…` and `silentAfterData`: no answer to that; `silentInData`: reads
 * nothing of the content. `dropping…`: the connection ends at the recipient, or when the whole mail is there.
 */
export type Mood =
  | 'accepting'
  | 'refusingSender'
  | 'refusingRecipient'
  | 'refusingContent'
  | 'greylisting'
  | 'busy'
  | 'silent'
  | 'silentAtSender'
  | 'silentAtRecipient'
  | 'silentInData'
  | 'silentAfterData'
  | 'droppingAtOnce'
  | 'droppingBeforeData'
  | 'droppingAfterData'

export interface ArrivedMail {
  readonly raw: Buffer
  readonly parsed: ParsedMail
  readonly from: string
  readonly to: readonly string[]
  readonly isOverTls: boolean
  /** Whether the relay said so. */
  readonly isTaken: boolean
}

export interface TestRelayOptions {
  readonly mood?: Mood
  readonly security?: 'none' | 'starttls' | 'tls'
  readonly login?: { readonly user: string; readonly password: string }
  readonly port?: number
}

const fixture = (name: string): string =>
  readFileSync(new URL(`fixtures/relay/${name}`, import.meta.url), 'utf8')

/** The authority that signed the relay's certificate, which names `localhost` only. */
export const RELAY_AUTHORITY = fixture('authority.pem')

/**
 * Emits `session` for each connection, `silence` where it stops to answer, `answering` before the answer to a mail whose
 * content has come whole, and `arrived` after it, taken or not.
 */
export class TestRelay extends EventEmitter {
  mood: Mood
  /** At the recipient, instead of `mood`; by address. */
  readonly moodsFor = new Map<string, Mood>()
  readonly arrived: ArrivedMail[] = []
  sessions = 0
  readonly #known = new Set<string>()
  readonly #server: SMTPServer
  readonly #options: TestRelayOptions

  private constructor(options: TestRelayOptions) {
    super()
    this.mood = options.mood ?? 'accepting'
    this.#options = options
    this.#server = this.#createServer()
  }

  /** Until the test ends. */
  static async start(options: TestRelayOptions = {}): Promise<TestRelay> {
    const relay = new TestRelay(options)
    relay.#server.listen(options.port ?? 0, '127.0.0.1')
    await once(relay.#server.server, 'listening')
    onTestFinished(() => relay.close())
    return relay
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port
  }

  /** As people write it in VIGIE_SMTP_URL. */
  url(host = '127.0.0.1'): URL {
    const { security, login } = this.#options
    const who = login ? `${login.user}:${encodeURIComponent(login.password)}@` : ''
    return new URL(`${security === 'tls' ? 'smtps' : 'smtp'}://${who}${host}:${this.port}`)
  }

  get taken(): ArrivedMail[] {
    return this.arrived.filter(({ isTaken }) => isTaken)
  }

  /** Resolves when that many mails have been taken. */
  async takes(count: number): Promise<ArrivedMail[]> {
    while (this.taken.length < count) await once(this, 'arrived')
    return this.taken
  }

  /** Ends all connections; new ones are taken. */
  hangUp(): void {
    for (const { id } of this.#server.connections) this.#drop(id)
  }

  async close(): Promise<void> {
    this.hangUp()
    if (this.#server.server.listening) {
      await new Promise<void>((resolve) => this.#server.close(() => resolve()))
    }
  }

  #createServer(): SMTPServer {
    const { security = 'none', login } = this.#options
    const server = new SMTPServer({
      secure: security === 'tls',
      hideSTARTTLS: security === 'none',
      disabledCommands: [...(security === 'none' ? ['STARTTLS'] : []), ...(login ? [] : ['AUTH'])],
      ...(security !== 'none' && {
        key: fixture('localhost.key.pem'),
        cert: fixture('localhost.pem'),
      }),
      authOptional: login === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      onAuth: ({ username, password }, _, callback) => {
        if (username === login?.user && password === login?.password)
          callback(null, { user: username })
        else callback(reply(535, '5.7.8 wrong name or password'))
      },
      onConnect: ({ id }, callback) => {
        this.sessions += 1
        this.emit('session')
        if (this.mood === 'droppingAtOnce') this.#drop(id)
        else if (this.mood !== 'silent') callback()
      },
      onMailFrom: (_, __, callback) => {
        if (this.mood === 'silentAtSender') this.emit('silence')
        else callback(this.mood === 'refusingSender' ? reply(550, '5.7.1 not you') : null)
      },
      onRcptTo: ({ address }, session, callback) => this.#atRecipient(address, session, callback),
      onData: (stream, session, callback) => void this.#atData(stream, session, callback),
    })
    // A client that goes away is what is tested.
    server.on('error', () => undefined)
    return server
  }

  #atRecipient(
    address: string,
    { id }: SMTPServerSession,
    callback: (error?: Error) => void,
  ): void {
    const isKnown = this.#known.has(address)
    this.#known.add(address)
    const mood = this.moodsFor.get(address) ?? this.mood
    if (mood === 'droppingBeforeData') this.#drop(id)
    else if (mood === 'silentAtRecipient') this.emit('silence')
    else if (mood === 'refusingRecipient') callback(reply(550, '5.1.1 no such user here'))
    else if (mood === 'busy' || (mood === 'greylisting' && !isKnown)) {
      callback(reply(451, '4.7.1 greylisted, come again'))
    } else callback()
  }

  async #atData(
    stream: SMTPServerDataStream,
    { id, envelope, secure }: SMTPServerSession,
    callback: (error: Error | null, words?: string) => void,
  ): Promise<void> {
    if (this.mood === 'silentInData') {
      this.emit('silence')
      return
    }
    let raw
    try {
      raw = await buffer(stream)
    } catch {
      // Who sent it went away in the middle: nothing has arrived.
      return
    }
    const parsed = await simpleParser(raw)
    const isTaken = ['accepting', 'greylisting'].includes(this.mood)
    this.arrived.push({
      raw,
      parsed,
      from: envelope.mailFrom ? envelope.mailFrom.address : '',
      to: envelope.rcptTo.map(({ address }) => address),
      isOverTls: secure,
      isTaken,
    })
    this.emit('answering')
    if (isTaken) callback(null, `2.0.0 queued as ${this.arrived.length}`)
    else if (this.mood === 'refusingContent') callback(reply(554, '5.6.0 not that'))
    else if (this.mood === 'droppingAfterData') this.#drop(id)
    this.emit('arrived')
  }

  #drop(id: string): void {
    for (const connection of this.#server.connections) {
      if (connection.id === id) connection._socket.destroy()
    }
  }
}

function reply(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode })
}
