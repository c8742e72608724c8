// Owns the form in which ticks travel to the thread that commits them: rows packed into one buffer.

/** One tick as it is kept: `payload` is a block of one tick. */
export interface StoredTick {
  readonly timeMs: number
  readonly payload: Uint8Array
}

export interface SeriesTableWrite {
  readonly hostId: number
  readonly revision: number
  readonly keys: readonly string[]
}

/** What one transaction writes: tables first, so that no tick is there without the table that names its values. */
export interface TickBatch {
  readonly tables: readonly SeriesTableWrite[]
  readonly rows: Uint8Array<ArrayBuffer>
}

export interface TickRowVisitor {
  (hostId: number, timeMs: number, payload: Uint8Array): void
}

// host and time as float64, which holds both exactly; the payload's size; the payload
const HEAD_BYTES = 8 + 8 + 4
const FIRST_SIZE_BYTES = 16_384

/** A buffer that grows, of rows in the order in which they were added. */
export class TickRows {
  #bytes = Buffer.allocUnsafeSlow(FIRST_SIZE_BYTES)
  #length = 0
  #count = 0

  get count(): number {
    return this.#count
  }

  add(hostId: number, { timeMs, payload }: StoredTick): void {
    const start = this.#length
    this.#length += HEAD_BYTES + payload.byteLength
    if (this.#length > this.#bytes.length) this.#grow(start)
    this.#bytes.writeDoubleLE(hostId, start)
    this.#bytes.writeDoubleLE(timeMs, start + 8)
    this.#bytes.writeUInt32LE(payload.byteLength, start + 16)
    this.#bytes.set(payload, start + HEAD_BYTES)
    this.#count++
  }

  /** A copy, in a buffer of its own that may be transferred. */
  packed(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes.subarray(0, this.#length))
  }

  #grow(used: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length))
    larger.set(this.#bytes.subarray(0, used))
    this.#bytes = larger
  }
}

/** Calls `visit` for each row of {@link TickRows.packed}; payloads are views into it. */
export function eachTickRow(packed: Uint8Array<ArrayBuffer>, visit: TickRowVisitor): void {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength)
  for (let at = 0; at < bytes.length;) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at + 16)
    visit(bytes.readDoubleLE(at), bytes.readDoubleLE(at + 8), bytes.subarray(at + HEAD_BYTES, end))
    at = end
  }
}
