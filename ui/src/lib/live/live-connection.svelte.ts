// Owns the page's one socket to the hub: what it wants, what it hears, and when it comes back (docs/protocol.md, L1 to L5).
import { CLOSE, closeCode } from '@vigie/shared/protocol/close-codes'
import type { CertPart, LiveMessage } from '@vigie/shared/protocol/live'
import { LIVE_PROTOCOLS } from '@vigie/shared/protocol/version'
import { HubClock } from './hub-clock.ts'
import { readFrame } from './live-frame.ts'
import { Subscription, type HostListener } from './subscription.ts'

export type { HostListener }

/** `away`: the hub was heard and is not any more, or never answered; the connection keeps trying. */
export type LiveStatus = 'connecting' | 'live' | 'away' | 'signed-out'

type MessageOf<T extends LiveMessage['type']> = Extract<LiveMessage, { type: T }>

/** What the fleet is told. */
export interface FleetListener {
  onHosts(message: MessageOf<'hosts'>): void
  onFigures(message: MessageOf<'figures'>): void
  onRecent(message: MessageOf<'recent'>): void
  /** Changes may have been missed; fetch the list. */
  onReconnect(): void
}

/** What is told of incidents. */
export interface IncidentListener {
  /** `isAll`: it has every incident that is open, and replaces what was known. */
  onIncidents(message: MessageOf<'incidents'>, isAll: boolean): void
}

/** Is told what is to be read again of advisories and their watch: both after a time in which changes may have been missed. */
export type CertListener = (changed: readonly CertPart[]) => void

export interface LiveOptions {
  /** How long a silent hub is believed; it beats every 5 s. */
  readonly silenceMs?: number
  /** The longest wait between two attempts. */
  readonly maxRetryMs?: number
  /** How long changes of the subscription are gathered before they are sent. */
  readonly settleMs?: number
}

const FIRST_RETRY_MS = 500
/** Between two subscriptions: the hub closes on who sends more than five a second for long. */
const SUBSCRIBE_EVERY_MS = 250

export class LiveConnection {
  status = $state<LiveStatus>('connecting')
  /** When the hub was last heard, by its own clock, while it is away; null otherwise. */
  awaySinceMs = $state<number | null>(null)
  /** What is wrong with the hub itself. */
  problems = $state.raw<MessageOf<'problems'>['problems']>([])
  hubVersion = $state<string | null>(null)

  readonly #url: string
  readonly #silenceMs: number
  readonly #maxRetryMs: number
  readonly #settleMs: number
  readonly #clock = new HubClock()
  readonly #subscription = new Subscription()
  // Nothing renders from it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #fleet = new Set<FleetListener>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #incidents = new Set<IncidentListener>()
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #cert = new Set<CertListener>()
  /** The next message about incidents is the first of its connection. */
  #awaitsAllIncidents = true
  #socket: WebSocket | null = null
  #isClosed = true
  #isIdle = false
  #wasLive = false
  #attempts = 0
  #subscribedAtMs = 0
  #lastHeardMs = Date.now()
  #retryTimer: ReturnType<typeof setTimeout> | undefined
  #silenceTimer: ReturnType<typeof setTimeout> | undefined
  #settleTimer: ReturnType<typeof setTimeout> | undefined

  constructor(url: string, options: LiveOptions = {}) {
    this.#url = url
    this.#silenceMs = options.silenceMs ?? 12_000
    this.#maxRetryMs = options.maxRetryMs ?? 8000
    this.#settleMs = options.settleMs ?? 120
  }

  /** Connects, and keeps connected until {@link close}. */
  start(): void {
    if (!this.#isClosed) return
    this.#isClosed = false
    this.status = 'connecting'
    this.#connect()
  }

  /** Idempotent. Nothing is heard afterwards; what was subscribed to is kept for the next start. */
  close(): void {
    this.#isClosed = true
    this.#dropSocket()
    this.#attempts = 0
    this.#wasLive = false
    this.status = 'connecting'
    this.awaySinceMs = null
  }

  /** Tries now instead of at the next turn: the network or the person came back. */
  retryNow(): void {
    if (this.#isClosed || this.status !== 'away') return
    this.#attempts = 0
    this.#connect()
  }

  /** The hub's clock in epoch milliseconds, as it was last heard; this browser's before the first beat. */
  hubNowMs(): number {
    return this.#clock.nowMs()
  }

  /** Replaces the hosts whose figures are wanted. */
  watchFigures(ids: readonly number[]): void {
    if (this.#subscription.watchFigures(ids)) this.#settle()
  }

  /** Opens a host; the answer closes it again. */
  openHost(id: number, listener: HostListener): () => void {
    if (this.#subscription.open(id, listener)) this.#settle()
    return () => {
      if (this.#subscription.close(id, listener)) this.#settle()
    }
  }

  /** Listens to the fleet; the answer stops listening. */
  watchFleet(listener: FleetListener): () => void {
    this.#fleet.add(listener)
    return () => this.#fleet.delete(listener)
  }

  /** Listens to incidents; the answer stops listening. */
  watchIncidents(listener: IncidentListener): () => void {
    this.#incidents.add(listener)
    return () => this.#incidents.delete(listener)
  }

  /** Listens to advisories; the answer stops listening. */
  watchCert(listener: CertListener): () => void {
    this.#cert.add(listener)
    return () => this.#cert.delete(listener)
  }

  /** An idle page (nobody looks) asks for nothing; when it is looked at again, listeners catch up. */
  setIdle(isIdle: boolean): void {
    if (this.#isIdle === isIdle) return
    this.#isIdle = isIdle
    this.#subscribeNow()
    if (!isIdle && this.status === 'live') this.#tellReconnected()
  }

  #connect(): void {
    this.#dropSocket()
    this.#attempts++
    this.#awaitsAllIncidents = true
    const socket = new WebSocket(this.#url, [...LIVE_PROTOCOLS])
    socket.binaryType = 'arraybuffer'
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => {
      this.#hear(event.data)
    }
    socket.onclose = (event) => {
      this.#lose(event.code)
    }
    this.#socket = socket
    this.#watchSilence()
  }

  #dropSocket(code: number = CLOSE.normal.code): void {
    clearTimeout(this.#retryTimer)
    clearTimeout(this.#silenceTimer)
    clearTimeout(this.#settleTimer)
    this.#settleTimer = undefined
    const socket = this.#socket
    this.#socket = null
    if (!socket) return
    socket.onmessage = null
    socket.onclose = null
    socket.close(code)
  }

  #hear(data: string | ArrayBuffer): void {
    const frame = readFrame(data)
    if (!frame) {
      this.#lose(CLOSE.malformed.code)
      return
    }
    this.#lastHeardMs = this.hubNowMs()
    this.#watchSilence()
    if (frame.kind === 'message') this.#hearMessage(frame.message)
    else this.#tellHost(frame.host, (listener) => listener.onBlock(frame.bytes))
  }

  #hearMessage(message: LiveMessage): void {
    switch (message.type) {
      case 'beat':
        this.#beat(message)
        return
      case 'hosts':
        for (const listener of this.#fleet) listener.onHosts(message)
        return
      case 'figures':
        for (const listener of this.#fleet) listener.onFigures(message)
        return
      case 'recent':
        for (const listener of this.#fleet) listener.onRecent(message)
        return
      case 'series':
        this.#tellHost(message.host, (listener) => listener.onTable(message))
        return
      case 'snapshot':
        this.#tellHost(message.host, (listener) => listener.onSnapshot(message.snapshot))
        return
      case 'dropped':
        this.#tellHost(message.host, (listener) => listener.onDropped(message.sinceMs))
        return
      case 'problems':
        this.problems = message.problems
        return
      case 'incidents':
        for (const listener of this.#incidents) {
          listener.onIncidents(message, this.#awaitsAllIncidents)
        }
        this.#awaitsAllIncidents = false
        return
      case 'cert':
        for (const listener of this.#cert) listener(message.changed)
    }
  }

  #tellHost(id: number, tell: (listener: HostListener) => void): void {
    for (const listener of this.#subscription.listenersOf(id)) tell(listener)
  }

  #beat(beat: MessageOf<'beat'>): void {
    if (this.status !== 'live') this.#clock.reset()
    this.#clock.hear(beat.timeMs)
    this.#lastHeardMs = beat.timeMs
    this.hubVersion = beat.hubVersion
    if (this.status === 'live') return
    this.status = 'live'
    this.awaySinceMs = null
    this.#attempts = 0
    this.#subscribeNow()
    if (this.#wasLive) this.#tellReconnected()
    this.#wasLive = true
  }

  #tellReconnected(): void {
    for (const listener of this.#fleet) listener.onReconnect()
    for (const listener of this.#subscription.allListeners()) listener.onReconnect()
    for (const listener of this.#cert) listener(['advisories', 'watch'])
  }

  // Codes of our own say why this side closes; those that the network made cannot be sent.
  #lose(code: number): void {
    this.#dropSocket(code >= 4000 ? code : CLOSE.normal.code)
    if (code === CLOSE.signedOut.code) {
      this.close()
      this.status = 'signed-out'
      return
    }
    this.status = 'away'
    this.awaySinceMs ??= this.#lastHeardMs
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retryMs(code))
  }

  // Full jitter, so that the browsers of a whole team do not return in one instant.
  #retryMs(code: number): number {
    const ceiling = Math.min(this.#maxRetryMs, FIRST_RETRY_MS * 2 ** (this.#attempts - 1))
    return closeCode(code).retry === 'slowly' ? this.#maxRetryMs : ceiling * Math.random()
  }

  #watchSilence(): void {
    clearTimeout(this.#silenceTimer)
    this.#silenceTimer = setTimeout(() => this.#lose(CLOSE.timeout.code), this.#silenceMs)
  }

  // Not put off by further changes: a page that scrolls on and on is told of its hosts meanwhile.
  #settle(): void {
    const nextMs = this.#subscribedAtMs + SUBSCRIBE_EVERY_MS - performance.now()
    const waitMs = Math.max(this.#settleMs, nextMs)
    this.#settleTimer ??= setTimeout(() => this.#subscribeNow(), waitMs)
  }

  #subscribeNow(): void {
    clearTimeout(this.#settleTimer)
    this.#settleTimer = undefined
    if (this.status !== 'live') return
    this.#subscribedAtMs = performance.now()
    this.#socket?.send(JSON.stringify(this.#subscription.message(this.#isIdle)))
  }
}
