// Owns the only way out that the browser has: a proxy on loopback that lets through one host and port, the source's own, and only
// so many bytes; where the company has a proxy, through that. Redirects, refreshes, prefetches and what Chromium does for itself all end here, so that nothing that a page
// contains can reach the hub or the network that it stands in.
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { openTunnel, refusal, requestThrough, unreachable } from '../proxy-request.ts'

const MAX_CONNECTIONS = 64
const MAX_REMEMBERED = 20

export interface EgressGate {
  /** To be given to the browser. */
  readonly proxyUrl: string
  /** The addresses that were asked for and refused since the last step, `host:port`, the first few. */
  readonly refused: readonly string[]
  /** More has come than the step that is under way allows. */
  readonly isExceeded: boolean
  /** Why the company's proxy let nothing through in the step that is under way. */
  readonly proxyFault: string | undefined
  /** From now on, that many bytes. The signal is aborted when more has come, and all connections with it. */
  beginStep(maxBytes: number): AbortSignal
  /** No more than that many bytes in the step that is under way, with those that have come. */
  narrow(maxBytes: number): void
  close(): Promise<void>
}

export async function openEgressGate(source: URL, proxy?: URL): Promise<EgressGate> {
  const { hostname, port } = withPort(source)
  const sockets = new Set<Duplex>()
  const refused = new Set<string>()
  let allowedBytes = 0
  let spentBytes = 0
  let exceeding = new AbortController()
  let proxyFault: string | undefined

  const hold = (socket: Duplex): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  }
  const refuse = (address: string, socket: Duplex): void => {
    if (refused.size < MAX_REMEMBERED) refused.add(address.slice(0, 200))
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  }
  const spend = (bytes: number): void => {
    spentBytes += bytes
    if (spentBytes <= allowedBytes) return
    for (const socket of sockets) socket.destroy()
    exceeding.abort()
  }
  const isSource = (url: URL | null): boolean =>
    url?.protocol === source.protocol && url.hostname === hostname && withPort(url).port === port

  function forward(incoming: IncomingMessage, answer: ServerResponse): void {
    const url = URL.parse(incoming.url ?? '')
    if (!url || !isSource(url)) {
      refuse(url?.host ?? '?', incoming.socket)
      return
    }
    const headers = { ...incoming.headers }
    delete headers['proxy-connection']
    delete headers['proxy-authorization']
    const { method } = incoming
    const outgoing = proxy
      ? requestThrough(proxy, url, { method, headers })
      : request(url, { method, headers, agent: false })
    // Not a status of our own making: it would look like one of the source's.
    let isAnswered = false
    outgoing.on('error', (error) => {
      if (proxy && !isAnswered) proxyFault ??= unreachable(proxy, error).message
      answer.destroy()
    })
    outgoing.on('response', (response) => {
      isAnswered = true
      if (proxy && response.statusCode === 407) {
        proxyFault = refusal(proxy, 407).message
        outgoing.destroy()
        answer.destroy()
        return
      }
      response.on('error', () => answer.destroy())
      response.on('data', (chunk: Buffer) => spend(chunk.length))
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
      response.on('close', () => {
        if (!response.complete) answer.destroy()
      })
    })
    answer.on('close', () => outgoing.destroy())
    incoming.pipe(outgoing)
  }

  function tunnel({ url = '' }: IncomingMessage, client: Duplex): void {
    hold(client)
    const asked = URL.parse(`${source.protocol}//${url}`)
    if (asked?.hostname !== hostname || withPort(asked).port !== port) {
      refuse(url, client)
      return
    }
    if (proxy) {
      void tunnelThrough(proxy, client)
      return
    }
    const server = connect({ host: hostname.replace(/^\[|\]$/g, ''), port })
    server.once('connect', () => join(client, server))
    tie(client, server)
  }

  async function tunnelThrough(proxy: URL, client: Duplex): Promise<void> {
    const left = new AbortController()
    client.once('close', () => left.abort())
    try {
      const server = await openTunnel(proxy, { hostname, port }, left.signal)
      tie(client, server)
      join(client, server)
    } catch (error) {
      // Who closed meanwhile does not ask.
      if (!left.signal.aborted) proxyFault = (error as Error).message
      client.destroy()
    }
  }

  function tie(client: Duplex, server: Socket): void {
    hold(server)
    server.on('data', (chunk: Buffer) => spend(chunk.length))
    server.once('close', () => client.destroy())
    client.once('close', () => server.destroy())
  }

  function join(client: Duplex, server: Socket): void {
    client.write('HTTP/1.1 200 Connection established\r\n\r\n')
    server.pipe(client)
    client.pipe(server)
  }

  const gate = createServer(forward)
  gate.maxConnections = MAX_CONNECTIONS
  gate.on('connection', hold)
  gate.on('connect', tunnel)
  gate.listen(0, '127.0.0.1')
  await once(gate, 'listening')

  return {
    proxyUrl: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    get refused() {
      return [...refused]
    },
    get isExceeded() {
      return spentBytes > allowedBytes
    },
    get proxyFault() {
      return proxyFault
    },
    beginStep(maxBytes) {
      allowedBytes = maxBytes
      spentBytes = 0
      refused.clear()
      proxyFault = undefined
      exceeding = new AbortController()
      return exceeding.signal
    },
    narrow(maxBytes) {
      allowedBytes = Math.min(allowedBytes, maxBytes)
      spend(0)
    },
    async close() {
      if (!gate.listening) return
      const closed = once(gate, 'close')
      gate.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function withPort(url: URL): { hostname: string; port: number } {
  return {
    hostname: url.hostname,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
  }
}
