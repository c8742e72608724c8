// Owns taking values out of a stored tick, a block of one tick, without building it: an hour is 3,600 of them.
// The layout is docs/protocol.md, section "Block"; rows were checked by the codec when they came in.
import { CodecError } from '@vigie/shared/codec/codec-error'

const EVERY_VALUE = 2

/** Where a scan stands. One is reused for all ticks, so that a tick costs no allocation. */
export class TickScan {
  #bytes: Uint8Array = new Uint8Array()
  #offset = 0
  revision = 0
  stepMs = 0
  series = 0

  /** Reads the head of a tick; {@link TickScan.values} is the next call. */
  open(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.#offset = 1
    const flags = this.#byte()
    this.revision = this.#varint()
    this.#varint()
    this.stepMs = this.#varint()
    if (this.#varint() !== 1) throw new CodecError('out-of-range', 'a row of not one tick')
    this.series = this.#varint()
    // Each series takes a byte at least.
    if (this.series > bytes.length) throw new CodecError('truncated', 'a stored tick')
    this.#complete = flags & EVERY_VALUE ? -1 : this.#offset
    if (this.#complete >= 0) this.#offset += Math.ceil(this.series / 8)
  }

  /** Puts the value of each series into the column that `targets` has for it, at `place`. */
  values(targets: readonly (Float64Array | undefined)[], place: number): void {
    const bytes = this.#bytes
    let offset = this.#offset
    for (let series = 0; series < this.series; series++) {
      const target = targets[series]
      if (this.#isMissing(series)) {
        offset++
        if (target) target[place] = NaN
        continue
      }
      // A signed varint, the sign in the lowest bit. What lies beyond the end is told by the length of all.
      const first = bytes[offset++] ?? 0
      let magnitude = (first >> 1) & 0x3f
      for (let byte = first, scale = 0x40; byte > 0x7f; scale *= 0x80) {
        byte = bytes[offset++] ?? 0
        magnitude += (byte & 0x7f) * scale
      }
      if (target) target[place] = first & 1 ? -magnitude - 1 : magnitude
    }
    if (offset > bytes.length) throw new CodecError('truncated', 'a stored tick')
    if (offset < bytes.length) throw new CodecError('trailing-bytes', 'a stored tick')
  }

  /** Where the bitmap of complete columns stands, or -1. */
  #complete = -1

  // With one tick a column that is not complete has no value, and one byte that says so.
  #isMissing(series: number): boolean {
    if (this.#complete < 0) return false
    return (((this.#bytes[this.#complete + (series >> 3)] ?? 0) >> (series & 7)) & 1) === 0
  }

  #varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#offset++]
    if (byte === undefined) throw new CodecError('truncated', 'a stored tick')
    return byte
  }
}
