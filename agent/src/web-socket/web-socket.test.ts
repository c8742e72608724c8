import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws'
import { WebSocket } from './web-socket.ts'

type Said = string | Buffer

function dial(port: number) {
  const said: Said[] = []
  let protocol: string | undefined
  let ended: { code: number; detail: string } | undefined
  let wake: () => void = () => undefined
  const happened = (what?: Said) => {
    if (what !== undefined) said.push(what)
    wake()
  }
  const socket = new WebSocket(new URL(`ws://127.0.0.1:${port}/agent?a=1`), {
    protocols: ['two', 'one'],
    maxMessageBytes: 200_000,
    onOpen(chosen) {
      protocol = chosen
      happened('open')
    },
    onMessage: (payload, isBinary) => happened(isBinary ? payload : payload.toString()),
    onSign: () => happened('sign'),
    onClose(code, detail) {
      ended = { code, detail }
      happened()
    },
  })
  onTestFinished(() => socket.terminate())
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => (wake = resolve))
  }
  const end = async () => {
    await until(() => ended !== undefined)
    return ended
  }
  return { socket, said, until, end, protocol: () => protocol }
}

/** A ws server and the agent's socket, open. */
async function connect() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => {
    for (const client of server.clients) client.terminate()
    server.close()
  })
  await once(server, 'listening')
  const client = dial((server.address() as AddressInfo).port)
  const [serverSocket, request] = (await once(server, 'connection')) as [
    ServerSocket,
    { url: string },
  ]
  await client.until(() => client.said.length === 1)
  return { ...client, server: serverSocket, url: request.url }
}

/** A server that gives the same bytes to whoever connects; `{accept}` is what answers the client's key. */
async function answering(answer: string, after = Buffer.alloc(0)) {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', (request) => {
      const key = /Sec-WebSocket-Key: (.*)\r\n/.exec(request.toString())?.[1] ?? ''
      const accept = createHash('sha1')
        .update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64')
      socket.write(Buffer.concat([Buffer.from(answer.replace('{accept}', accept)), after]))
    })
  })
  onTestFinished(() => void server.close())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return dial((server.address() as AddressInfo).port)
}

const YES = [
  'HTTP/1.1 101 Switching Protocols',
  'upgrade: WebSocket',
  'connection: keep-alive, Upgrade',
  'sec-websocket-accept: {accept}',
  '',
  '',
].join('\r\n')

describe('the agent’s WebSocket with a ws server', () => {
  it('asks for the path and takes the protocol that the server chose', async () => {
    const { url, protocol } = await connect()
    expect(url).toBe('/agent?a=1')
    expect(protocol()).toBe('two')
  })

  it.each([0, 1, 125, 126, 65_535, 65_536, 150_000])(
    'carries %i bytes both ways',
    async (length) => {
      const { socket, server, said, until } = await connect()
      server.on('message', (data, isBinary) => server.send(data, { binary: isBinary }))
      const bytes = Buffer.from(Uint8Array.from({ length }, (_, index) => index * 7))
      const text = 'é'.repeat(length >> 1)
      socket.send(bytes)
      socket.send(text)
      await until(() => said.length === 3)
      expect(said[1]).toEqual(bytes)
      expect(said[2]).toBe(text)
    },
  )

  it('pings, and answers pings with what they carry', async () => {
    const { socket, server, said, until } = await connect()
    const answer = once(server, 'pong')
    server.ping('are you there')
    expect(String((await answer)[0])).toBe('are you there')
    socket.ping()
    await until(() => said.length === 3)
    expect(said).toEqual(['open', 'sign', 'sign'])
  })

  it('closes with its code, and tells of the server’s', async () => {
    const one = await connect()
    const closed = once(one.server, 'close')
    one.socket.close(4400)
    one.socket.send('too late')
    expect((await closed)[0]).toBe(4400)
    expect(await one.end()).toEqual({ code: 4400, detail: '' })

    const other = await connect()
    const answered = once(other.server, 'close')
    other.server.close(4503, 'hubStopping')
    expect(await other.end()).toEqual({ code: 4503, detail: 'hubStopping' })
    expect((await answered)[0]).toBe(4503)
  })

  it('tells of a server that went without a goodbye, and of one that said no code', async () => {
    const one = await connect()
    one.server.terminate()
    expect((await one.end())?.code).toBe(1006)
    const other = await connect()
    other.server.close()
    expect(await other.end()).toEqual({ code: 1005, detail: '' })
  })

  it('closes with 1009 on a message over the limit', async () => {
    const { server, end } = await connect()
    const closed = once(server, 'close')
    server.send(Buffer.alloc(200_001))
    expect((await closed)[0]).toBe(1009)
    expect(await end()).toEqual({ code: 1006, detail: 'a message is larger than the limit' })
  })
})

describe('the agent’s WebSocket with what is none', () => {
  it.each<[string, string, string]>([
    ['a page', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'the answer is HTTP 403'],
    ['another protocol', 'SSH-2.0-hello\r\n\r\n', 'the answer is not HTTP'],
    ['headers without end', `HTTP/1.1 101 OK\r\nx: ${'x'.repeat(20_000)}`, 'the answer has no end'],
    ['a wrong key', YES.replace('{accept}', 'AAAA'), 'the answer is not to this question'],
    ['no upgrade', YES.replace('WebSocket', 'h2c'), 'the answer is not to this question'],
    [
      'an extension',
      YES.replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n'),
      'the answer is not to this question',
    ],
    [
      'a protocol that was not offered',
      YES.replace('\r\n\r\n', '\r\nSec-WebSocket-Protocol: three\r\n\r\n'),
      'the answer is not to this question',
    ],
  ])('ends at %s', async (_, answer, detail) => {
    const { end, said } = await answering(answer)
    expect(await end()).toEqual({ code: 1006, detail })
    expect(said).toEqual([])
  })

  it('reads frames that come with the answer', async () => {
    const { said, until, protocol } = await answering(YES, Buffer.from([0x81, 2, 0x68, 0x69]))
    await until(() => said.length === 2)
    expect(said).toEqual(['open', 'hi'])
    expect(protocol()).toBeUndefined()
  })

  it('ends at half a close code', async () => {
    const { end } = await answering(YES, Buffer.from([0x88, 1, 3]))
    expect(await end()).toEqual({ code: 1006, detail: 'a close frame has half a code' })
  })
})
