// Owns the sealed form of columns: a checked sequence of bytes in which each column can be read without the others.
// A version byte, the CRC-32 of all that follows, the number of columns, for each its length or which earlier one it is
// equal to, then the columns.
import { crc32 } from 'node:zlib'
import { ByteReader, ByteWriter } from '@vigie/shared/codec/bytes'
import { CodecError } from '@vigie/shared/codec/codec-error'

const VERSION = 2
const HEAD_BYTES = 5
const MAX_COLUMNS = 8192
/** A shorter column takes no more room than the mention of an earlier one. */
const LEAST_COPIED_BYTES = 4

export function writeColumns(columns: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const directory = new ByteWriter(4 + 2 * columns.length)
  const kept: Uint8Array[] = []
  const indexes = new Map<string, number>()
  directory.varint(columns.length)
  columns.forEach((column, index) => {
    const content = Buffer.from(column.buffer, column.byteOffset, column.length).toString('latin1')
    const same = column.length < LEAST_COPIED_BYTES ? undefined : indexes.get(content)
    if (same === undefined) {
      indexes.set(content, index)
      kept.push(column)
      directory.varint(column.length * 2)
    } else {
      directory.varint(same * 2 + 1)
    }
  })
  const head = Buffer.alloc(HEAD_BYTES)
  const body = Buffer.concat([directory.finish(), ...kept])
  head.writeUInt8(VERSION, 0)
  head.writeUInt32LE(crc32(body), 1)
  return new Uint8Array(Buffer.concat([head, body]))
}

/** Checks the bytes and finds their columns. Throws a {@link CodecError} for any that {@link writeColumns} did not write. */
export function openColumns(bytes: Uint8Array): Uint8Array[] {
  const [version] = bytes
  if (version !== VERSION) throw new CodecError('unknown-version', `sealed form ${version}`)
  if (bytes.length < HEAD_BYTES) throw new CodecError('truncated', 'a sealed form without its sum')
  const body = bytes.subarray(HEAD_BYTES)
  const sum = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1, true)
  if (crc32(body) !== sum)
    throw new CodecError('not-canonical', 'the sum of a sealed form is wrong')
  const reader = new ByteReader(body)
  const count = reader.varint()
  if (count > MAX_COLUMNS) throw new CodecError('over-limit', `${count} columns`)
  const entries = Array.from({ length: count }, () => reader.varint())
  const columns: Uint8Array[] = []
  let start = reader.offset
  for (const entry of entries) {
    const value = Math.floor(entry / 2)
    if (entry % 2 === 1) {
      const same = columns[value]
      if (!same) throw new CodecError('out-of-range', 'a column that is equal to a later one')
      columns.push(same)
    } else {
      if (start + value > body.length) throw new CodecError('truncated', 'a column')
      columns.push(body.subarray(start, start + value))
      start += value
    }
  }
  if (start < body.length) throw new CodecError('trailing-bytes', `${body.length - start} bytes`)
  return columns
}
