// The only way out: what it lets through, what it does not, and how much. Real sockets on loopback.
import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openEgressGate, type EgressGate } from './egress-gate.ts'

async function listening(serve: (answer: ServerResponse) => void): Promise<URL> {
  const server = createServer((_, answer) => serve(answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
}

async function gateTo(source: URL, maxBytes = 10_000): Promise<EgressGate> {
  const gate = await openEgressGate(source)
  onTestFinished(() => gate.close())
  gate.beginStep(maxBytes)
  return gate
}

/** What comes of asking for an address as browsers ask a proxy; an error's code where it breaks off. */
async function ask({ proxyUrl }: EgressGate, path: string): Promise<string> {
  const { port } = new URL(proxyUrl)
  const asking = request({ host: '127.0.0.1', port, path }).end()
  try {
    const [response] = (await once(asking, 'response')) as [import('node:http').IncomingMessage]
    return `${response.statusCode} ${await text(response)}`
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code)
  }
}

/** The first line that a tunnel is answered with. */
async function tunnel({ proxyUrl }: EgressGate, target: string): Promise<string> {
  const socket = connect(Number(new URL(proxyUrl).port), '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  onTestFinished(() => void socket.destroy())
  const [answer] = (await once(socket, 'data')) as [Buffer]
  return answer.toString().split('\r\n')[0] ?? ''
}

describe('the gate', () => {
  it('lets the source through', async () => {
    const source = await listening((answer) => answer.end('bonjour'))
    const gate = await gateTo(source)
    expect(await ask(gate, source.href)).toBe('200 bonjour')
    expect(await tunnel(gate, source.host)).toBe('HTTP/1.1 200 Connection established')
    expect(gate.refused).toEqual([])
  })

  it('lets nothing else through', async () => {
    let asked = 0
    const source = await listening((answer) => answer.end('bonjour'))
    const other = await listening((answer) => {
      asked++
      answer.end('secret')
    })
    const gate = await gateTo(source)
    const own = new URL(gate.proxyUrl)
    for (const address of [
      other.href,
      `http://localhost:${source.port}/`,
      own.href,
      '/',
      'file:///etc/passwd',
    ]) {
      expect(await ask(gate, address)).toMatch(/^403/)
    }
    for (const target of [
      other.host,
      `localhost:${source.port}`,
      own.host,
      '[::1]:80',
      'x',
      `${source.host}@${other.host}`,
    ]) {
      expect(await tunnel(gate, target)).toBe('HTTP/1.1 403 Forbidden')
    }
    expect(asked).toBe(0)
    expect(gate.refused).toContain(other.host)
  })

  it('lets no more through than a step may have', async () => {
    const source = await listening((answer) => answer.end('x'.repeat(50_000)))
    const gate = await gateTo(source, 10_000)
    expect(await ask(gate, source.href)).toBe('ECONNRESET')
    expect(gate.isExceeded).toBe(true)
    gate.beginStep(100_000)
    expect(gate.isExceeded).toBe(false)
    expect(await ask(gate, source.href)).toBe(`200 ${'x'.repeat(50_000)}`)
  })

  it('does not answer for a source that is away', async () => {
    const gate = await gateTo(new URL('http://127.0.0.1:1/'))
    expect(await ask(gate, 'http://127.0.0.1:1/')).toBe('ECONNRESET')
  })
})
