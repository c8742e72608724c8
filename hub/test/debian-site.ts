// A replica of Debian's feed of advisories and of its security data on loopback: own packages and flaws, in the true shape.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** An item of the feed. */
export const dsa = (number: string, product: string, date = ''): string =>
  `<item rdf:about="https://listes.example/${number}"><title>${number} ${product} - security update</title><link>https://listes.example/${number}</link><description>&lt;p&gt;Deux failles, CVE-2026-90001 et CVE-2026-90002.&lt;/p&gt;</description>${date && `<dc:date>${date}</dc:date>`}</item>`

export const debianFeed = (...items: string[]): string =>
  `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Debian Security</title><link>https://listes.example/</link><items><rdf:Seq/></items></channel>${items.join('')}</rdf:RDF>`

/** How one CVE of one package stands on bookworm. */
export const stands = (release: object): object => ({
  description: 'Une faille dans un paquet.',
  scope: 'remote',
  debianbug: 1_090_001,
  releases: {
    bookworm: { repositories: { bookworm: '1.0-1' }, urgency: 'not yet assigned', ...release },
    sid: { status: 'resolved', repositories: { sid: '9.0-1' }, fixed_version: '9.0-1' },
  },
})

type Serve = (request: IncomingMessage, response: ServerResponse) => void

export class DebianSite {
  /** By source package, then by CVE. */
  data: Record<string, Record<string, object>> = {}
  /** Instead of answering with the data. */
  misbehave: Serve | undefined
  /** What each request for the data said, by header. */
  readonly asked: IncomingMessage['headers'][] = []
  /** Times that all of it was sent. */
  sent = 0
  readonly #server: Server
  #etag = 1

  private constructor() {
    this.#server = createServer((request, response) => {
      response.on('error', () => undefined)
      if (request.url === '/dsa') response.end(debianFeed(dsa('DSA-9001-1', 'goeland')))
      else if (request.url === '/data') this.#answer(request, response)
      else response.writeHead(404).end()
    })
  }

  /** Until the test ends. */
  static async start(): Promise<DebianSite> {
    const site = new DebianSite()
    site.#server.listen(0, '127.0.0.1')
    await once(site.#server, 'listening')
    onTestFinished(() => {
      site.#server.closeAllConnections()
      site.#server.close()
    })
    return site
  }

  get feedUrl(): string {
    return `${this.#origin}/dsa`
  }

  get dataUrl(): string {
    return `${this.#origin}/data`
  }

  /** Other data than before. */
  publish(data: Record<string, Record<string, object>>): void {
    this.data = data
    this.#etag++
  }

  get #origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(request.headers)
    if (this.misbehave) {
      this.misbehave(request, response)
      return
    }
    const etag = `"v${this.#etag}"`
    response.setHeader('etag', etag)
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304).end()
      return
    }
    this.sent++
    response.end(JSON.stringify(this.data))
  }
}
