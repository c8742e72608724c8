// Owns the set of agents' sockets: who may open one, which is the one of its host, which has been silent for too long.
import type { CloseName } from '@vigie/shared/protocol/close-codes'
import { HANDSHAKE_TIMEOUT_MS, IDLE_TIMEOUT_MS } from '@vigie/shared/protocol/limits'
import type { WebSocket } from 'ws'
import { AgentConnection } from './agent-connection.ts'
import type { ConnectionRegistry, IngestContext, Peer } from './ingest-context.ts'
import { AddressBuckets, type Rate } from '../token-bucket.ts'

export interface ConnectionLimits {
  readonly handshakeTimeoutMs: number
  readonly idleTimeoutMs: number
  /** How long the holder of an identity has to answer when another agent claims it. */
  readonly duplicateProbeMs: number
  readonly maxHandshakes: number
  /** Connections of one address. A whole fleet may stand behind one, and come back at once. */
  readonly attempts: Rate
  /** Refusals of one address, after which it is not listened to for a while. */
  readonly refusals: Rate
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
  idleTimeoutMs: IDLE_TIMEOUT_MS,
  duplicateProbeMs: 3000,
  maxHandshakes: 2000,
  attempts: { burst: 2000, perSecond: 100 },
  refusals: { burst: 20, perSecond: 0.5 },
}

/** How often within the idle timeout a silent agent is pinged. */
const PINGS_PER_TIMEOUT = 3
/** A duplicate is no fault of the newcomer's address, and neither is the hub's own trouble. */
const BLAMELESS: readonly CloseName[] = [
  'duplicateIdentity',
  'rateLimited',
  'internal',
  'hubStopping',
  // The proof was good: whoever has the key is known, and comes back by itself.
  'revoked',
  'retired',
  'awaitingApproval',
]

/** Has a timer; {@link AgentConnections.close} closes every socket and resolves when all are gone. */
export class AgentConnections implements ConnectionRegistry {
  readonly #context: IngestContext
  readonly #limits: ConnectionLimits
  readonly #attempts: AddressBuckets
  readonly #refusals: AddressBuckets
  readonly #timer: NodeJS.Timeout
  readonly #all = new Set<Peer>()
  readonly #handshakes = new Map<Peer, NodeJS.Timeout>()
  readonly #byHost = new Map<number, Peer>()
  #isCongested = false
  #isClosing = false
  #onEmpty: (() => void) | undefined

  constructor(context: Omit<IngestContext, 'connections'>, limits: ConnectionLimits) {
    this.#context = { ...context, connections: this }
    this.#limits = limits
    this.#attempts = new AddressBuckets(limits.attempts)
    this.#refusals = new AddressBuckets(limits.refusals)
    this.#timer = setInterval(() => this.#tend(), limits.idleTimeoutMs / PINGS_PER_TIMEOUT).unref()
  }

  /** Takes a socket that was just upgraded. */
  open(socket: WebSocket, address: string, isVersionKnown: boolean): void {
    const connection = new AgentConnection(socket, address, this.#context)
    this.#all.add(connection)
    const timer = setTimeout(
      () => connection.close('timeout', 'the handshake'),
      this.#limits.handshakeTimeoutMs,
    )
    this.#handshakes.set(connection, timer)
    this.#context.metrics.handshakes.set(this.#handshakes.size)
    const refusal = this.#refusalOf(address)
    if (refusal) connection.close(refusal)
    else if (!isVersionKnown) connection.close('unsupportedVersion')
  }

  async claim(hostId: number, newcomer: Peer): Promise<boolean> {
    for (;;) {
      const holder = this.#byHost.get(hostId)
      if (!holder || holder.isClosed) break
      if (await holder.answers(this.#limits.duplicateProbeMs)) return false
      // While the hub waited, a third agent may have taken the place.
      if (this.#byHost.get(hostId) !== holder) continue
      holder.close('replaced')
    }
    this.#byHost.set(hostId, newcomer)
    return true
  }

  release(hostId: number, connection: Peer): void {
    if (this.#byHost.get(hostId) === connection) this.#byHost.delete(hostId)
  }

  /** Has a host that is connected come back: its `welcome` says anew what the hub has of it. */
  reconnect(hostId: number, why: string): void {
    this.#byHost.get(hostId)?.close('internal', why)
  }

  /** Ends the connection of a host, if it has one; nothing more comes of it. */
  expel(hostId: number, as: CloseName): void {
    this.#byHost.get(hostId)?.close(as)
  }

  welcomed(connection: Peer): void {
    this.#endHandshake(connection)
    this.#context.metrics.connections.inc()
    if (this.#isCongested) connection.setPaused(true)
  }

  left(connection: Peer, refusedAs: CloseName | undefined): void {
    if (!this.#endHandshake(connection)) this.#context.metrics.connections.dec()
    if (refusedAs && !BLAMELESS.includes(refusedAs)) {
      this.#refusals.take(connection.address, this.#context.clock.elapsedMs())
    }
  }

  gone(connection: Peer): void {
    this.#all.delete(connection)
    if (this.#all.size === 0) this.#onEmpty?.()
  }

  /** Stops or goes on reading from every agent, when the store cannot keep up. */
  setCongested(isCongested: boolean): void {
    this.#isCongested = isCongested
    for (const connection of this.#all) {
      if (connection.isWelcome) connection.setPaused(isCongested)
    }
  }

  /** Takes no new connection and reads nothing more; acknowledgements still go out. */
  stopReading(): void {
    this.#isClosing = true
    for (const connection of this.#all) connection.setPaused(true)
  }

  async close(): Promise<void> {
    this.stopReading()
    clearInterval(this.#timer)
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve))
    if (this.#all.size === 0) return
    for (const connection of this.#all) connection.close('hubStopping')
    await empty
  }

  #refusalOf(address: string): CloseName | undefined {
    const atMs = this.#context.clock.elapsedMs()
    if (this.#isClosing) return 'hubStopping'
    // A newcomer could not be told from a clone while the sockets of the others are not read.
    if (this.#isCongested) return 'internal'
    if (this.#refusals.isEmpty(address, atMs)) return 'rateLimited'
    if (!this.#attempts.take(address, atMs)) return 'rateLimited'
    return this.#handshakes.size > this.#limits.maxHandshakes ? 'rateLimited' : undefined
  }

  #endHandshake(connection: Peer): boolean {
    const timer = this.#handshakes.get(connection)
    clearTimeout(timer)
    this.#handshakes.delete(connection)
    this.#context.metrics.handshakes.set(this.#handshakes.size)
    return timer !== undefined
  }

  #tend(): void {
    if (this.#isCongested) return
    const { idleTimeoutMs } = this.#limits
    const atMs = this.#context.clock.elapsedMs()
    for (const connection of this.#all) {
      if (!connection.isWelcome) continue
      const silentMs = atMs - connection.heardAtMs
      if (silentMs >= idleTimeoutMs) connection.close('timeout')
      else if (silentMs >= idleTimeoutMs / PINGS_PER_TIMEOUT) connection.ping()
    }
  }
}
