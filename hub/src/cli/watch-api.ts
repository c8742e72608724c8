// Owns watching a hub over its WebSocket `/live` (docs/protocol.md), and coming back to it.
import { setTimeout as delay } from 'node:timers/promises'
import type { HostSummary } from '@vigie/shared/api/host'
import { decodeBlock } from '@vigie/shared/codec/block'
import { ByteReader } from '@vigie/shared/codec/bytes'
import { closeCode } from '@vigie/shared/protocol/close-codes'
import type { LiveMessage, Subscribe } from '@vigie/shared/protocol/live'
import { LIVE_PROTOCOLS } from '@vigie/shared/protocol/version'
import { WebSocket } from 'ws'
import { CommandError } from './command-error.ts'
import type { HubApi } from './hub-api.ts'
import type { WatchListener, WatchOptions } from './watch-feed.ts'

const AGAIN_AFTER_MS = 2000
/** The hub beats every 5 s (rule L2): one that is silent for so long is not there, whatever its connection says. */
const SILENCE_MS = 12_000
/** What one subscription may name. */
const MAX_FIGURES = 500

/** Resolves when the signal says so. Throws a {@link CommandError} when the hub wants nothing of it. */
export async function watchApi(
  api: HubApi,
  listener: WatchListener,
  { listHosts, open, signal }: WatchOptions & { readonly listHosts: ListHosts },
): Promise<void> {
  const session = new WatchSession(listener, { open, listHosts })
  session.replace(await listHosts())
  const isOver = (): boolean => signal.aborted
  while (!isOver()) {
    const socket = new WebSocket(api.live.url, [...LIVE_PROTOCOLS], { headers: api.live.headers })
    const leave = (): void => socket.terminate()
    signal.addEventListener('abort', leave, { once: true })
    const words = await session.run(socket)
    signal.removeEventListener('abort', leave)
    if (isOver()) return
    listener.onTrouble(`${api.live.url.host} ${words}; trying again`)
    await delay(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined)
  }
}

type ListHosts = () => Promise<readonly HostSummary[]>

class WatchSession {
  readonly #listener: WatchListener
  readonly #open: HostSummary | undefined
  readonly #listHosts: ListHosts
  readonly #hosts = new Map<number, HostSummary>()
  #isAgain = false
  #tables = new Map<number, readonly string[]>()

  constructor(
    listener: WatchListener,
    { open, listHosts }: { open: HostSummary | undefined; listHosts: ListHosts },
  ) {
    this.#listener = listener
    this.#open = open
    this.#listHosts = listHosts
  }

  /** All hosts that there are. */
  replace(hosts: readonly HostSummary[]): void {
    const there = new Set(hosts.map(({ id }) => id))
    this.#tell(hosts)
    this.#remove([...this.#hosts.keys()].filter((id) => !there.has(id)))
  }

  /** Resolves with why it ended. */
  run(socket: WebSocket): Promise<string> {
    this.#tables = new Map()
    let words = 'closed the connection'
    const end = (why: string): void => {
      words = why
      socket.terminate()
    }
    const silence = setTimeout(() => end('says nothing'), SILENCE_MS)
    socket.on('open', () => {
      if (this.#isAgain) {
        // What happened while nothing was heard is told by no message.
        this.#listHosts()
          .then((hosts) => this.replace(hosts))
          .catch(() => end('does not list its hosts'))
          .finally(() => this.#subscribe(socket))
      } else this.#subscribe(socket)
      this.#isAgain = true
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      silence.refresh()
      try {
        this.#read(socket, data, isBinary)
      } catch {
        end('says what this version does not understand')
      }
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      words = `does not answer (${error.code ?? error.message})`
    })
    return new Promise((resolve, reject) => {
      socket.on('close', (code) => {
        clearTimeout(silence)
        const { name, meaning } = closeCode(code)
        if (name === 'signedOut') reject(new CommandError(`the hub refused: ${meaning}`))
        else resolve(words)
      })
    })
  }

  #subscribe(socket: WebSocket): void {
    const ids = this.#open ? [this.#open.id] : [...this.#hosts.keys()]
    const message: Subscribe = {
      type: 'subscribe',
      figures: ids.slice(0, MAX_FIGURES),
      hosts: this.#open ? [this.#open.id] : [],
    }
    socket.send(JSON.stringify(message))
  }

  #read(socket: WebSocket, data: Buffer, isBinary: boolean): void {
    if (!isBinary) {
      this.#hear(socket, JSON.parse(data.toString()) as LiveMessage)
      return
    }
    const reader = new ByteReader(data)
    const hostId = reader.varint()
    const block = decodeBlock(data.subarray(reader.offset))
    const keys = this.#tables.get(block.revision)
    if (keys && hostId === this.#open?.id) this.#listener.onTicks({ keys, block })
  }

  #hear(socket: WebSocket, message: LiveMessage): void {
    switch (message.type) {
      case 'beat':
        this.#listener.onTrouble(null)
        break
      case 'hosts': {
        const isNew = message.changed.some(({ id }) => !this.#hosts.has(id))
        this.#tell(message.changed)
        this.#remove(message.removed)
        if (isNew && !this.#open) this.#subscribe(socket)
        break
      }
      case 'figures':
        this.#tell(
          message.hosts.flatMap(({ id, lastSeenMs, figures }) => {
            const known = this.#hosts.get(id)
            return known ? [{ ...known, lastSeenMs, figures }] : []
          }),
        )
        break
      case 'recent':
        for (const { id, ...recent } of message.hosts) this.#listener.onRecent(id, recent)
        break
      case 'series':
        this.#tables.set(message.revision, message.keys)
        break
      case 'snapshot':
      case 'dropped':
      case 'problems':
      case 'incidents':
      case 'cert':
        break
    }
  }

  #remove(hostIds: readonly number[]): void {
    if (hostIds.length === 0) return
    for (const id of hostIds) this.#hosts.delete(id)
    this.#listener.onRemoved(hostIds)
  }

  #tell(hosts: readonly HostSummary[]): void {
    for (const host of hosts) this.#hosts.set(host.id, host)
    this.#listener.onHosts(hosts)
  }
}
