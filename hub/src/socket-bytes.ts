// Owns what a frame's content is, in whichever of its forms `ws` hands it out.
import type { RawData } from 'ws'

/** Without a copy where there is no need of one: `ws` may hand out a slice of a larger buffer. */
export function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
