// A small agent for tests: it speaks the protocol over a real socket, correctly unless it is told what to do wrong.
import {
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  randomBytes,
  sign,
} from 'node:crypto'
import { once } from 'node:events'
import { encodeBlock, type Block } from '@vigie/shared/codec/block'
import { tableRevision } from '@vigie/shared/metrics/series'
import type { AgentMessage, Challenge, HubMessage, Welcome } from '@vigie/shared/protocol/agent'
import { closeCode } from '@vigie/shared/protocol/close-codes'
import { parseJoinToken, transcript, type HandshakeFacts } from '@vigie/shared/protocol/handshake'
import { WebSocket } from 'ws'

export interface AgentKeys {
  readonly publicKey: string
  readonly jwk: Record<string, unknown>
}

export function newKeys(): AgentKeys {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  return { publicKey: jwk.x ?? '', jwk: { ...jwk } }
}

export interface TestAgentOptions {
  /** The hub's address as `app.listen()` gives it. */
  readonly hub: string
  readonly keys?: AgentKeys
  readonly token?: string
  readonly hostname?: string
  readonly bootId?: string
  readonly intervalMs?: number
  readonly protocol?: string
  /** Of the upgrade, beside its own. */
  readonly headers?: Record<string, string>
}

export const KEYS = [
  'system.cpu.utilization',
  'system.linux.memory.available',
  'system.memory.limit',
  'system.network.io{network.interface.name="eth0",network.io.direction="receive"}',
]

/** Counted frames, acknowledgements, and everything that the hub said. */
export class TestAgent {
  readonly keys: AgentKeys
  readonly socket: WebSocket
  readonly received: HubMessage[] = []
  readonly revision = tableRevision(KEYS)
  framesSent = 0
  framesAcknowledged = 0
  closed: { code: number; name: string } | undefined
  readonly #options: TestAgentOptions
  readonly #waiting = new Set<() => void>()

  constructor(options: TestAgentOptions) {
    this.#options = options
    this.keys = options.keys ?? newKeys()
    const url = `${options.hub.replace(/^http/, 'ws')}/agent`
    const { protocol = 'vigie.agent.1', headers = {} } = options
    this.socket = new WebSocket(url, [protocol], { headers })
    this.socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as HubMessage
      this.received.push(message)
      if (message.type === 'ack') this.framesAcknowledged = message.frames
      this.#wake()
    })
    this.socket.on('close', (code) => {
      this.closed = { code, name: closeCode(code).name }
      this.#wake()
    })
    // A hub that was killed, or a protocol that it does not speak: what matters is the close that follows.
    this.socket.on('error', () => this.#wake())
  }

  /** Connects and says hello; resolves with the hub's challenge, or rejects with the close. */
  async greet(change: Record<string, unknown> = {}): Promise<HandshakeFacts> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open')
    const { hostname = 'test-host', bootId = 'boot-1', intervalMs = 1000 } = this.#options
    const nonce = randomBytes(32).toString('base64url')
    this.say({
      type: 'hello',
      publicKey: this.keys.publicKey,
      nonce,
      bootId,
      hostname,
      agentVersion: '0.1.0',
      intervalMs,
      ...change,
    })
    const challenge = await this.hears('challenge')
    return factsOf(this.keys.publicKey, nonce, challenge)
  }

  prove(facts: HandshakeFacts, change: Record<string, unknown> = {}): void {
    const key = createPrivateKey({ key: this.keys.jwk, format: 'jwk' })
    const signature = sign(null, transcript('agent', facts), key).toString('base64url')
    const token =
      this.#options.token === undefined ? undefined : parseJoinToken(this.#options.token)
    const mac = (secret: string): string =>
      createHmac('sha256', createHash('sha256').update(secret).digest())
        .update(transcript('enrolment', facts))
        .digest('base64url')
    this.say({
      type: 'proof',
      signature,
      ...(token && { enrolment: { tokenId: token.id, mac: mac(token.secret) } }),
      ...change,
    })
  }

  /** The whole handshake; resolves when welcome and the series table is announced. */
  async enter(change: Record<string, unknown> = {}): Promise<Welcome> {
    this.prove(await this.greet(change))
    const welcome = await this.hears('welcome')
    this.say({ type: 'series', revision: this.revision, keys: KEYS })
    return welcome
  }

  say(message: AgentMessage | Record<string, unknown>): void {
    this.socket.send(JSON.stringify(message))
  }

  /** Sends one tick and returns the number of its frame. */
  tick(timeMs: number, values: readonly number[] = [1234, 500, 1000, 42]): number {
    return this.sendBlock({
      revision: this.revision,
      startMs: timeMs,
      stepMs: 1000,
      present: new Uint8Array([1]),
      values: Float64Array.from(values),
    })
  }

  sendBlock(block: Block): number {
    return this.sendBytes(encodeBlock(block))
  }

  sendBytes(bytes: Uint8Array): number {
    this.socket.send(bytes, { binary: true })
    return ++this.framesSent
  }

  /** Resolves with the next message of a type that was not waited for before; rejects when the hub closes instead. */
  async hears<Type extends HubMessage['type']>(
    type: Type,
  ): Promise<Extract<HubMessage, { type: Type }>> {
    let found: HubMessage | undefined
    await this.#until(() => {
      const index = this.received.findIndex((message) => message.type === type)
      found = index < 0 ? undefined : this.received.splice(index, 1)[0]
      return found !== undefined
    })
    return found as Extract<HubMessage, { type: Type }>
  }

  async acknowledged(frame: number): Promise<void> {
    await this.#until(() => this.framesAcknowledged >= frame)
  }

  /** Resolves with the close, whoever closed. */
  async ended(): Promise<{ code: number; name: string }> {
    while (!this.closed) await this.#change()
    return this.closed
  }

  async close(): Promise<void> {
    this.socket.close(1000)
    await this.ended()
  }

  async #until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      if (this.closed) throw new Error(`closed ${this.closed.code} ${this.closed.name}`)
      await this.#change()
    }
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve))
  }

  #wake(): void {
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const resolve of waiting) resolve()
  }
}

function factsOf(publicKey: string, nonce: string, challenge: Challenge): HandshakeFacts {
  return {
    agentPublicKey: publicKey,
    agentNonce: nonce,
    hubPublicKey: challenge.publicKey,
    hubNonce: challenge.nonce,
  }
}
