// Owns one connection to the hub, from dialling to its end: the handshake and its states (docs/protocol.md, H1 to H5).
import { randomBytes, type KeyObject } from 'node:crypto'
import { CLOSE, closeCode, type CloseName, type Retry } from '@vigie/shared/protocol/close-codes'
import { transcript, type HandshakeFacts, type JoinToken } from '@vigie/shared/protocol/handshake'
import { HANDSHAKE_TIMEOUT_MS } from '@vigie/shared/protocol/limits'
import { AGENT_PROTOCOLS, speaks, WITH_GAPS, WITH_INCOMPLETE } from '@vigie/shared/protocol/version'
import type {
  AgentMessage,
  Challenge,
  GapMessage,
  Hello,
  Welcome,
} from '@vigie/shared/protocol/agent'
import type { Clock } from '../clock/clock.ts'
import type { ClockSample } from '../clock/hub-clock.ts'
import { enrolmentMac, fingerprintOf, privateKeyOf, sign, verify } from '../identity/keys.ts'
import type { KeyPair } from '../identity/keys.ts'
import { WebSocket } from '../web-socket/web-socket.ts'
import { HalfOpenWatch } from './half-open.ts'
import { parseHubMessage } from './hub-message.ts'

/** Hub messages are small; the largest, a challenge, has some 300 bytes. */
const MAX_HUB_FRAME_BYTES = 65_536
const CLOSING_TIMEOUT_MS = 1_000

/** What the agent says of itself when it connects; the rest of `hello` is the connection's own. */
export type Introduction = Omit<Hello, 'type' | 'publicKey' | 'nonce' | 'runningForMs'>

/** Why a connection is over. `detail` is what this side can add to the meaning, for the log. */
export interface ConnectionEnd {
  readonly code: number
  readonly name: string
  readonly meaning: string
  readonly retry: Retry
  readonly detail: string
  readonly wasWelcome: boolean
}

export interface ConnectionOptions {
  readonly url: URL
  readonly hubFingerprint: string
  readonly keys: KeyPair
  readonly introduction: Introduction
  /** When the process began, as {@link Clock.bootMs} counts; not said when joining. */
  readonly startedBootMs?: number
  /** Only when joining. */
  readonly token?: JoinToken
  readonly clock: Clock
  readonly onWelcome: (welcome: Welcome, sample: ClockSample) => void
  /** Binary frames up to this one are committed. */
  readonly onAck: (frames: number) => void
  readonly onClock: (sample: ClockSample) => void
  /** The last call, exactly once. */
  readonly onEnd: (end: ConnectionEnd) => void
}

type State =
  | { readonly at: 'dialling' }
  | { readonly at: 'greeting'; readonly nonce: string }
  | { readonly at: 'proving'; readonly sentMs: number }
  | { readonly at: 'welcome' }
  | { readonly at: 'closing' }
  | { readonly at: 'ended' }

export class Connection {
  readonly #options: ConnectionOptions
  readonly #privateKey: KeyObject
  readonly #socket: WebSocket
  #state: State = { at: 'dialling' }
  #cancelTimeout: () => void
  #watch: HalfOpenWatch | undefined
  #wasWelcome = false
  // What the hub of before takes for malformed is said only where it chose a version that has it.
  #speaksGaps = false
  #takesIncomplete = false
  // What this side ended the connection for; the socket itself would only say 1006.
  #verdict: { readonly close: CloseName; readonly detail: string } | undefined
  #framesSent = 0
  #framesAcknowledged = 0

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#privateKey = privateKeyOf(options.keys)
    this.#socket = new WebSocket(options.url, {
      protocols: AGENT_PROTOCOLS,
      maxMessageBytes: MAX_HUB_FRAME_BYTES,
      onOpen: (protocol) => this.#greet(protocol),
      onMessage: (payload, isBinary) => this.#receive(payload, isBinary),
      onSign: () => this.#watch?.heard(),
      onClose: (code, detail) => this.#end(code, detail),
    })
    this.#cancelTimeout = options.clock.setTimeout(
      () => this.#giveUp('timeout', 'the handshake took too long'),
      HANDSHAKE_TIMEOUT_MS,
    )
  }

  get isWelcome(): boolean {
    return this.#state.at === 'welcome'
  }

  /** The hub can be told what a list of packages lacks (docs/protocol.md, P8). */
  get takesIncomplete(): boolean {
    return this.#takesIncomplete
  }

  /** Bytes that the network has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.waitingBytes
  }

  /** Frames that the hub has not acknowledged. */
  get owedFrames(): number {
    return this.#framesSent - this.#framesAcknowledged
  }

  send(message: AgentMessage): void {
    if (this.isWelcome) this.#say(message)
  }

  /** Says why there are no ticks between two times, to a hub that can be told. */
  sendGap(gap: Omit<GapMessage, 'type'>): void {
    if (this.#speaksGaps) this.send({ type: 'gap', ...gap })
  }

  /** Sends a block and returns the number of its frame, from 1 (T4). */
  sendBlock(bytes: Uint8Array): number {
    this.#socket.send(bytes)
    this.#watch?.sent()
    return ++this.#framesSent
  }

  askTime(): void {
    this.send({ type: 'clock', sentMs: this.#options.clock.monotonicMs() })
  }

  /** Closes in good order; `onEnd` follows within a second, whatever the hub does. */
  close(name: CloseName = 'normal'): void {
    if (this.#state.at === 'closing' || this.#state.at === 'ended') return
    this.#state = { at: 'closing' }
    this.#watch?.close()
    this.#cancelTimeout()
    this.#cancelTimeout = this.#options.clock.setTimeout(
      () => this.#socket.terminate(),
      CLOSING_TIMEOUT_MS,
    )
    this.#socket.close(CLOSE[name].code)
  }

  #greet(protocol: string | undefined): void {
    if (this.#state.at !== 'dialling') return
    // F5: a hub with no version in common shows it by choosing none.
    if (protocol === undefined) {
      this.#refuse('unsupportedVersion', '')
      return
    }
    this.#speaksGaps = speaks(WITH_GAPS, protocol)
    this.#takesIncomplete = speaks(WITH_INCOMPLETE, protocol)
    const nonce = randomBytes(32).toString('base64url')
    this.#state = { at: 'greeting', nonce }
    const { introduction, keys, clock, startedBootMs } = this.#options
    this.#say({
      type: 'hello',
      publicKey: keys.publicKey,
      nonce,
      ...introduction,
      ...(this.#speaksGaps &&
        startedBootMs !== undefined && {
          runningForMs: Math.max(0, Math.round(clock.bootMs() - startedBootMs)),
        }),
    })
  }

  #receive(payload: Buffer, isBinary: boolean): void {
    this.#watch?.heard()
    const message = isBinary ? undefined : parseHubMessage(payload.toString())
    if (!message) {
      this.#refuse('malformed', 'the hub sent what is not a message of the protocol')
      return
    }
    const state = this.#state
    if (message.type === 'challenge' && state.at === 'greeting') this.#prove(message, state.nonce)
    else if (message.type === 'welcome' && state.at === 'proving')
      this.#enter(message, state.sentMs)
    else if (message.type === 'ack' && state.at === 'welcome') this.#acknowledge(message.frames)
    else if (message.type === 'clock' && state.at === 'welcome') {
      const receivedMs = this.#options.clock.monotonicMs()
      this.#options.onClock({ sentMs: message.sentMs, receivedMs, hubMs: message.timeMs })
    } else if (state.at !== 'closing') {
      this.#refuse('outOfOrder', `the hub said ${message.type} while ${state.at}`)
    }
  }

  // H3: nothing of worth leaves before the hub has shown that it holds the pinned key and signs for this connection.
  #prove(challenge: Challenge, nonce: string): void {
    const { hubFingerprint, keys, token, clock } = this.#options
    if (fingerprintOf(challenge.publicKey) !== hubFingerprint) {
      this.#refuse('proofRefused', "the hub's key is not the one that this machine joined")
      return
    }
    const facts: HandshakeFacts = {
      agentPublicKey: keys.publicKey,
      agentNonce: nonce,
      hubPublicKey: challenge.publicKey,
      hubNonce: challenge.nonce,
    }
    if (!verify(transcript('hub', facts), challenge.publicKey, challenge.signature)) {
      this.#refuse('proofRefused', "the hub's signature is not over this connection")
      return
    }
    this.#state = { at: 'proving', sentMs: clock.monotonicMs() }
    this.#say({
      type: 'proof',
      signature: sign(transcript('agent', facts), this.#privateKey),
      ...(token && {
        enrolment: {
          tokenId: token.id,
          mac: enrolmentMac(transcript('enrolment', facts), token.secret),
        },
      }),
    })
  }

  #enter(welcome: Welcome, sentMs: number): void {
    const { clock, onWelcome } = this.#options
    this.#cancelTimeout()
    this.#state = { at: 'welcome' }
    this.#wasWelcome = true
    this.#watch = new HalfOpenWatch({
      clock,
      ping: () => this.#socket.ping(),
      onGone: (what) => this.#giveUp('timeout', `waited 10 s for ${what}`),
    })
    onWelcome(welcome, { sentMs, receivedMs: clock.monotonicMs(), hubMs: welcome.timeMs })
  }

  #acknowledge(frames: number): void {
    if (frames > this.#framesSent || frames < this.#framesAcknowledged) {
      this.#refuse('malformed', `the hub acknowledged frame ${frames} of ${this.#framesSent}`)
      return
    }
    this.#framesAcknowledged = frames
    this.#watch?.acknowledged(this.owedFrames > 0)
    this.#options.onAck(frames)
  }

  #say(message: AgentMessage): void {
    this.#socket.send(JSON.stringify(message))
  }

  #refuse(close: CloseName, detail: string): void {
    this.#verdict = { close, detail }
    this.close(close)
  }

  // A side that does not answer would not answer a close frame either.
  #giveUp(close: CloseName, detail: string): void {
    this.#verdict = { close, detail }
    this.#socket.terminate()
  }

  #end(code: number, said: string): void {
    if (this.#state.at === 'ended') return
    this.#state = { at: 'ended' }
    this.#cancelTimeout()
    this.#watch?.close()
    const close = this.#verdict ? CLOSE[this.#verdict.close] : closeCode(code)
    // Hubs give a code's name as its reason: that adds nothing.
    const detail = this.#verdict?.detail ?? (said === close.name ? '' : said)
    this.#options.onEnd({ ...close, detail, wasWelcome: this.#wasWelcome })
  }
}
