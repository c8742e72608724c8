// Owns one WebSocket to a server (RFC 6455), from dialling to its end. Ours and not ws, which loads Node's http, https and
// zlib for what the agent never uses: 7 of the daemon's 60 MiB. The hub speaks through ws, and so do the tests' hubs.
import net from 'node:net'
import { clientFrame, MAX_CONTROL_BYTES, OPCODE, type Opcode } from './frame.ts'
import { WebSocketError } from './web-socket-error.ts'
import { FrameReader } from './frame-reader.ts'
import { Upgrade } from './upgrade.ts'

const NO_STATUS = 1005
const BROKEN = 1006
// A server that pings and does not read gets no more answers than this.
const MAX_WAITING_BYTES_FOR_PONG = 65_536

export interface WebSocketOptions {
  /** Offered to the server, newest first. */
  readonly protocols: readonly string[]
  readonly maxMessageBytes: number
  /** With the protocol that the server chose, if any. */
  readonly onOpen: (protocol: string | undefined) => void
  readonly onMessage: (payload: Buffer, isBinary: boolean) => void
  /** A ping or a pong came. */
  readonly onSign: () => void
  /** The last call, exactly once. 1006 is a connection that broke; then `detail` says how, else it is the server's reason. */
  readonly onClose: (code: number, detail: string) => void
}

export class WebSocket {
  readonly #options: WebSocketOptions
  readonly #socket: net.Socket
  readonly #reader: FrameReader
  #upgrade: Upgrade | undefined
  #isClosing = false
  #end = { code: BROKEN, detail: '' }

  /** Dials at once, looking the name up anew. TLS is verified. */
  constructor(url: URL, options: WebSocketOptions) {
    this.#options = options
    this.#upgrade = new Upgrade(url, options.protocols)
    this.#reader = new FrameReader({
      maxMessageBytes: options.maxMessageBytes,
      onMessage: (payload, isBinary) => {
        if (!this.#socket.destroyed) options.onMessage(payload, isBinary)
      },
      onControl: (opcode, payload) => this.#control(opcode, payload),
    })
    const { socket, ready } = dial(url)
    this.#socket = socket
    socket.once(ready, () => socket.write(this.#upgrade?.request() ?? ''))
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', (error) => this.#broke(error))
    socket.on('close', () => options.onClose(this.#end.code, this.#end.detail))
  }

  /** Bytes that the network has not taken yet. */
  get waitingBytes(): number {
    return this.#socket.writableLength
  }

  /** Sends a text or a binary message; says nothing where the connection is not open. */
  send(data: string | Uint8Array): void {
    if (typeof data === 'string') this.#write(OPCODE.text, Buffer.from(data))
    else this.#write(OPCODE.binary, data)
  }

  ping(): void {
    this.#write(OPCODE.ping, new Uint8Array(0))
  }

  /** Says goodbye. Once the server has as well the connection ends, or else by {@link WebSocket.terminate}. */
  close(code: number): void {
    if (this.#upgrade) this.#socket.destroy()
    const payload = Buffer.alloc(2)
    payload.writeUInt16BE(code)
    this.#write(OPCODE.close, payload)
    this.#isClosing = true
  }

  /** Cuts the connection. */
  terminate(): void {
    this.#socket.destroy()
  }

  #write(opcode: Opcode, payload: Uint8Array): void {
    if (this.#upgrade || this.#isClosing || !this.#socket.writable) return
    this.#socket.write(clientFrame(opcode, payload))
  }

  #take(chunk: Buffer): void {
    try {
      const rest = this.#upgrade ? this.#open(this.#upgrade, chunk) : chunk
      this.#reader.push(rest)
    } catch (error) {
      if (!(error instanceof WebSocketError)) throw error
      this.close(error.code)
      this.#broke(error)
      this.#socket.destroySoon()
      this.#socket.removeAllListeners('data')
    }
  }

  #open(upgrade: Upgrade, chunk: Buffer): Buffer {
    const upgraded = upgrade.push(chunk)
    if (!upgraded) return Buffer.alloc(0)
    this.#upgrade = undefined
    this.#options.onOpen(upgraded.protocol)
    return upgraded.rest
  }

  #control(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.close) {
      this.#closed(payload)
      return
    }
    if (opcode === OPCODE.ping && this.waitingBytes < MAX_WAITING_BYTES_FOR_PONG)
      this.#write(OPCODE.pong, payload)
    this.#options.onSign()
  }

  #closed(payload: Buffer): void {
    if (payload.length === 1) throw new WebSocketError(1002, 'a close frame has half a code')
    const code = payload.length === 0 ? NO_STATUS : payload.readUInt16BE(0)
    this.#end = { code, detail: payload.toString('utf8', 2, MAX_CONTROL_BYTES) }
    this.#write(OPCODE.close, payload.subarray(0, 2))
    this.#isClosing = true
    this.#socket.end()
  }

  // The first that went wrong is the cause of the rest, and nothing matters that comes after a goodbye.
  #broke(error: Error): void {
    if (this.#end.code !== BROKEN || this.#end.detail !== '') return
    const { code, name } = error as NodeJS.ErrnoException
    // Node adds advice that nobody here can follow; an attempt at several addresses has a code and no words.
    const words = error.message.replace(/; if the root CA is installed locally.*$/s, '')
    this.#end = { code: BROKEN, detail: words || code || name }
  }
}

// No agent and no pool: each dialling looks the name up anew (docs/protocol.md, T10).
function dial(url: URL): { socket: net.Socket; ready: 'connect' | 'secureConnect' } {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isTls = url.protocol === 'wss:'
  const port = Number(url.port) || (isTls ? 443 : 80)
  if (!isTls) return { socket: net.connect({ host, port, noDelay: true }), ready: 'connect' }
  // Loaded only where it is used: 3 MiB.
  const tls = process.getBuiltinModule('node:tls')
  const servername = net.isIP(host) ? '' : host
  const socket = tls.connect({ host, port, servername, rejectUnauthorized: true })
  socket.setNoDelay(true)
  return { socket, ready: 'secureConnect' }
}
