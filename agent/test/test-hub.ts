// The hub's end of the agent protocol for tests: real sockets and real signatures, and every fault on demand.
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { decodeBlock, type Block } from '@vigie/shared/codec/block'
import type { AgentMessage, Hello, HubMessage, Proof } from '@vigie/shared/protocol/agent'
import { CLOSE, type CloseName } from '@vigie/shared/protocol/close-codes'
import { MAX_AHEAD_MS } from '@vigie/shared/protocol/limits'
import { formatJoinToken, transcript } from '@vigie/shared/protocol/handshake'
import { AGENT_PROTOCOLS, negotiate, speaks, WITH_PACKAGES } from '@vigie/shared/protocol/version'
import { WebSocketServer, type WebSocket } from 'ws'
import { fingerprintOf, generateKeyPair, privateKeyOf, sign, verify } from '../src/identity/keys.ts'

/** What the hub does otherwise than a good one would. */
export interface Faults {
  /** Signs with a key that is not the one that the agent pinned. */
  strangerKey?: boolean
  /** Sends a challenge of an earlier connection. */
  replay?: boolean
  /** Says nothing after the upgrade. */
  mute?: boolean
  /** Takes blocks and never acknowledges. */
  noAck?: boolean
  /** Closes instead of a welcome. */
  refuse?: CloseName
  /** Has no version in common: upgrades without a subprotocol and closes (F5). */
  otherVersion?: boolean
  /** Is of this version and none later: of 1 knows nothing of gaps, of 2 nothing of packages, of 3 nothing of what they lack. */
  only?: 'vigie.agent.1' | 'vigie.agent.2' | 'vigie.agent.3'
  /** Takes packages for malformed. */
  noPackages?: boolean
  /** Refuses every frame with the tick of this time. */
  poisonMs?: number
  /** Does not answer pings. From the next {@link TestHub.start} on. */
  deaf?: boolean
}

const SECRET = 'S'.repeat(32)

/** The certificate of a hub with TLS, which no authority vouches for. */
export const CERTIFICATE = fileURLToPath(
  new URL('../fixtures/tls/certificate.pem', import.meta.url),
)
const PRIVATE_KEY = fileURLToPath(new URL('../fixtures/tls/key.pem', import.meta.url))

export class TestHub {
  readonly keys = generateKeyPair()
  readonly fingerprint = fingerprintOf(this.keys.publicKey)
  readonly token = formatJoinToken({
    id: 'I'.repeat(12),
    secret: SECRET,
    hubFingerprint: this.fingerprint,
  })
  /** Everything that agents said as text, in order, over all connections. */
  readonly messages: AgentMessage[] = []
  /** The times of each binary frame's ticks, in order, over all connections. */
  readonly frames: number[][] = []
  readonly closes: { code: number; reason: string }[] = []
  /** Added to the hub's time. */
  clockShiftMs = 0
  faults: Faults = {}
  connections = 0
  /** Bytes of all binary frames, with the WebSocket header that they came in (RFC 6455, section 5.2). */
  frameBytes = 0
  /** What the hub calls the agent's machine; unless set, what the machine calls itself when it joins. */
  name: string | undefined
  /** The list of packages that it has; it learns each that is told to its last message. */
  packagesHash: string | null = null
  /** Values that are there in the newest one. */
  valuesPerTick = 0
  readonly #isTls: boolean
  #server: WebSocketServer | undefined
  #listener: Server | undefined
  #port = 0
  #wakers = new Set<() => void>()
  #lastChallenge: HubMessage | undefined

  constructor({ tls = false } = {}) {
    this.#isTls = tls
  }

  async start(): Promise<this> {
    const listener = this.#isTls
      ? createTlsServer({ cert: readFileSync(CERTIFICATE), key: readFileSync(PRIVATE_KEY) })
      : createServer()
    const server = new WebSocketServer({
      server: listener,
      autoPong: !this.faults.deaf,
      handleProtocols: (offered) => {
        if (this.faults.otherVersion) return false
        const { only } = this.faults
        return negotiate(offered, only === undefined ? AGENT_PROTOCOLS : [only]) ?? false
      },
    })
    this.#server = server
    this.#listener = listener
    server.on('connection', (socket) => this.#serve(socket))
    listener.listen(this.#port, '127.0.0.1')
    await once(listener, 'listening')
    this.#port = (listener.address() as AddressInfo).port
    return this
  }

  get url(): URL {
    return new URL(`${this.#isTls ? 'wss' : 'ws'}://127.0.0.1:${this.#port}/agent`)
  }

  /** As people give it to `join` and `install`. */
  get address(): string {
    return `${this.#isTls ? 'https' : 'http'}://127.0.0.1:${this.#port}`
  }

  /** Dies as by SIGKILL: sockets are cut without a close frame. The port stays reserved for {@link start}. */
  async kill(): Promise<void> {
    const server = this.#server
    if (!server) return
    this.#server = undefined
    for (const socket of server.clients) socket.terminate()
    server.close()
    await new Promise((resolve) => this.#listener?.close(resolve))
  }

  closeAll(name: CloseName): void {
    for (const socket of this.#server?.clients ?? []) socket.close(CLOSE[name].code, name)
  }

  /** Resolves once `condition` holds; looked at after everything that happens here. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#wakers.add(resolve))
  }

  /** Resolves once an agent has sent so many frames more. */
  async moreFrames(count: number): Promise<void> {
    const before = this.frames.length
    await this.until(() => this.frames.length >= before + count)
  }

  ofType<T extends AgentMessage['type']>(type: T): Extract<AgentMessage, { type: T }>[] {
    return this.messages.filter((message) => message.type === type) as never
  }

  #wake(): void {
    const wakers = [...this.#wakers]
    this.#wakers.clear()
    for (const wake of wakers) wake()
  }

  #serve(socket: WebSocket): void {
    this.connections++
    if (this.faults.otherVersion) socket.close(CLOSE.unsupportedVersion.code)
    const state: Partial<{ hello: Hello; challenge: HubMessage & { type: 'challenge' } }> = {}
    let frames = 0
    socket.on('error', () => this.#wake())
    socket.on('close', (code, reason) => {
      this.closes.push({ code, reason: reason.toString() })
      this.#wake()
    })
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        frames++
        if (!this.#take(data)) socket.close(CLOSE.malformed.code)
        else if (!this.faults.noAck) this.#say(socket, { type: 'ack', frames })
      } else {
        const message = JSON.parse(data.toString()) as AgentMessage
        this.messages.push(message)
        if (message.type === 'hello') {
          state.hello = message
          if (!this.faults.mute) this.#say(socket, (state.challenge = this.#challenge(message)))
        } else if (message.type === 'proof' && state.hello && state.challenge) {
          this.#judge(socket, message, { hello: state.hello, challenge: state.challenge })
        } else if (message.type === 'packages') {
          if (message.isLast) this.packagesHash = message.hash
          if (this.faults.noPackages) socket.close(CLOSE.malformed.code)
        } else if (message.type === 'clock') {
          this.#say(socket, { type: 'clock', sentMs: message.sentMs, timeMs: this.#nowMs() })
        }
      }
      this.#wake()
    })
    this.#wake()
  }

  #nowMs(): number {
    return Date.now() + this.clockShiftMs
  }

  // T7: false for a block that is from the future, or refused on demand.
  #take(data: Buffer): boolean {
    const block = decodeBlock(data)
    if (block.startMs + (block.present.length - 1) * block.stepMs > this.#nowMs() + MAX_AHEAD_MS)
      return false
    if (this.#isPoison(block)) return false
    this.frameBytes += data.length + (data.length < 126 ? 6 : data.length < 65_536 ? 8 : 14)
    this.valuesPerTick = block.values.filter((value) => !Number.isNaN(value)).length
    const times: number[] = []
    block.present.forEach((bit, tick) => {
      if (bit) times.push(block.startMs + tick * block.stepMs)
    })
    this.frames.push(times)
    return true
  }

  #isPoison({ startMs, stepMs, present }: Block): boolean {
    const tick = ((this.faults.poisonMs ?? NaN) - startMs) / stepMs
    return present[tick] === 1
  }

  #challenge(hello: Hello): HubMessage & { type: 'challenge' } {
    if (this.faults.replay && this.#lastChallenge) return this.#lastChallenge as never
    const keys = this.faults.strangerKey ? generateKeyPair() : this.keys
    const nonce = randomBytes(32).toString('base64url')
    const facts = {
      agentPublicKey: hello.publicKey,
      agentNonce: hello.nonce,
      hubPublicKey: keys.publicKey,
      hubNonce: nonce,
    }
    const challenge = {
      type: 'challenge' as const,
      publicKey: keys.publicKey,
      nonce,
      signature: sign(transcript('hub', facts), privateKeyOf(keys)),
      timeMs: this.#nowMs(),
    }
    this.#lastChallenge = challenge
    return challenge
  }

  #judge(
    socket: WebSocket,
    proof: Proof,
    { hello, challenge }: { hello: Hello; challenge: HubMessage & { type: 'challenge' } },
  ): void {
    const facts = {
      agentPublicKey: hello.publicKey,
      agentNonce: hello.nonce,
      hubPublicKey: challenge.publicKey,
      hubNonce: challenge.nonce,
    }
    const key = createHash('sha256').update(SECRET).digest()
    const mac = createHmac('sha256', key).update(transcript('enrolment', facts)).digest('base64url')
    const isGood =
      verify(transcript('agent', facts), hello.publicKey, proof.signature) &&
      (!proof.enrolment || proof.enrolment.mac === mac)
    if (!isGood || this.faults.refuse) {
      const name = this.faults.refuse ?? 'proofRefused'
      socket.close(CLOSE[name].code, name)
      return
    }
    this.#say(socket, {
      type: 'welcome',
      hostId: 1,
      name: (this.name ??= hello.hostname),
      timeMs: this.#nowMs(),
      inventoryHash: null,
      ...(speaks(WITH_PACKAGES, socket.protocol) && { packagesHash: this.packagesHash }),
    })
  }

  #say(socket: WebSocket, message: HubMessage): void {
    socket.send(JSON.stringify(message))
  }
}
