// Owns one browser's socket: what it has subscribed to, what it was sent, and how it falls behind and catches up.
import type { HostSummary } from '@vigie/shared/api/host'
import type { Incident } from '@vigie/shared/api/incident'
import type { HubProblem } from '@vigie/shared/api/hub-state'
import { ByteWriter } from '@vigie/shared/codec/bytes'
import { CLOSE, closeCode, type CloseName } from '@vigie/shared/protocol/close-codes'
import { MAX_BROWSER_FRAME_BYTES } from '@vigie/shared/protocol/limits'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import {
  BrowserMessage,
  type CertPart,
  type LiveMessage,
  type Subscribe,
} from '@vigie/shared/protocol/live'
import type { FastifyBaseLogger } from 'fastify'
import { Compile } from 'typebox/compile'
import type { RawData, WebSocket } from 'ws'
import type { Clock } from '../clock.ts'
import { seesAnyOf, seesIncident } from '../http/sight.ts'
import { bytesOf } from '../socket-bytes.ts'
import { faultOfFrame } from '../socket-fault.ts'
import { TokenBucket } from '../token-bucket.ts'
import type { LiveMetrics } from './live-metrics.ts'
import { OwedHosts } from './owed-hosts.ts'
import { OwedIncidents } from './owed-incidents.ts'
import type { IncidentChanges, LiveFleet, LiveFrame, LiveIncidents, Sight } from './ports.ts'

export interface LiveContext {
  readonly fleet: LiveFleet
  readonly incidents: LiveIncidents
  readonly metrics: LiveMetrics
  readonly clock: Clock
  readonly log: FastifyBaseLogger
  /** What may wait for a browser before it counts as slow. */
  readonly maxWaitingBytes: number
}

export interface SessionEvents {
  onSubscribed(session: LiveSession): void
  onClosed(session: LiveSession): void
}

const messages = Compile(BrowserMessage)
const RECALLED_AT_ONCE = 8
const SUBSCRIBE_RATE = { burst: 30, perSecond: 5 }
/** A slow browser has caught up when this share of the limit is left, so that it does not fall behind at once. */
const CAUGHT_UP_SHARE = 0.25

export class LiveSession {
  readonly #socket: WebSocket
  readonly #sight: Sight
  readonly #context: LiveContext
  readonly #events: SessionEvents
  readonly #subscribes: TokenBucket
  #figuresOf: ReadonlySet<number> = new Set()
  #openHosts: ReadonlySet<number> = new Set()
  /** Hosts with newer figures than were sent. */
  readonly #staleFigures = new Set<number>()
  /** Hosts whose recent CPU was not sent yet. */
  readonly #owedRecent = new Set<number>()
  readonly #owedHosts: OwedHosts
  /** Problems of the hub that wait for a slow browser. */
  #owedProblems: readonly HubProblem[] | undefined
  readonly #owedIncidents = new OwedIncidents()
  readonly #owedCert = new Set<CertPart>()
  /** Start of the first block that each open host's page missed. */
  readonly #missedSince = new Map<number, number>()
  readonly #tablesSent = new Map<number, Set<number>>()
  #isLagging = false
  #closedAs: CloseName | undefined
  #heardAtMs: number

  constructor(socket: WebSocket, sight: Sight, context: LiveContext, events: SessionEvents) {
    this.#socket = socket
    this.#sight = sight
    this.#owedHosts = new OwedHosts(sight)
    this.#context = context
    this.#events = events
    this.#heardAtMs = context.clock.elapsedMs()
    this.#subscribes = new TokenBucket(SUBSCRIBE_RATE, this.#heardAtMs)
    socket.on('message', (data, isBinary) => this.#onMessage(data, isBinary))
    socket.on('pong', () => (this.#heardAtMs = context.clock.elapsedMs()))
    socket.on('error', (error) => this.#onSocketError(error))
    socket.on('close', (code) => this.#onClose(code))
  }

  get openHosts(): ReadonlySet<number> {
    return this.#openHosts
  }

  /** When anything at all last came from the browser, by the clock that never jumps. */
  get heardAtMs(): number {
    return this.#heardAtMs
  }

  close(name: CloseName): void {
    if (this.#closedAs !== undefined) return
    this.#closedAs = name
    const { code, meaning } = CLOSE[name]
    this.#context.log.info({ code, close: name }, `browser closed: ${meaning}`)
    this.#context.metrics.closes.inc({ close: name })
    this.#socket.close(code, name)
    this.#events.onClosed(this)
  }

  ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
  }

  /** For a message that is worth nothing late. */
  sendIfPrompt(message: LiveMessage): void {
    if (!this.#isBehind()) this.#send(message)
  }

  sendHosts(changed: readonly HostSummary[]): void {
    const moved = this.#owedHosts.add(changed)
    if (!this.#isBehind()) this.#payHosts()
    if (moved.size > 0) this.#noteIncidentsOf(moved)
  }

  /** Hosts that are in the fleet no more. */
  sendRemoved(hostIds: readonly number[]): void {
    this.#owedHosts.addRemoved(hostIds)
    if (!this.#isBehind()) this.#payHosts()
  }

  sendProblems(problems: readonly HubProblem[]): void {
    this.#owedProblems = problems
    if (!this.#isBehind()) this.#payProblems()
  }

  noteIncidents(changes: IncidentChanges): void {
    this.#owedIncidents.add({
      changed: changes.changed.filter((incident) => seesIncident(this.#sight, incident)),
      removed: changes.removed,
    })
  }

  // A host comes with its open incidents, and leaves with them.
  #noteIncidentsOf(hostIds: ReadonlySet<number>): void {
    const open = this.#context.incidents
      .open()
      .filter(({ hostId }) => hostId !== null && hostIds.has(hostId))
    const isSeen = (incident: Incident) => seesIncident(this.#sight, incident)
    const removed = open.filter((incident) => !isSeen(incident)).map(({ id }) => id)
    this.#owedIncidents.add({ changed: open.filter(isSeen), removed })
    this.flushIncidents()
  }

  /** Sends the newest state of every incident that was noted. */
  flushIncidents(): void {
    if (!this.#isBehind()) this.#payIncidents()
  }

  noteCert(part: CertPart, hostIds: readonly number[] | undefined): void {
    if (seesAnyOf(this.#sight, hostIds)) this.#owedCert.add(part)
  }

  /** Says what of advisories is to be read again. */
  flushCert(): void {
    if (this.#owedCert.size === 0 || this.#isBehind()) return
    this.#send({ type: 'cert', changed: [...this.#owedCert] })
    this.#owedCert.clear()
  }

  /** Sends a frame of an open host at once, or remembers that it was missed. */
  sendFrame(hostId: number, frame: LiveFrame, bytes: Uint8Array): void {
    if (!this.#sight.sees(hostId)) return
    if (this.#isBehind()) {
      this.#context.metrics.dropped.inc()
      const since = this.#missedSince.get(hostId) ?? Infinity
      this.#missedSince.set(hostId, Math.min(since, frame.block.startMs))
      return
    }
    const { revision } = frame.block
    const sent = this.#tablesSent.get(hostId) ?? new Set()
    if (!sent.has(revision)) {
      sent.add(revision)
      this.#tablesSent.set(hostId, sent)
      this.#send({ type: 'series', host: hostId, revision, keys: [...frame.keys] })
    }
    this.#context.metrics.frames.inc({ kind: 'binary' })
    this.#socket.send(bytes, { binary: true })
  }

  sendSnapshot(hostId: number, snapshot: Snapshot): void {
    if (this.#sight.sees(hostId)) this.sendIfPrompt({ type: 'snapshot', host: hostId, snapshot })
  }

  /** Notes that a host has newer figures; returns whether this browser wants them. */
  noteFigures(hostId: number): boolean {
    if (!this.#figuresOf.has(hostId) || !this.#sight.sees(hostId)) return false
    this.#staleFigures.add(hostId)
    return true
  }

  /** Sends the newest figures of every host that has newer ones. */
  flushFigures(): void {
    if (this.#staleFigures.size === 0 || this.#isBehind()) return
    const hosts = [...this.#staleFigures].flatMap((id) => {
      const host = this.#context.fleet.host(id)
      const lastSeenMs = host?.seen.lastSeenMs
      if (!host?.figures || lastSeenMs === null || lastSeenMs === undefined) return []
      return [{ id, lastSeenMs, figures: host.figures }]
    })
    this.#staleFigures.clear()
    if (hosts.length > 0) this.#send({ type: 'figures', hosts })
  }

  /** Looks whether a slow browser has caught up, and then tells it what it missed. */
  catchUp(): void {
    if (!this.#isLagging) return
    if (this.#socket.bufferedAmount > this.#context.maxWaitingBytes * CAUGHT_UP_SHARE) return
    this.#isLagging = false
    for (const [host, sinceMs] of this.#missedSince) {
      if (this.#openHosts.has(host)) this.#send({ type: 'dropped', host, sinceMs })
    }
    this.#missedSince.clear()
    this.#payProblems()
    this.#payIncidents()
    this.flushCert()
    this.#payHosts()
    this.#payRecent()
    this.flushFigures()
  }

  #isBehind(): boolean {
    if (this.#closedAs !== undefined || this.#socket.readyState !== this.#socket.OPEN) return true
    this.#isLagging ||= this.#socket.bufferedAmount > this.#context.maxWaitingBytes
    return this.#isLagging
  }

  #payProblems(): void {
    if (!this.#owedProblems) return
    this.#send({ type: 'problems', problems: [...this.#owedProblems] })
    this.#owedProblems = undefined
  }

  #payIncidents(): void {
    const message = this.#owedIncidents.take()
    if (message) this.#send(message)
  }

  #payHosts(): void {
    const message = this.#owedHosts.take()
    if (message) this.#send(message)
  }

  #payRecent(): void {
    if (this.#owedRecent.size === 0 || this.#isBehind()) return
    const hosts = [...this.#owedRecent].flatMap((id) => {
      const recent = this.#context.fleet.host(id)?.recentCpu.read()
      return recent ? [{ id, ...recent, cpuRatio: [...recent.cpuRatio] }] : []
    })
    this.#owedRecent.clear()
    if (hosts.length > 0) this.#send({ type: 'recent', hosts })
  }

  #onMessage(data: RawData, isBinary: boolean): void {
    if (this.#closedAs !== undefined) return
    this.#heardAtMs = this.#context.clock.elapsedMs()
    const bytes = bytesOf(data)
    if (bytes.byteLength > MAX_BROWSER_FRAME_BYTES) this.close('tooLarge')
    else if (!this.#subscribes.take(this.#heardAtMs)) this.close('rateLimited')
    else {
      const message = isBinary ? undefined : parse(bytes.toString('utf8'))
      if (message) this.#subscribe(message)
      else this.close('malformed')
    }
  }

  #subscribe(message: Subscribe): void {
    const figures = new Set(message.figures.filter((id) => this.#sight.sees(id)))
    const open = new Set(message.hosts.filter((id) => this.#sight.sees(id)))
    const newFigures = [...figures].filter((id) => !this.#figuresOf.has(id))
    const newlyOpen = [...open].filter((id) => !this.#openHosts.has(id))
    this.#figuresOf = figures
    this.#openHosts = open
    for (const id of this.#staleFigures) if (!figures.has(id)) this.#staleFigures.delete(id)
    for (const id of newFigures) this.#staleFigures.add(id)
    this.#events.onSubscribed(this)
    this.flushFigures()
    void this.#recall(newFigures)
    for (const id of newlyOpen) this.#openHost(id)
  }

  // A few at a time: the first sparklines of a long list do not wait for the last.
  async #recall(ids: readonly number[]): Promise<void> {
    for (let first = 0; first < ids.length; first += RECALLED_AT_ONCE) {
      // The browser may have left meanwhile, or look elsewhere.
      if (this.#closedAs !== undefined) return
      const some = ids
        .slice(first, first + RECALLED_AT_ONCE)
        .filter((id) => this.#figuresOf.has(id) && this.#context.fleet.host(id) !== undefined)
      const outcomes = await Promise.allSettled(some.map((id) => this.#context.fleet.recall(id)))
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') continue
        const { log } = this.#context
        log.error({ err: outcome.reason as unknown }, 'the recent CPU of a host could not be read')
      }
      for (const id of some) if (this.#figuresOf.has(id)) this.#owedRecent.add(id)
      this.#payRecent()
    }
  }

  #openHost(id: number): void {
    const host = this.#context.fleet.host(id)
    if (host?.snapshot) this.sendSnapshot(id, host.snapshot)
    if (host?.latest) this.sendFrame(id, host.latest, addressed(id, host.latest.bytes))
  }

  #onSocketError(error: Error): void {
    const { log, metrics } = this.#context
    log.debug({ err: error.message }, 'browser socket error')
    const fault = faultOfFrame(error)
    if (fault === undefined || this.#closedAs !== undefined) return
    this.#closedAs = fault
    metrics.closes.inc({ close: fault })
    this.#events.onClosed(this)
  }

  #onClose(code: number): void {
    if (this.#closedAs !== undefined) return
    const { name } = closeCode(code)
    this.#closedAs = 'normal'
    this.#context.log.debug({ code, close: name }, 'browser left')
    this.#context.metrics.closes.inc({ close: name })
    this.#events.onClosed(this)
  }

  #send(message: LiveMessage): void {
    this.#context.metrics.frames.inc({ kind: message.type })
    this.#socket.send(JSON.stringify(message))
  }
}

const head = new ByteWriter(8)

/** A host's frame as browsers get it: the host's id as varint, then the block. */
export function addressed(hostId: number, block: Uint8Array): Uint8Array {
  head.reset()
  head.varint(hostId)
  const id = head.finish()
  const bytes = new Uint8Array(id.length + block.byteLength)
  bytes.set(id)
  bytes.set(block, id.length)
  return bytes
}

function parse(text: string): Subscribe | undefined {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return undefined
  }
  return messages.Check(content) ? content : undefined
}
