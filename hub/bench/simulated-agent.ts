// Owns one simulated agent: it joins, ticks when it is told to, remembers what is not acknowledged, and comes back.
import {
  createHash,
  createHmac,
  createPrivateKey,
  randomBytes,
  sign,
  type JsonWebKey,
} from 'node:crypto'
import type { AgentMessage, HubMessage } from '@vigie/shared/protocol/agent'
import { closeCode } from '@vigie/shared/protocol/close-codes'
import { parseJoinToken, transcript, type HandshakeFacts } from '@vigie/shared/protocol/handshake'
import { AGENT_PROTOCOLS } from '@vigie/shared/protocol/version'
import { WebSocket } from 'ws'
import type { RecordedTicks } from './recorded-ticks.ts'

export interface SimulatedIdentity {
  readonly publicKey: string
  readonly jwk: JsonWebKey
  /** For one that has yet to join. */
  readonly token?: string
}

export interface SimulatedAgentOptions {
  readonly hub: string
  readonly identity: SimulatedIdentity
  readonly name: string
  /** The loopback address that it comes from: the hub limits what one address may do. */
  readonly localAddress: string
  readonly recording: RecordedTicks
  /** Where in the recording it begins, so that machines differ. */
  readonly shift: number
  readonly events: SimulatedAgentEvents
}

export interface SimulatedAgentEvents {
  welcomed(): void
  /** The connection ended, by the name of its close code. */
  ended(close: string, wasWelcome: boolean): void
  acknowledged(latencyMs: number, ticks: number): void
}

interface Frame {
  readonly lastMs: number
  readonly ticks: number
  readonly sentAtMs: number
}

const FIRST_RETRY_MS = 1000
const LAST_RETRY_MS = 30_000
const MAX_BACKLOG_TICKS = 600

export class SimulatedAgent {
  readonly #options: SimulatedAgentOptions
  #socket: WebSocket | undefined
  #isWelcome = false
  #hasJoined = false
  #frames: Frame[] = []
  #acknowledgedFrames = 0
  /** Everything up to this time is the hub's. */
  #deliveredMs: number | undefined
  #takenMs = 0
  #attempt = 0
  #isStopped = false
  #retry: NodeJS.Timeout | undefined

  constructor(options: SimulatedAgentOptions) {
    this.#options = options
    this.#connect()
  }

  get underWay(): number {
    return this.#frames.length
  }

  get isWelcome(): boolean {
    return this.#isWelcome
  }

  /** Takes the tick of a time, and sends it when there is a hub to send it to. */
  tick(timeMs: number): void {
    this.#takenMs = timeMs
    this.#deliveredMs ??= timeMs - 1000
    if (this.#isWelcome)
      this.#send(this.#options.recording.frame(this.#second(timeMs), timeMs), timeMs, 1)
  }

  /** Sends a run of ticks as one frame. */
  backlog(startMs: number, ticks: number): void {
    const bytes = this.#options.recording.backlog(this.#second(startMs), startMs, ticks)
    this.#send(bytes, startMs + (ticks - 1) * 1000, ticks)
  }

  say(message: AgentMessage): void {
    this.#socket?.send(JSON.stringify(message))
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#retry)
    this.#socket?.terminate()
  }

  #second(timeMs: number): number {
    return timeMs / 1000 + this.#options.shift
  }

  #send(bytes: Uint8Array, lastMs: number, ticks: number): void {
    this.#socket?.send(bytes)
    this.#frames.push({ lastMs, ticks, sentAtMs: performance.now() })
  }

  #connect(): void {
    const { hub, localAddress } = this.#options
    const socket = new WebSocket(`${hub.replace(/^http/, 'ws')}/agent`, [...AGENT_PROTOCOLS], {
      localAddress,
      perMessageDeflate: false,
    })
    this.#socket = socket
    const nonce = randomBytes(32).toString('base64url')
    socket.on('open', () => this.#greet(nonce))
    socket.on('message', (data: Buffer) => {
      this.#onMessage(JSON.parse(data.toString()) as HubMessage, nonce)
    })
    // What matters is the close that follows.
    socket.on('error', () => undefined)
    socket.on('close', (code) => this.#onClose(closeCode(code).name))
  }

  #greet(nonce: string): void {
    this.say({
      type: 'hello',
      publicKey: this.#options.identity.publicKey,
      nonce,
      bootId: this.#options.name,
      hostname: this.#options.name,
      agentVersion: '0.1.0',
      intervalMs: 1000,
      runningForMs: Math.round(performance.now()),
    })
  }

  #onMessage(message: HubMessage, nonce: string): void {
    const { identity } = this.#options
    if (message.type === 'challenge') {
      const facts = {
        agentPublicKey: identity.publicKey,
        agentNonce: nonce,
        hubPublicKey: message.publicKey,
        hubNonce: message.nonce,
      }
      const key = createPrivateKey({ key: identity.jwk, format: 'jwk' })
      const signature = sign(null, transcript('agent', facts), key)
      const token = this.#hasJoined ? undefined : parseJoinToken(identity.token ?? '')
      this.say({
        type: 'proof',
        signature: signature.toString('base64url'),
        ...(token && { enrolment: { tokenId: token.id, mac: macOf(token.secret, facts) } }),
      })
    } else if (message.type === 'welcome') this.#onWelcome()
    else if (message.type === 'ack') this.#onAck(message.frames)
  }

  #onWelcome(): void {
    const { revision, keys } = this.#options.recording
    this.#isWelcome = true
    this.#hasJoined = true
    this.#attempt = 0
    this.#frames = []
    this.#acknowledgedFrames = 0
    this.say({ type: 'series', revision, keys: [...keys] })
    this.#options.events.welcomed()
    const missed = this.#deliveredMs === undefined ? 0 : (this.#takenMs - this.#deliveredMs) / 1000
    if (missed > 0 && this.#deliveredMs !== undefined) {
      this.backlog(this.#deliveredMs + 1000, Math.min(missed, MAX_BACKLOG_TICKS))
    }
  }

  #onAck(frames: number): void {
    const nowMs = performance.now()
    const done = this.#frames.splice(0, frames - this.#acknowledgedFrames)
    this.#acknowledgedFrames = frames
    for (const { lastMs, ticks, sentAtMs } of done) {
      this.#deliveredMs = Math.max(this.#deliveredMs ?? 0, lastMs)
      this.#options.events.acknowledged(nowMs - sentAtMs, ticks)
    }
  }

  // Rule T10: a random time up to 1, 2, 4, ... 30 s.
  #onClose(close: string): void {
    const wasWelcome = this.#isWelcome
    this.#isWelcome = false
    if (this.#isStopped) return
    this.#options.events.ended(close, wasWelcome)
    const mostMs = Math.min(FIRST_RETRY_MS * 2 ** this.#attempt++, LAST_RETRY_MS)
    this.#retry = setTimeout(() => this.#connect(), Math.random() * mostMs)
  }
}

function macOf(secret: string, facts: HandshakeFacts): string {
  return createHmac('sha256', createHash('sha256').update(secret).digest())
    .update(transcript('enrolment', facts))
    .digest('base64url')
}
