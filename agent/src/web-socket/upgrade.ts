// Owns the opening of a WebSocket over HTTP/1.1, the client's side (RFC 6455, section 4.1).
import { createHash, randomBytes } from 'node:crypto'
import { WebSocketError } from './web-socket-error.ts'

const MAX_RESPONSE_BYTES = 16_384
const END = Buffer.from('\r\n\r\n')
// Section 1.3: what a server must have mixed with the key.
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export interface Upgraded {
  /** What the server chose of what was offered; undefined when it chose none. */
  readonly protocol: string | undefined
  /** What came behind the answer: the first frames. */
  readonly rest: Buffer
}

export class Upgrade {
  readonly #url: URL
  readonly #protocols: readonly string[]
  readonly #key = randomBytes(16).toString('base64')
  #received: Buffer = Buffer.alloc(0)

  constructor(url: URL, protocols: readonly string[]) {
    this.#url = url
    this.#protocols = protocols
  }

  request(): string {
    const { pathname, search, host } = this.#url
    const lines = [
      `GET ${pathname}${search} HTTP/1.1`,
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${this.#key}`,
      `Sec-WebSocket-Protocol: ${this.#protocols.join(', ')}`,
    ]
    return `${lines.join('\r\n')}\r\n\r\n`
  }

  /** Takes the next bytes of the answer; undefined until it is whole. Throws a WebSocketError for an answer that is not a yes. */
  push(chunk: Buffer): Upgraded | undefined {
    this.#received = Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf(END)
    if (end < 0 && this.#received.length < MAX_RESPONSE_BYTES) return undefined
    if (end < 0 || end > MAX_RESPONSE_BYTES) throw new WebSocketError(1002, 'the answer has no end')
    const [status = '', ...lines] = this.#received.toString('latin1', 0, end).split('\r\n')
    const code = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(status)?.[1]
    if (code === undefined) throw new WebSocketError(1002, 'the answer is not HTTP')
    if (code !== '101') throw new WebSocketError(1002, `the answer is HTTP ${code}`)
    const protocol = this.#check(headersOf(lines))
    return { protocol, rest: this.#received.subarray(end + END.length) }
  }

  #check(headers: ReadonlyMap<string, string>): string | undefined {
    const accept = createHash('sha1').update(`${this.#key}${GUID}`).digest('base64')
    const isUpgrade =
      headers.get('upgrade')?.toLowerCase() === 'websocket' &&
      /(^|,)\s*upgrade\s*(,|$)/i.test(headers.get('connection') ?? '') &&
      headers.get('sec-websocket-accept') === accept &&
      !headers.has('sec-websocket-extensions')
    const protocol = headers.get('sec-websocket-protocol')
    if (!isUpgrade || (protocol !== undefined && !this.#protocols.includes(protocol))) {
      throw new WebSocketError(1002, 'the answer is not to this question')
    }
    return protocol
  }
}

// A header that comes twice counts as one list (RFC 9110, section 5.3).
function headersOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).toLowerCase()
    const value = line.slice(colon + 1).trim()
    const before = headers.get(name)
    headers.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return headers
}
