// Owns the bytes of a spool segment: magic and version, then records, each with its length and checksum. Whatever
// happened to the bytes, every record that is whole is found again.
import { parseJsonObject } from '../json-object.ts'
import type { SeriesKey } from '@vigie/shared/metrics/series'
import type { SeriesTable } from '../tick.ts'
import type { Gap, SpooledTick } from './spooled-tick.ts'

const VERSION = 1
const MAGIC = Buffer.from('VIGIESPOOL')
const START_BYTES = MAGIC.length + 1

// A record: marker, kind, length of the body, CRC-32 of kind, length and body, body. Little endian.
const MARKER = Buffer.from([0xa5, 0x5a])
const KIND = { header: 1, table: 2, gap: 3, tick: 4 } as const
const HEAD_BYTES = 11
const MAX_BODY_BYTES = 1_048_576

/** By which clock the ticks of a segment are stamped. */
export interface SegmentClock {
  /** Whether it is the hub's clock. */
  readonly isHubs: boolean
  readonly bootId: string
  /** How far it is ahead of the time since that boot, by which another process of this boot can tell it. */
  readonly leadMs: number
}

export interface SegmentContent {
  /** Undefined where that part of the file is damaged. */
  readonly clock: SegmentClock | undefined
  readonly ticks: readonly SpooledTick[]
  /** Places in which bytes were not what was written, a torn end not among them. */
  readonly damages: number
}

export function encodeStart(clock: SegmentClock): Buffer {
  return Buffer.concat([MAGIC, Buffer.of(VERSION), jsonRecord(KIND.header, clock)])
}

export function encodeTable({ revision, keys }: SeriesTable): Buffer {
  return jsonRecord(KIND.table, { revision, keys })
}

export function encodeTick({ timeMs, table, payload, gaps }: SpooledTick): Buffer {
  const body = Buffer.allocUnsafe(16 + payload.length)
  body.writeDoubleLE(timeMs, 0)
  body.writeDoubleLE(table.revision, 8)
  body.set(payload, 16)
  const parts = gaps.map((gap) => jsonRecord(KIND.gap, gap))
  return Buffer.concat([...parts, record(KIND.tick, body)])
}

/** Reads a whole segment, or returns undefined when it is not one, or one of a newer version. Payloads are views. */
export function readSegment(bytes: Buffer): SegmentContent | undefined {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || bytes[MAGIC.length] !== VERSION) {
    // What was torn before its first record is ours and empty.
    const isTorn = bytes.length < START_BYTES && MAGIC.subarray(0, bytes.length).equals(bytes)
    return isTorn ? { clock: undefined, ticks: [], damages: 0 } : undefined
  }
  const reading = new Reading()
  for (let at = START_BYTES; at < bytes.length;) {
    const body = recordAt(bytes, at)
    if (body) {
      reading.take(bytes[at + 2] ?? 0, body)
      at += HEAD_BYTES + body.length
      continue
    }
    const next = nextRecord(bytes, at + 1)
    if (next === undefined) break
    reading.damaged()
    at = next
  }
  return reading
}

class Reading implements SegmentContent {
  clock: SegmentClock | undefined
  readonly ticks: SpooledTick[] = []
  damages = 0
  readonly #tables = new Map<number, SeriesTable>()
  #gaps: Gap[] = []
  #damagesHere = 0

  take(kind: number, body: Buffer): void {
    if (kind === KIND.tick) {
      this.#takeTick(body)
      return
    }
    // The checksum was right, so it is what an agent wrote.
    const value = parseJsonObject(body.toString()) as unknown
    if (kind === KIND.header) this.clock = value as SegmentClock
    else if (kind === KIND.gap) this.#gaps.push(value as Gap)
    else if (kind === KIND.table) {
      const table = value as { revision: number; keys: SeriesKey[] }
      this.#tables.set(table.revision, table)
    }
  }

  damaged(): void {
    this.damages++
    this.#damagesHere++
  }

  #takeTick(body: Buffer): void {
    const timeMs = body.readDoubleLE(0)
    const table = this.#tables.get(body.readDoubleLE(8))
    if (!table) {
      this.damaged()
      return
    }
    const fromMs = this.ticks.at(-1)?.timeMs
    const gaps = this.#gaps
    if (this.#damagesHere > 0 && fromMs !== undefined) {
      gaps.push({ fromMs, toMs: timeMs, reason: 'dropped', ticks: this.#damagesHere })
    }
    this.ticks.push({ timeMs, table, payload: body.subarray(16), gaps })
    this.#gaps = []
    this.#damagesHere = 0
  }
}

/** The body of the whole and right record that begins here, if one does. */
function recordAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + HEAD_BYTES > bytes.length) return undefined
  if (bytes[at] !== MARKER[0] || bytes[at + 1] !== MARKER[1]) return undefined
  const length = bytes.readUInt32LE(at + 3)
  const start = at + HEAD_BYTES
  if (length > MAX_BODY_BYTES || start + length > bytes.length) return undefined
  const body = bytes.subarray(start, start + length)
  return checksum(bytes.subarray(at + 2, at + 7), body) === bytes.readUInt32LE(at + 7)
    ? body
    : undefined
}

function nextRecord(bytes: Buffer, from: number): number | undefined {
  for (let at = bytes.indexOf(MARKER, from); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    if (recordAt(bytes, at)) return at
  }
  return undefined
}

function jsonRecord(kind: number, value: object): Buffer {
  return record(kind, Buffer.from(JSON.stringify(value)))
}

function record(kind: number, body: Buffer): Buffer {
  const head = Buffer.allocUnsafe(HEAD_BYTES)
  head.set(MARKER)
  head[2] = kind
  head.writeUInt32LE(body.length, 3)
  head.writeUInt32LE(checksum(head.subarray(2, 7), body), 7)
  return Buffer.concat([head, body])
}

// Looked up when it is needed: zlib takes 2 MiB that an agent whose hub is there never uses.
function checksum(head: Buffer, body: Buffer): number {
  const { crc32 } = process.getBuiltinModule('node:zlib')
  return crc32(body, crc32(head))
}
