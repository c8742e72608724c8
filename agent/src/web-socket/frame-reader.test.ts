import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientFrame, OPCODE } from './frame.ts'
import { WebSocketError } from './web-socket-error.ts'
import { FrameReader } from './frame-reader.ts'

const MAX = 100_000

/** A server's frame, byte by byte as RFC 6455, section 5.2, has it. */
function serverFrame(opcode: number, payload: Uint8Array, { isFinal = true } = {}): Buffer {
  const { length } = payload
  const head = [(isFinal ? 0x80 : 0) | opcode]
  if (length < 126) head.push(length)
  else if (length < 65_536) head.push(126, length >> 8, length & 255)
  else
    head.push(
      127,
      0,
      0,
      0,
      0,
      length >>> 24,
      (length >> 16) & 255,
      (length >> 8) & 255,
      length & 255,
    )
  return Buffer.concat([Buffer.from(head), payload])
}

function read(chunks: Iterable<Buffer>, maxMessageBytes = MAX) {
  const messages: [Buffer, boolean][] = []
  const controls: [number, Buffer][] = []
  const reader = new FrameReader({
    maxMessageBytes,
    onMessage: (payload, isBinary) => messages.push([payload, isBinary]),
    onControl: (opcode, payload) => controls.push([opcode, payload]),
  })
  for (const chunk of chunks) reader.push(chunk)
  return { messages, controls }
}

/** `bytes` in pieces of the given lengths, over and over. */
function* inPieces(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? 1
    yield bytes.subarray(at, at + length)
    at += length
  }
}

const pieces = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1 })

describe('reading frames', () => {
  it('gives messages whole, however they are cut, with control frames in between', () => {
    const message = fc.record({
      parts: fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 4 }),
      ping: fc.uint8Array({ maxLength: 125 }),
    })
    const check = (sent: { parts: Uint8Array[]; ping: Uint8Array }[], lengths: number[]) => {
      const bytes = sent.flatMap(({ parts, ping }) =>
        parts.flatMap((part, index) => [
          serverFrame(index === 0 ? OPCODE.binary : OPCODE.continuation, part, {
            isFinal: index === parts.length - 1,
          }),
          serverFrame(OPCODE.ping, ping),
        ]),
      )
      const { messages, controls } = read(inPieces(Buffer.concat(bytes), lengths))
      expect(messages).toEqual(sent.map(({ parts }) => [Buffer.concat(parts), true]))
      expect(controls).toHaveLength(sent.reduce((sum, { parts }) => sum + parts.length, 0))
    }
    fc.assert(fc.property(fc.array(message, { maxLength: 4 }), pieces, check))
  })

  it.each([0, 1, 125, 126, 65_535, 65_536, MAX])('reads a text of %i bytes', (length) => {
    const text = Buffer.alloc(length, 'x')
    expect(read([serverFrame(OPCODE.text, text)]).messages).toEqual([[text, false]])
  })

  it('answers any bytes with messages or a WebSocketError', () => {
    const check = (bytes: Uint8Array, lengths: number[]) => {
      try {
        read(inPieces(Buffer.from(bytes), lengths))
      } catch (error) {
        expect(error).toBeInstanceOf(WebSocketError)
      }
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), pieces, check), { numRuns: 1000 })
  })

  const huge = Buffer.from([0x82, 127, 255, 255, 255, 255, 255, 255, 255, 255])
  it.each<[string, Buffer[], number]>([
    ['reserved bits', [Buffer.from([0xc1, 0])], 1002],
    ['a mask', [clientFrame(OPCODE.text, Buffer.from('a'))], 1002],
    ['an unknown opcode', [Buffer.from([0x83, 0])], 1002],
    ['an unknown control opcode', [Buffer.from([0x8b, 0])], 1002],
    ['a ping in parts', [Buffer.from([0x09, 0])], 1002],
    ['a long ping', [serverFrame(OPCODE.ping, Buffer.alloc(126))], 1002],
    ['a part of nothing', [serverFrame(OPCODE.continuation, Buffer.alloc(1))], 1002],
    [
      'a message within a message',
      [1, 2].map(() => serverFrame(OPCODE.text, Buffer.alloc(1), { isFinal: false })),
      1002,
    ],
    ['text that is not UTF-8', [serverFrame(OPCODE.text, Buffer.from([0xff]))], 1007],
    ['a message over the limit', [serverFrame(OPCODE.binary, Buffer.alloc(MAX + 1))], 1009],
    ['a length of 2^64 - 1, before it comes', [huge], 1009],
    [
      'parts that together are over the limit',
      [
        serverFrame(OPCODE.binary, Buffer.alloc(MAX), { isFinal: false }),
        serverFrame(OPCODE.continuation, Buffer.alloc(1)),
      ],
      1009,
    ],
  ])('refuses %s', (_, chunks, code) => {
    expect(() => read(chunks)).toThrow(expect.objectContaining({ name: 'WebSocketError', code }))
  })
})
