// Owns the reading of a server's frames from the bytes as they come (RFC 6455, section 5). The server may be anybody: it is
// read before it has proved itself, so nothing here takes more memory than one message may.
import { isUtf8 } from 'node:buffer'
import { MAX_CONTROL_BYTES, OPCODE } from './frame.ts'
import { WebSocketError } from './web-socket-error.ts'

export interface FrameReaderOptions {
  readonly maxMessageBytes: number
  readonly onMessage: (payload: Buffer, isBinary: boolean) => void
  /** A close, ping or pong frame. */
  readonly onControl: (opcode: number, payload: Buffer) => void
}

const LONGEST_HEADER_BYTES = 10
const NOTHING = Buffer.alloc(0)

interface Frame {
  readonly opcode: number
  readonly isFinal: boolean
  readonly payload: Buffer
  filledBytes: number
}

export class FrameReader {
  readonly #options: FrameReaderOptions
  readonly #header = Buffer.alloc(LONGEST_HEADER_BYTES)
  #headerBytes = 0
  #frame: Frame | undefined
  // The message whose first frame was not its last.
  #message: { readonly isBinary: boolean; payload: Buffer } | undefined

  constructor(options: FrameReaderOptions) {
    this.#options = options
  }

  /** Takes the next bytes. Throws a WebSocketError for what no server may send; nothing may be pushed after it. */
  push(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      at += this.#frame ? this.#fill(this.#frame, chunk, at) : this.#readHeader(chunk, at)
      const frame = this.#frame
      if (frame?.filledBytes !== frame?.payload.length || !frame) continue
      this.#frame = undefined
      this.#take(frame)
    }
  }

  #fill(frame: Frame, chunk: Buffer, at: number): number {
    const copied = chunk.copy(frame.payload, frame.filledBytes, at)
    frame.filledBytes += copied
    return copied
  }

  #readHeader(chunk: Buffer, at: number): number {
    this.#header[this.#headerBytes++] = chunk[at] ?? 0
    const short = (this.#header[1] ?? 0) & 0x7f
    const wanted = this.#headerBytes < 2 ? 2 : short === 127 ? 10 : short === 126 ? 4 : 2
    if (this.#headerBytes === wanted) {
      this.#headerBytes = 0
      this.#begin(short)
    }
    return 1
  }

  #begin(short: number): void {
    const [first = 0, second = 0] = this.#header
    const opcode = first & 0x0f
    const isFinal = (first & 0x80) !== 0
    if ((first & 0x70) !== 0) throw new WebSocketError(1002, 'reserved bits of a frame are set')
    if ((second & 0x80) !== 0) throw new WebSocketError(1002, 'a frame of the server is masked')
    if (opcode >= OPCODE.close) {
      if (opcode > OPCODE.pong)
        throw new WebSocketError(1002, `a frame has the unknown opcode ${opcode}`)
      if (!isFinal || short > MAX_CONTROL_BYTES)
        throw new WebSocketError(1002, 'a control frame is in parts or too long')
    } else if (opcode > OPCODE.binary) {
      throw new WebSocketError(1002, `a frame has the unknown opcode ${opcode}`)
    } else if ((opcode === OPCODE.continuation) !== (this.#message !== undefined)) {
      throw new WebSocketError(1002, 'a message begins in the middle of another, or in its own')
    }
    const payload = Buffer.alloc(this.#lengthOf(short, opcode))
    this.#frame = { opcode, isFinal, payload, filledBytes: 0 }
  }

  #lengthOf(short: number, opcode: number): number {
    if (short < 126) return short
    const length = short === 126 ? this.#header.readUInt16BE(2) : this.#header.readBigUInt64BE(2)
    const soFar = opcode === OPCODE.continuation ? (this.#message?.payload.length ?? 0) : 0
    if (length > this.#options.maxMessageBytes - soFar)
      throw new WebSocketError(1009, 'a message is larger than the limit')
    return Number(length)
  }

  #take({ opcode, isFinal, payload }: Frame): void {
    if (opcode >= OPCODE.close) {
      this.#options.onControl(opcode, payload)
      return
    }
    const { isBinary, payload: before } = this.#message ?? {
      isBinary: opcode === OPCODE.binary,
      payload: NOTHING,
    }
    const whole = before.length === 0 ? payload : Buffer.concat([before, payload])
    if (whole.length > this.#options.maxMessageBytes)
      throw new WebSocketError(1009, 'a message is larger than the limit')
    this.#message = isFinal ? undefined : { isBinary, payload: whole }
    if (!isFinal) return
    if (!isBinary && !isUtf8(whole)) throw new WebSocketError(1007, 'a text is not UTF-8')
    this.#options.onMessage(whole, isBinary)
  }
}
