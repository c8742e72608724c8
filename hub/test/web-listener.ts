// A web server for tests of what the hub calls: it answers as it is told to and keeps what it was asked.
import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface Answer {
  readonly status: number
  readonly body?: string
  readonly headers?: OutgoingHttpHeaders
}

export interface Call {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** `silent` never answers, `dropping` ends the connection. */
export type Manner = Answer | 'silent' | 'dropping'

/** Until the test ends. Emits `call` for each. */
export async function startWebListener(manner: Manner = { status: 204 }) {
  const calls: Call[] = []
  const listener = Object.assign(new EventEmitter(), {
    manner,
    calls,
    url: new URL('http://127.0.0.1'),
    /** Resolves when it was called that often. */
    async isCalled(times: number): Promise<void> {
      while (calls.length < times) await once(listener, 'call')
    },
  })
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url = '', headers } = request
      calls.push({ method, path: url, headers, body })
      const { manner: now } = listener
      if (now === 'dropping') response.destroy()
      else if (now !== 'silent') response.writeHead(now.status, now.headers).end(now.body)
      listener.emit('call')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  listener.url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/s3cret`)
  return listener
}
