// Owns the fan-out to browsers: which sessions watch which host, and the cadence of what they are sent.
import type { HostSummary } from '@vigie/shared/api/host'
import type { HubProblem } from '@vigie/shared/api/hub-state'
import { IDLE_TIMEOUT_MS } from '@vigie/shared/protocol/limits'
import type { Snapshot } from '@vigie/shared/protocol/inventory'
import type { CertPart } from '@vigie/shared/protocol/live'
import type { WebSocket } from 'ws'
import { addressed, LiveSession, type LiveContext } from './live-session.ts'
import type { IncidentChanges, LiveCert, LiveFrame, LiveHubState, Sight } from './ports.ts'

export interface LiveOptions extends LiveContext {
  readonly hubVersion: string
  readonly hubState: LiveHubState
  readonly cert: LiveCert
}

const BEAT_EVERY_MS = 5000
const FIGURES_EVERY_MS = 250
/** Hosts tick together, on the second: waiting this long puts many into the first message. */
const FIGURES_FIRST_MS = 20
const INCIDENTS_EVERY_MS = 250
/** Each message has every open page read again. */
const CERT_EVERY_MS = 500
const PING_AFTER_MS = IDLE_TIMEOUT_MS / 3

/** Has timers; {@link Live.close} ends every session, also one that opens later. Nothing here throws into its callers or waits for a browser. */
export class Live {
  readonly #options: LiveOptions
  readonly #sessions = new Set<LiveSession>()
  readonly #watchers = new Map<number, Set<LiveSession>>()
  readonly #stopListening: readonly (() => void)[]
  readonly #beatTimer: NodeJS.Timeout
  readonly #catchUpTimer: NodeJS.Timeout
  #figuresTimer: NodeJS.Timeout | undefined
  #figuresSentMs = -Infinity
  #incidentsTimer: NodeJS.Timeout | undefined
  #certTimer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(options: LiveOptions) {
    this.#options = options
    const { fleet, hubState, incidents, cert } = options
    this.#stopListening = [
      fleet.listen({
        onHostsChanged: (hosts) => this.#onHostsChanged(hosts),
        onHostsRemoved: (ids) => this.#onHostsRemoved(ids),
        onFigures: (hostId) => this.#onFigures(hostId),
      }),
      hubState.onChange((problems) => this.#onProblems(problems)),
      incidents.onChange((changes) => this.#onIncidents(changes)),
      cert.onChange((part, hostIds) => this.#onCert(part, hostIds)),
    ]
    this.#beatTimer = setInterval(() => this.#beat(), BEAT_EVERY_MS).unref()
    this.#catchUpTimer = setInterval(() => this.#catchUp(), FIGURES_EVERY_MS).unref()
  }

  /** Takes the socket of somebody who is signed in, and who is told of the hosts in their sight alone. */
  open(socket: WebSocket, sight: Sight): LiveSession {
    const session = new LiveSession(socket, sight, this.#options, {
      onSubscribed: (subscribed) => this.#watch(subscribed),
      onClosed: (closed) => this.#forget(closed),
    })
    this.#sessions.add(session)
    this.#options.metrics.sessions.set(this.#sessions.size)
    session.sendIfPrompt(this.#beatMessage())
    session.sendProblems(this.#options.hubState.problems())
    session.noteIncidents({ changed: this.#options.incidents.open(), removed: [] })
    session.flushIncidents()
    // An upgrade that was under way when the hub began to stop would keep it from ending.
    if (this.#isClosed) session.close('hubStopping')
    return session
  }

  /** Sends a host's frame to the pages that have it open, now. */
  sendFrame(hostId: number, frame: LiveFrame): void {
    const watchers = this.#watchers.get(hostId)
    if (!watchers?.size) return
    const bytes = addressed(hostId, frame.bytes)
    for (const session of watchers) session.sendFrame(hostId, frame, bytes)
  }

  sendSnapshot(hostId: number, snapshot: Snapshot): void {
    for (const session of this.#watchers.get(hostId) ?? []) session.sendSnapshot(hostId, snapshot)
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#beatTimer)
    clearInterval(this.#catchUpTimer)
    clearTimeout(this.#figuresTimer)
    clearTimeout(this.#incidentsTimer)
    clearTimeout(this.#certTimer)
    for (const stop of this.#stopListening) stop()
    for (const session of this.#sessions) session.close('hubStopping')
  }

  #onHostsChanged(hosts: readonly HostSummary[]): void {
    for (const session of this.#sessions) session.sendHosts(hosts)
  }

  #onHostsRemoved(ids: readonly number[]): void {
    for (const session of this.#sessions) session.sendRemoved(ids)
  }

  #onProblems(problems: readonly HubProblem[]): void {
    for (const session of this.#sessions) session.sendProblems(problems)
  }

  #onIncidents(changes: IncidentChanges): void {
    for (const session of this.#sessions) session.noteIncidents(changes)
    this.#incidentsTimer ??= setTimeout(() => {
      this.#incidentsTimer = undefined
      for (const session of this.#sessions) session.flushIncidents()
    }, INCIDENTS_EVERY_MS)
  }

  #onCert(part: CertPart, hostIds: readonly number[] | undefined): void {
    for (const session of this.#sessions) session.noteCert(part, hostIds)
    this.#certTimer ??= setTimeout(() => {
      this.#certTimer = undefined
      for (const session of this.#sessions) session.flushCert()
    }, CERT_EVERY_MS)
  }

  #onFigures(hostId: number): void {
    let isWanted = false
    for (const session of this.#sessions) if (session.noteFigures(hostId)) isWanted = true
    if (!isWanted || this.#figuresTimer) return
    const sinceMs = performance.now() - this.#figuresSentMs
    const delayMs = Math.max(FIGURES_FIRST_MS, FIGURES_EVERY_MS - sinceMs)
    this.#figuresTimer = setTimeout(() => {
      this.#figuresTimer = undefined
      this.#figuresSentMs = performance.now()
      for (const session of this.#sessions) session.flushFigures()
    }, delayMs)
  }

  #beat(): void {
    const atMs = this.#options.clock.elapsedMs()
    for (const session of this.#sessions) {
      session.sendIfPrompt(this.#beatMessage())
      const silentMs = atMs - session.heardAtMs
      if (silentMs >= IDLE_TIMEOUT_MS) session.close('timeout')
      else if (silentMs >= PING_AFTER_MS) session.ping()
    }
  }

  #beatMessage() {
    const { clock, hubVersion } = this.#options
    return { type: 'beat', timeMs: clock.nowMs(), hubVersion } as const
  }

  #catchUp(): void {
    for (const session of this.#sessions) session.catchUp()
  }

  #watch(session: LiveSession): void {
    this.#unwatch(session)
    for (const host of session.openHosts) {
      const sessions = this.#watchers.get(host) ?? new Set()
      this.#watchers.set(host, sessions.add(session))
    }
  }

  #unwatch(session: LiveSession): void {
    for (const [host, sessions] of this.#watchers) {
      if (sessions.delete(session) && sessions.size === 0) this.#watchers.delete(host)
    }
  }

  #forget(session: LiveSession): void {
    this.#sessions.delete(session)
    this.#unwatch(session)
    this.#options.metrics.sessions.set(this.#sessions.size)
  }
}
