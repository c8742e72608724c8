// A person's end of HTTP for tests: keeps cookies as a browser does, and can claim any Host or Origin.
import { request, type IncomingHttpHeaders } from 'node:http'
import type { ProblemDocument } from '../../src/http/problem.ts'
import type { TestHub } from '../test-hub.ts'

export const ADA = { email: 'ada@example.org', password: 'correct horse battery' }

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly bytes: Buffer
  readonly text: string
  json(): unknown
  problem(): ProblemDocument
}

export class Visitor {
  readonly #hub: { readonly address: string }
  readonly #from: string | undefined
  readonly cookies = new Map<string, string>()

  /** `from` is an address of loopback, such as 127.0.0.2: limits count by address. */
  constructor(hub: { readonly address: string }, from?: string) {
    this.#hub = hub
    this.#from = from
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, { headers })
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, { body, headers })
  }

  async send(
    method: string,
    path: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await exchange(new URL(path, this.#hub.address), {
      method,
      body,
      from: this.#from,
      headers: {
        ...(method !== 'GET' && { origin: this.#hub.address }),
        ...(cookie && { cookie }),
        ...headers,
      },
    })
    for (const written of answer.headers['set-cookie'] ?? []) this.#keep(written)
    return answer
  }

  #keep(written: string): void {
    const [pair = '', ...attributes] = written.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    if (attributes.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, pair.slice(name.length + 1))
  }
}

interface Sent {
  readonly method: string
  readonly body: unknown
  readonly headers: Record<string, string>
  readonly from: string | undefined
}

function exchange(url: URL, { method, body, headers, from }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? undefined : JSON.stringify(body)
    const type = json === undefined ? {} : { 'content-type': 'application/json' }
    const options = { method, headers: { ...type, ...headers }, localAddress: from }
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const bytes = Buffer.concat(chunks)
        const text = bytes.toString()
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text,
          json: () => JSON.parse(text) as unknown,
          problem: () => JSON.parse(text) as ProblemDocument,
        })
      })
    })
    sent.on('error', reject)
    sent.end(json)
  })
}

/** A hub's first administrator, signed in. */
export async function administratorOf(hub: TestHub): Promise<Visitor> {
  const visitor = new Visitor(hub)
  const token = await hub.people.issueSignInToken()
  const { status, text } = await visitor.post('/api/v1/sign-in-links/claim', { token, ...ADA })
  if (status !== 204) throw new Error(`claiming the link was answered with ${status} ${text}`)
  return visitor
}
