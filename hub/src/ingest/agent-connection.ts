// Owns one agent's socket, from its first frame to its close: the states of docs/protocol.md and what each allows.
import type { QuotaKind } from '@vigie/shared/api/host'
import type { Hello, HubMessage, Proof } from '@vigie/shared/protocol/agent'
import { CLOSE, closeCode, type CloseName } from '@vigie/shared/protocol/close-codes'
import { speaks, WITH_INCOMPLETE, WITH_PACKAGES } from '@vigie/shared/protocol/version'
import type { FastifyBaseLogger } from 'fastify'
import type { RawData, WebSocket } from 'ws'
import { admit } from './admit.ts'
import { isOfWelcome, parseAgentMessage, type Text, type WelcomeType } from './agent-messages.ts'
import { announce, takeBlock, ticksOf } from './block-intake.ts'
import type { Challenged, ConnectionState, Welcomed } from './connection-state.ts'
import { FrameCount } from './frame-count.ts'
import { FrameQueue } from './frame-queue.ts'
import { challengeTo, isCanonicalBase64url } from './handshake.ts'
import type { IngestContext, Peer } from './ingest-context.ts'
import { PackageIntake } from './package-intake.ts'
import { PeerProbe } from './peer-probe.ts'
import type { KnownHost, TickFrame } from './ports.ts'
import { Rest } from './rest.ts'
import { bytesOf } from '../socket-bytes.ts'
import { faultOfFrame } from '../socket-fault.ts'
import { TokenBucket } from '../token-bucket.ts'

/** Text is for what changes rarely: a clock reading, an inventory, a snapshot every few seconds. */
const TEXT_RATE = { burst: 200, perSecond: 20 }
/** A peer that does not read its acknowledgements gets no more of them until it has. */
const MAX_UNREAD_BYTES = 65_536

export class AgentConnection implements Peer {
  readonly address: string
  readonly #socket: WebSocket
  readonly #context: IngestContext
  readonly #texts: TokenBucket
  #log: FastifyBaseLogger
  readonly #frames: FrameQueue
  #state: ConnectionState = { name: 'greeting' }
  #closedAs: CloseName | undefined
  #isHeldBack = false
  #heardAtMs: number
  readonly #probe = new PeerProbe()
  readonly #rest = new Rest()

  constructor(socket: WebSocket, address: string, context: IngestContext) {
    this.address = address
    this.#socket = socket
    this.#context = context
    this.#log = context.log.child({ address })
    this.#heardAtMs = context.clock.elapsedMs()
    this.#texts = new TokenBucket(TEXT_RATE, this.#heardAtMs)
    this.#frames = new FrameQueue({
      onBusy: () => this.#readOrPause(),
      onFailed: (error) => {
        this.#log.error({ err: error }, 'a frame could not be taken')
        this.close('internal')
      },
    })
    socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary))
    socket.on('pong', () => {
      this.#onSignOfLife()
      // Its pong only: what it sent before may still be there to read when it has gone.
      this.#probe.answered(true)
    })
    socket.on('ping', () => this.#onSignOfLife())
    socket.on('error', (error) => this.#onSocketError(error))
    socket.on('close', (code) => this.#onClose(code))
  }

  get isWelcome(): boolean {
    return this.#state.name === 'welcome'
  }

  get isClosed(): boolean {
    return this.#state.name === 'closed'
  }

  get heardAtMs(): number {
    return this.#heardAtMs
  }

  ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
  }

  answers(timeoutMs: number): Promise<boolean> {
    if (this.isClosed) return Promise.resolve(false)
    const isThere = this.#probe.ask(timeoutMs)
    // What it sent before the answer is read at once.
    this.#rest.cut()
    this.ping()
    return isThere
  }

  setPaused(isPaused: boolean): void {
    this.#isHeldBack = isPaused
    this.#readOrPause()
  }

  #readOrPause(): void {
    const isPaused = !this.isClosed && (this.#isHeldBack || this.#frames.isBusy)
    if (isPaused) this.#socket.pause()
    else this.#socket.resume()
  }

  close(name: CloseName, detail?: string): void {
    if (this.#closedAs !== undefined) return
    this.#closedAs = name
    const { code, meaning } = CLOSE[name]
    this.#log.info(
      { code, close: name, detail, state: this.#state.name },
      `agent closed: ${meaning}`,
    )
    this.#context.metrics.closes.inc({ close: name, by: 'hub' })
    // A paused socket would not hear the other side's goodbye.
    this.#socket.resume()
    this.#socket.close(code, name)
    this.#leave(name)
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (this.#state.name === 'closed') return
    this.#onSignOfLife()
    const bytes = bytesOf(data)
    const { metrics } = this.#context
    metrics.frames.inc({ kind: isBinary ? 'binary' : 'text' })
    metrics.bytes.inc(bytes.byteLength)
    if (this.#isOverQuota({ sizeBytes: bytes.byteLength, isBlock: isBinary })) return
    this.#frames.run(() => {
      // It may have left while this waited.
      if (this.isClosed) return undefined
      if (isBinary) return this.#onBlock(bytes)
      this.#onText(bytes.toString('utf8'))
      return undefined
    })
  }

  #isOverQuota(frame: { sizeBytes: number; isBlock: boolean }): boolean {
    const state = this.#state
    if (state.name !== 'welcome') return false
    const what = this.#context.quotas.frame(state.host.id, frame)
    if (what) this.#refuseMore(state, what)
    return what !== undefined
  }

  #refuseMore({ host }: Welcomed, what: QuotaKind): void {
    const { events, metrics } = this.#context
    metrics.overQuota.inc({ what })
    events.onOverQuota(host.id, what)
    this.close('overQuota', what)
  }

  #onSignOfLife(): void {
    this.#heardAtMs = this.#context.clock.elapsedMs()
  }

  #onText(text: string): undefined {
    if (!this.#texts.take(this.#context.clock.elapsedMs())) {
      this.close('rateLimited', 'text frames')
      return
    }
    const message = parseAgentMessage(text)
    if ('fault' in message) {
      this.close('malformed', message.fault)
      return
    }
    const state = this.#state
    if (message.type === 'hello' && state.name === 'greeting') this.#onHello(message)
    else if (message.type === 'proof' && state.name === 'challenged') this.#onProof(message, state)
    else if (isOfWelcome(message) && state.name === 'welcome') this.#onWelcomed(message, state)
    else this.close('outOfOrder', `${message.type} while ${state.name}`)
  }

  #onHello(hello: Hello): void {
    if (!isCanonicalBase64url(hello.publicKey)) {
      this.close('malformed', 'a key in another form than its one')
      return
    }
    const { identity, clock } = this.#context
    const { facts, challenge } = challengeTo(hello, identity, clock.nowMs())
    this.#log = this.#log.child({ agentHostname: hello.hostname })
    this.#state = { name: 'challenged', hello, facts }
    this.#send(challenge)
  }

  #onProof(proof: Proof, { hello, facts }: Challenged): void {
    this.#state = { name: 'judged' }
    const welcome = (host: KnownHost): void => this.#welcome(host, hello)
    const claim = { hello, facts, proof, address: this.address }
    admit(claim, { peer: this, context: this.#context, welcome }).catch((error: unknown) => {
      this.#log.error({ err: error }, 'the hub could not decide whether to admit an agent')
      this.close('internal')
    })
  }

  #welcome(host: KnownHost, hello: Hello): void {
    const { clock, events, connections } = this.#context
    this.#log = this.#log.child({ host: host.name })
    const { protocol } = this.#socket
    const takesPackages = speaks(WITH_PACKAGES, protocol)
    const takesIncomplete = speaks(WITH_INCOMPLETE, protocol)
    const packagesHash = (): string | null => this.#context.roster.packagesHash(host.id)
    this.#state = {
      name: 'welcome',
      host,
      hello,
      tables: new Map(),
      packages: takesPackages ? new PackageIntake(packagesHash, takesIncomplete) : undefined,
      revision: undefined,
      frames: new FrameCount((frames) => this.#acknowledge(frames)),
    }
    connections.welcomed(this)
    events.onConnected(host, hello)
    this.#log.info({ agentVersion: hello.agentVersion }, 'agent connected')
    this.#send({
      type: 'welcome',
      hostId: host.id,
      name: host.name,
      timeMs: clock.nowMs(),
      inventoryHash: host.inventoryHash,
      ...(takesPackages && { packagesHash: packagesHash() }),
    })
  }

  #onWelcomed(message: Text[WelcomeType], state: Welcomed): void {
    const { events, clock } = this.#context
    const hostId = state.host.id
    if (message.type !== 'bye') events.onHeard(hostId)
    switch (message.type) {
      case 'series':
        this.#onTable(message, state)
        return
      case 'inventory':
        events.onInventory(hostId, message.hash, message.inventory)
        return
      case 'packages':
        this.#onPackages(message, state)
        return
      case 'snapshot':
        events.onSnapshot(hostId, message.snapshot)
        return
      case 'clock':
        this.#send({ type: 'clock', sentMs: message.sentMs, timeMs: clock.nowMs() })
        return
      case 'gap':
        events.onGap(hostId, message)
        return
      case 'bye':
        this.#log.info({ reason: message.reason }, 'agent says goodbye')
        if (message.reason !== 'joined') events.onGoodbye(hostId, message.reason)
    }
  }

  #onPackages(message: Text['packages'], { host, packages }: Welcomed): void {
    const taken = packages?.take(message) ?? ({ close: 'outOfOrder', detail: 'packages' } as const)
    if (taken === 'more') return
    if ('close' in taken) this.close(taken.close, taken.detail)
    else this.#context.events.onPackages(host.id, taken)
  }

  #onTable(table: Text['series'], state: Welcomed): void {
    const fault = announce(table, state.tables)
    if (fault) {
      this.close(fault.close, fault.detail)
      return
    }
    const what = this.#context.quotas.table(state.host.id, table)
    if (what) this.#refuseMore(state, what)
  }

  #onBlock(received: Buffer): Promise<void> | undefined {
    const state = this.#state
    if (state.name !== 'welcome') {
      this.close('outOfOrder', `a block while ${state.name}`)
      return undefined
    }
    // `ws` hands out slices of larger buffers: a copy keeps the frame and nothing else alive.
    const bytes = Buffer.from(received)
    const intake = takeBlock(bytes, state.tables, this.#context.clock.nowMs())
    if ('close' in intake) {
      this.close(intake.close, intake.detail)
      return undefined
    }
    const ticks = ticksOf(intake.block, bytes)
    if (!(ticks instanceof Promise)) return this.#take(state, { ...intake, bytes, ticks })
    return ticks.then((cut) => {
      return this.#state === state ? this.#take(state, { ...intake, bytes, ticks: cut }) : undefined
    })
  }

  /** Returns when the next may come, where that is not at once. */
  #take(
    state: Welcomed,
    taken: Omit<TickFrame, 'hostId' | 'onCommitted'>,
  ): Promise<void> | undefined {
    const { events, metrics, quotas } = this.#context
    metrics.ticks.inc(taken.ticks.length)
    metrics.values.inc(taken.ticks.length * taken.keys.length)
    const frame = state.frames.received()
    const hostId = state.host.id
    events.onHeard(hostId)
    const onCommitted = (): void => state.frames.committed(frame)
    const { revision } = taken.block
    // With each change of tables: one that was not used for long may be forgotten by then.
    if (revision !== state.revision) events.onTable({ hostId, revision, keys: taken.keys })
    state.revision = revision
    events.onTicks({ hostId, ...taken, onCommitted })
    const waitMs = quotas.waitMs(hostId, { ticks: taken.ticks.length, series: taken.keys.length })
    return waitMs > 0 && !this.#probe.isAsking ? this.#rest.for(waitMs) : undefined
  }

  #acknowledge(frames: number): boolean {
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) return false
    this.#send({ type: 'ack', frames })
    return true
  }

  #onSocketError(error: Error & { code?: string }): void {
    this.#log.info({ err: error.message, code: error.code }, 'agent socket error')
    const fault = faultOfFrame(error)
    if (fault === undefined || this.#closedAs !== undefined) return
    this.#closedAs = fault
    this.#context.metrics.closes.inc({ close: fault, by: 'hub' })
    this.#leave(fault)
  }

  #onClose(code: number): void {
    if (this.#closedAs === undefined) {
      const { name, meaning } = closeCode(code)
      this.#log.info({ code, close: name }, `agent left: ${meaning}`)
      this.#context.metrics.closes.inc({ close: name, by: 'agent' })
      this.#leave(name)
    }
    this.#context.connections.gone(this)
  }

  #leave(reason: string): void {
    const state = this.#state
    this.#state = { name: 'closed' }
    this.#probe.answered(false)
    const { connections, events } = this.#context
    connections.left(this, state.name === 'welcome' ? undefined : this.#closedAs)
    if (state.name !== 'welcome') return
    connections.release(state.host.id, this)
    events.onDisconnected(state.host.id, reason)
  }

  #send(message: HubMessage): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message))
  }
}
