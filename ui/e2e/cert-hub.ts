// Owns a server in front of a real hub that answers what is asked about advisories from values of its own: states that no test
// can bring about on a real watch, such as each failure there is, or two hundred hosts. All else is the hub's.
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { once } from 'node:events'
import {
  Advisory,
  AdvisoryDetail,
  AdvisoryHandOver,
  HandledDraft,
  type HostAdvisory,
} from '@vigie/shared/api/advisory'
import { CertWatch } from '@vigie/shared/api/cert-watch'
import { Value } from 'typebox/value'

export interface CertState {
  advisories: AdvisoryDetail[]
  watch: CertWatch
  /** Called when somebody asks for a check. */
  oncheck: () => void
  /** Called when somebody has done something about an advisory. */
  onchange: () => void
}

export class CertHub {
  readonly #hub: URL
  readonly #server = createServer((message, answer) => void this.#answer(message, answer))
  /** The server lets go of these. */
  readonly #upgraded = new Set<Duplex>()
  readonly state: CertState
  url = ''

  private constructor(hub: string, state: CertState) {
    this.#hub = new URL(hub)
    this.state = state
    this.#server.on('upgrade', (message, socket, head) => {
      const upstream = connect(Number(this.#hub.port), this.#hub.hostname, () => {
        const headers = Object.entries(this.#headersOf(message))
        upstream.write(
          `${message.method} ${message.url} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
        )
        upstream.write(head)
        upstream.pipe(socket).pipe(upstream)
      })
      for (const each of [upstream, socket]) {
        this.#upgraded.add(each)
        each.on('error', () => {
          upstream.destroy()
          socket.destroy()
        })
      }
    })
  }

  static async start(hub: string, state: CertState): Promise<CertHub> {
    const server = new CertHub(hub, state)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    const { port } = server.#server.address() as AddressInfo
    server.url = `http://127.0.0.1:${port}`
    return server
  }

  async close(): Promise<void> {
    for (const each of this.#upgraded) each.destroy()
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  #headersOf(message: IncomingMessage): Record<string, string> {
    const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)])
    const own = {
      host: this.#hub.host,
      ...(message.headers.origin && { origin: this.#hub.origin }),
    }
    return { ...(Object.fromEntries(headers) as Record<string, string>), ...own }
  }

  async #answer(message: IncomingMessage, answer: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', this.url)
    const told = await this.#tell(message, url)
    if (told !== undefined) {
      answer.writeHead(told.status, { 'content-type': 'application/json' })
      answer.end(JSON.stringify(told.body))
      return
    }
    const { hostname, port } = this.#hub
    const { method, url: path } = message
    const headers = this.#headersOf(message)
    const upstream = request({ hostname, port, method, path, headers }, (from) => {
      answer.writeHead(from.statusCode ?? 502, from.headers)
      from.pipe(answer)
    })
    upstream.on('error', () => answer.destroy())
    message.pipe(upstream)
  }

  async #tell(message: IncomingMessage, url: URL) {
    const [, section, name, part] =
      /^\/api\/v1\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(url.pathname) ?? []
    if (section === 'hosts' && part === 'advisories') return ok(this.#ofHost(Number(name)))
    if (section === 'cert' && name === 'check') {
      this.state.oncheck()
      return { status: 202, body: {} }
    }
    if (section === 'cert' && name === undefined)
      return ok(Value.Parse(CertWatch, this.state.watch))
    if (section !== 'advisories') return undefined
    if (name === undefined) return ok(this.#page(url.searchParams))
    const advisory = this.state.advisories.find(({ reference }) => reference === name)
    if (!advisory) return { status: 404, body: { title: 'Not found', status: 404 } }
    if (part === 'take') advisory.owner ??= { name: 'Ada', sinceMs: Date.now() }
    if (part === 'hand-over') advisory.owner = { name: await ownerOf(message), sinceMs: Date.now() }
    if (part === 'handled') {
      advisory.handled = message.method === 'PUT' ? await handledOf(message) : null
    }
    if (part !== undefined) this.state.onchange()
    return ok(Value.Parse(AdvisoryDetail, advisory))
  }

  #asked(params: URLSearchParams): AdvisoryDetail[] {
    const query = params.get('q')?.toLowerCase() ?? ''
    return this.state.advisories
      .filter(({ source }) => !params.has('source') || source === params.get('source'))
      .filter(({ kind }) => !params.get('kind') || kind === params.get('kind'))
      .filter((each) => {
        const names = each.hosts.map(({ hostName }) => hostName)
        const words = [each.reference, each.title, ...each.cves, ...names].join(' ')
        return words.toLowerCase().includes(query)
      })
  }

  #page(params: URLSearchParams) {
    const state = params.get('state')
    const found = this.#asked(params)
      .filter(({ closedMs }) => state === 'all' || (closedMs === null) === (state === 'open'))
      .filter(({ concerned, toCheck }) => !params.has('concerns') || concerned + toCheck > 0)
      .sort((a, b) => b.publishedMs - a.publishedMs)
    const from = Number(params.get('before') ?? 0)
    const to = from + Number(params.get('limit') ?? 50)
    return {
      items: found.slice(from, to).map(withoutHosts),
      counts: from > 0 ? null : this.#counts(params),
      nextBefore: to < found.length ? String(to) : null,
    }
  }

  #counts(params: URLSearchParams) {
    // Whatever their kind, as the hub counts.
    const asked = this.#asked(new URLSearchParams({ ...Object.fromEntries(params), kind: '' }))
    return {
      all: asked.length,
      open: asked.filter(({ kind, closedMs }) => kind === 'alert' && closedMs === null).length,
      concern: asked.filter(({ concerned, toCheck }) => concerned + toCheck > 0).length,
    }
  }

  #ofHost(id: number): { items: HostAdvisory[] } {
    const items = this.state.advisories.flatMap((advisory) =>
      advisory.hosts
        .filter(({ hostId }) => hostId === id)
        .map(({ verdict, evidence, sinceMs }) => ({
          advisory: withoutHosts(advisory),
          verdict,
          evidence,
          sinceMs,
        })),
    )
    return { items }
  }
}

const ok = (body: unknown) => ({ status: 200, body })

function withoutHosts(detail: AdvisoryDetail): Advisory {
  return Value.Clean(Advisory, Value.Clone(detail)) as Advisory
}

async function bodyOf(message: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of message) text += String(chunk)
  return JSON.parse(text)
}

async function ownerOf(message: IncomingMessage): Promise<string> {
  return Value.Parse(AdvisoryHandOver, await bodyOf(message)).to
}

async function handledOf(message: IncomingMessage) {
  const draft = Value.Parse(HandledDraft, await bodyOf(message))
  return { ...draft, by: 'Ada', atMs: Date.now() }
}
