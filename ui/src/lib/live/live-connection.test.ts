// L1 to L5 of docs/protocol.md, from the browser's side, against a real WebSocket server.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { LiveMessage, Subscribe } from '@vigie/shared/protocol/live'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { LiveConnection, type HostListener } from './live-connection.svelte.ts'

/** A hub's `/live` that a test drives by hand. */
class Hub {
  readonly #server: WebSocketServer
  #waiting: ServerSocket[] = []
  offered: string[] = []

  constructor(port = 0) {
    this.#server = new WebSocketServer({
      host: '127.0.0.1',
      port,
      handleProtocols: (protocols) => {
        this.offered = [...protocols]
        return this.offered[0] ?? false
      },
    })
    this.#server.on('connection', (socket) => this.#waiting.push(socket))
  }

  async url(): Promise<string> {
    if (this.#server.address() === null) await once(this.#server, 'listening')
    return `ws://127.0.0.1:${this.port}`
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async accept(): Promise<ServerSocket> {
    if (this.#waiting.length === 0) await once(this.#server, 'connection')
    const socket = this.#waiting.shift()
    if (!socket) throw new Error('no connection')
    return socket
  }

  async close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

const say = (socket: ServerSocket, message: LiveMessage) => socket.send(JSON.stringify(message))
const beat = (timeMs = Date.now()): LiveMessage => ({ type: 'beat', timeMs, hubVersion: '9.9.9' })

async function heard(socket: ServerSocket): Promise<Subscribe> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return JSON.parse(data.toString('utf8')) as Subscribe
}

function listener(): HostListener & { calls: unknown[][] } {
  const calls: unknown[][] = []
  const note =
    (name: string) =>
    (...args: unknown[]) =>
      void calls.push([name, ...args])
  return {
    calls,
    onTable: note('table'),
    onBlock: note('block'),
    onSnapshot: note('snapshot'),
    onDropped: note('dropped'),
    onReconnect: note('reconnect'),
  }
}

const quick = { settleMs: 0, maxRetryMs: 20 }
let hub: Hub
let live: LiveConnection

beforeEach(async () => {
  hub = new Hub()
  live = new LiveConnection(await hub.url(), quick)
})

afterEach(async () => {
  live.close()
  await hub.close()
})

async function connected(): Promise<ServerSocket> {
  live.start()
  const socket = await hub.accept()
  const first = heard(socket)
  say(socket, beat())
  await first
  return socket
}

describe('the live connection', () => {
  it('F5 offers its protocol, and L2 is live from the first beat on', async () => {
    live.start()
    const socket = await hub.accept()
    expect(hub.offered).toEqual(['vigie.live.1'])
    expect(live.status).toBe('connecting')
    say(socket, beat(Date.now() + 3_600_000))
    await vi.waitFor(() => expect(live.status).toBe('live'))
    expect(live.hubVersion).toBe('9.9.9')
    expect(live.hubNowMs() - Date.now()).toBeGreaterThan(3_500_000)
  })

  it('L3 subscribes to all that is wanted, once for many wishes', async () => {
    live.watchFigures([1, 2])
    live.openHost(7, listener())
    live.start()
    const socket = await hub.accept()
    const first = heard(socket)
    say(socket, beat())
    expect(await first).toEqual({ type: 'subscribe', figures: [1, 2], hosts: [7] })

    const second = heard(socket)
    live.watchFigures([2, 3])
    const close = live.openHost(8, listener())
    close()
    live.openHost(9, listener())
    expect(await second).toEqual({ type: 'subscribe', figures: [2, 3], hosts: [7, 9] })
  })

  it('L3 is told of the hosts in sight while they keep changing', async () => {
    live = new LiveConnection(await hub.url(), { ...quick, settleMs: 60 })
    const socket = await connected()
    const next = heard(socket)
    let id = 1
    const scrolling = setInterval(() => live.watchFigures([id++]), 10)
    try {
      expect(await next).toMatchObject({ type: 'subscribe', hosts: [] })
    } finally {
      clearInterval(scrolling)
    }
  })

  it('L3 hands tables and blocks to the page that has their host open, and to no other', async () => {
    const mine = listener()
    const other = listener()
    live.openHost(300, mine)
    live.openHost(7, other)
    const socket = await connected()
    const table: LiveMessage = {
      type: 'series',
      host: 300,
      revision: 5,
      keys: ['system.uptime'],
    }
    say(socket, table)
    // 300 as a varint, then the block.
    socket.send(Uint8Array.of(0xac, 0x02, 1, 2, 3))
    say(socket, { type: 'dropped', host: 300, sinceMs: 42 })
    await vi.waitFor(() => expect(mine.calls).toHaveLength(3))
    expect(mine.calls).toEqual([
      ['table', { ...table }],
      ['block', Uint8Array.of(1, 2, 3)],
      ['dropped', 42],
    ])
    expect(other.calls).toEqual([])
  })

  it('says that the hub is away since it was last heard, comes back, and tells who must catch up', async () => {
    const mine = listener()
    live.openHost(7, mine)
    const socket = await connected()
    const { port } = hub
    socket.terminate()
    await hub.close()
    await vi.waitFor(() => expect(live.status).toBe('away'))
    expect(live.awaySinceMs).toBeLessThanOrEqual(Date.now())

    hub = new Hub(port)
    await hub.url()
    const again = await hub.accept()
    const resubscribed = heard(again)
    say(again, beat())
    expect(await resubscribed).toMatchObject({ hosts: [7] })
    expect(live.status).toBe('live')
    expect(live.awaySinceMs).toBeNull()
    expect(mine.calls).toEqual([['reconnect']])
  })

  it("keeps the hub's time while it is away, and takes it anew when it is back", async () => {
    live.start()
    const socket = await hub.accept()
    say(socket, beat(Date.now() - 3_600_000))
    await vi.waitFor(() => expect(live.status).toBe('live'))
    socket.terminate()
    await vi.waitFor(() => expect(live.status).toBe('away'))
    const sinceMs = live.awaySinceMs ?? NaN
    expect(live.hubNowMs() - sinceMs).toBeLessThan(60_000)

    // The clock of one of them was put right meanwhile.
    say(await hub.accept(), beat(Date.now() - 7_200_000))
    await vi.waitFor(() => expect(live.status).toBe('live'))
    expect(live.hubNowMs()).toBeLessThan(sinceMs)
  })

  it('L7 takes the first incidents of each connection for all that are open', async () => {
    const calls: unknown[] = []
    live.watchIncidents({
      onIncidents: ({ removed }, isAll) => calls.push([removed, isAll]),
    })
    const tell = (socket: ServerSocket, id: number) =>
      say(socket, { type: 'incidents', changed: [], removed: [id] })
    const socket = await connected()
    tell(socket, 1)
    tell(socket, 2)
    await vi.waitFor(() => expect(calls).toHaveLength(2))
    socket.terminate()
    const again = await hub.accept()
    say(again, beat())
    tell(again, 3)
    await vi.waitFor(() => expect(calls).toHaveLength(3))
    expect(calls).toEqual([
      [[1], true],
      [[2], false],
      [[3], true],
    ])
  })

  it('gives up a hub that is connected and silent', async () => {
    live.close()
    live = new LiveConnection(await hub.url(), { ...quick, silenceMs: 30 })
    await connected()
    const second = await hub.accept()
    expect(second.readyState).toBe(second.OPEN)
  })

  it('L1 stays away once signed out', async () => {
    live.start()
    const socket = await hub.accept()
    socket.close(4430, 'signedOut')
    await vi.waitFor(() => expect(live.status).toBe('signed-out'))
  })

  it('asks for nothing while nobody looks, and catches up afterwards', async () => {
    const mine = listener()
    live.openHost(7, mine)
    const socket = await connected()
    const idle = heard(socket)
    live.setIdle(true)
    expect(await idle).toEqual({ type: 'subscribe', figures: [], hosts: [] })
    const back = heard(socket)
    live.setIdle(false)
    expect(await back).toMatchObject({ hosts: [7] })
    expect(mine.calls).toEqual([['reconnect']])
  })

  it.each(['not json', Uint8Array.of(0xff)])(
    'F2 closes on a frame like %s and comes back',
    async (frame) => {
      const socket = await connected()
      const closed = once(socket, 'close')
      socket.send(frame)
      expect((await closed)[0]).toBe(4400)
      say(await hub.accept(), beat())
      await vi.waitFor(() => expect(live.status).toBe('live'))
    },
  )
})
