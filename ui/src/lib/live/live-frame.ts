// Owns what one frame from the hub holds (docs/protocol.md, F1): a message as JSON, or a host's block behind its id.
import { ByteReader } from '@vigie/shared/codec/bytes'
import { CodecError } from '@vigie/shared/codec/codec-error'
import type { LiveMessage } from '@vigie/shared/protocol/live'

export type LiveFrame =
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'block'; readonly host: number; readonly bytes: Uint8Array }

/** Reads a frame; undefined when it is neither. The hub is trusted with the shape of its messages. */
export function readFrame(data: string | ArrayBuffer): LiveFrame | undefined {
  try {
    if (typeof data === 'string') return { kind: 'message', message: parse(data) }
    const frame = new Uint8Array(data)
    const reader = new ByteReader(frame)
    return { kind: 'block', host: reader.varint(), bytes: frame.subarray(reader.offset) }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof CodecError) return undefined
    throw error
  }
}

function parse(data: string): LiveMessage {
  return JSON.parse(data) as LiveMessage
}
