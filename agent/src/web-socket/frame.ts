// Owns what the agent's WebSocket says of frames: their kinds, and how one of a client looks (RFC 6455, section 5).
import { randomFillSync } from 'node:crypto'

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const
export type Opcode = (typeof OPCODE)[keyof typeof OPCODE]

/** Control frames carry no more (section 5.5). */
export const MAX_CONTROL_BYTES = 125
const FIN = 0x80
const MASKED = 0x80
const MASK_BYTES = 4

/** A whole message as one frame, masked as a client's must be. Copies the payload. */
export function clientFrame(opcode: Opcode, payload: Uint8Array): Buffer {
  const { length } = payload
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8
  const start = 2 + lengthBytes + MASK_BYTES
  const frame = Buffer.allocUnsafe(start + length)
  frame[0] = FIN | opcode
  frame[1] = MASKED | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127)
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2)
  else if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2)
  randomFillSync(frame, start - MASK_BYTES, MASK_BYTES)
  for (let index = 0; index < length; index++) {
    const mask = frame[start - MASK_BYTES + (index & 3)] ?? 0
    frame[start + index] = (payload[index] ?? 0) ^ mask
  }
  return frame
}
