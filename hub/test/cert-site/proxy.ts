// Owns a company's proxy for tests: on loopback, alone in knowing where `cert.example` is, and all that it was asked for.
import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a request carries as `Proxy-Authorization`. */
const LOGIN = { user: 'ada', password: 's:é cret' }
const BASIC = `Basic ${Buffer.from(`${LOGIN.user}:${LOGIN.password}`).toString('base64')}`

export class CompanyProxy {
  /** In order, such as `CONNECT cert.example:443` or `GET http://cert.example/alerte/`. */
  readonly asked: string[] = []
  /** Instead of what was asked for. */
  refuses: 407 | 502 | undefined
  readonly #server = createServer((asking, answer) => this.#forward(asking, answer))
  readonly #sockets = new Set<Socket>()
  readonly #site: number

  private constructor(site: number) {
    this.#site = site
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => socket.destroy())
    })
    this.#server.on('connect', (asking: IncomingMessage, client: Socket) => {
      this.#tunnel(asking, client)
    })
  }

  /** Until the test ends; whatever is asked for at `cert.example` is at that port of loopback. */
  static async start(site: URL): Promise<CompanyProxy> {
    const proxy = new CompanyProxy(Number(site.port))
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    onTestFinished(() => proxy.close())
    return proxy
  }

  /** As the environment has it, with the password. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://${LOGIN.user}:${encodeURIComponent(LOGIN.password)}@127.0.0.1:${port}`
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #refusalOf({ headers }: IncomingMessage): number | undefined {
    return this.refuses ?? (headers['proxy-authorization'] === BASIC ? undefined : 407)
  }

  #tunnel(asking: IncomingMessage, client: Socket): void {
    this.asked.push(`CONNECT ${asking.url}`)
    const refusal = this.#refusalOf(asking)
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`)
      return
    }
    const site = connect(this.#site, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      site.pipe(client).pipe(site)
    })
    site.on('error', () => client.destroy())
    client.once('close', () => site.destroy())
  }

  #forward(asking: IncomingMessage, answer: ServerResponse): void {
    this.asked.push(`${asking.method} ${asking.url}`)
    const refusal = this.#refusalOf(asking)
    const url = URL.parse(asking.url ?? '')
    if (refusal !== undefined || !url) {
      answer.writeHead(refusal ?? 400).end()
      return
    }
    const headers = { ...asking.headers }
    delete headers['proxy-authorization']
    const path = url.pathname + url.search
    const options = { host: '127.0.0.1', port: this.#site, path, method: asking.method, headers }
    const outgoing = request(options, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    outgoing.on('error', () => answer.destroy())
    asking.pipe(outgoing)
  }
}
