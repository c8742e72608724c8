// Owns the body of a history that is asked for as blocks: a sequence of frames that explains itself.
// A frame is its length as varint (of what follows it), a kind byte, and its content: 1 is a series table as JSON
// `{"revision", "keys"}`, 2 is a block. A table stands before the first block that names it.
import { decodeBlock, encodeBlock, type Block } from '../codec/block.ts'
import { ByteReader, ByteWriter } from '../codec/bytes.ts'
import { CodecError } from '../codec/codec-error.ts'
import { tableRevision } from '../metrics/series.ts'

/** The media type to `Accept`. */
export const BLOCK_MEDIA_TYPE = 'application/vnd.vigie.block'

/** A block with the keys of its series table: as many as it has columns. */
export interface HistoryRun {
  readonly keys: readonly string[]
  readonly block: Block
}

const TABLE = 1
const BLOCK = 2

/** Writes runs one after the other; what it returned, in that order, is the body. */
export class HistoryBodyWriter {
  readonly #told = new Set<number>()
  readonly #writer = new ByteWriter(64 * 1024)

  /** Throws a RangeError when it is not a run (a bug of the caller). */
  write({ keys, block }: HistoryRun): Uint8Array<ArrayBuffer> {
    const parts: Uint8Array[] = []
    const { revision } = block
    if (!this.#told.has(revision)) {
      this.#told.add(revision)
      pushFrame(parts, TABLE, new TextEncoder().encode(JSON.stringify({ revision, keys })))
    }
    pushFrame(parts, BLOCK, encodeBlock(block, this.#writer))
    return concatenated(parts)
  }
}

/** Writes runs in their order. Throws a RangeError when one is not a run (a bug of the caller). */
export function encodeHistoryBody(runs: readonly HistoryRun[]): Uint8Array<ArrayBuffer> {
  const writer = new HistoryBodyWriter()
  return concatenated(runs.map((run) => writer.write(run)))
}

/** Reads what {@link HistoryBodyWriter} wrote. Throws a {@link CodecError}, and nothing else, for other bytes. */
export function decodeHistoryBody(bytes: Uint8Array): HistoryRun[] {
  const runs: HistoryRun[] = []
  const tables = new Map<number, readonly string[]>()
  let offset = 0
  while (offset < bytes.length) {
    const header = new ByteReader(bytes.subarray(offset))
    const length = header.varint()
    if (length > header.remaining) throw new CodecError('truncated', `a frame of ${length} bytes`)
    const end = offset + header.offset + length
    const kind = header.byte()
    const content = bytes.subarray(offset + header.offset, end)
    if (length === 0) throw new CodecError('not-canonical', 'an empty frame')
    if (kind === TABLE) {
      const table = tableOf(content)
      tables.set(table.revision, table.keys)
    } else if (kind === BLOCK) {
      runs.push(runOf(content, tables))
    } else {
      throw new CodecError('unknown-version', `frame kind ${kind}`)
    }
    offset = end
  }
  return runs
}

function runOf(content: Uint8Array, tables: ReadonlyMap<number, readonly string[]>): HistoryRun {
  const block = decodeBlock(content)
  const keys = tables.get(block.revision)
  if (keys === undefined) throw new CodecError('out-of-range', 'a block before its table')
  if (block.values.length !== keys.length * block.present.length) {
    throw new CodecError('out-of-range', 'a block with other columns than its table')
  }
  return { keys, block }
}

function tableOf(content: Uint8Array): { revision: number; keys: readonly string[] } {
  let table: unknown
  try {
    table = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    throw new CodecError('not-canonical', 'a table that is not JSON')
  }
  if (typeof table === 'object' && table !== null && 'revision' in table && 'keys' in table) {
    const { revision, keys } = table
    if (isStrings(keys) && revision === tableRevision(keys)) return { revision, keys }
  }
  throw new CodecError('not-canonical', 'a table whose revision is not the hash of its keys')
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function pushFrame(parts: Uint8Array[], kind: number, content: Uint8Array): void {
  const header = new ByteWriter(16)
  header.varint(content.length + 1)
  header.byte(kind)
  parts.push(header.finish(), content)
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
