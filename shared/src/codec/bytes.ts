// Owns the primitive encodings of a block: varints, signed varints and bitmaps, over a growing or a bounded buffer.
import { CodecError } from './codec-error.ts'

/** An append-only buffer that grows. Reused through {@link ByteWriter.reset}, so a tick costs no new allocation. */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(initialSizeBytes = 256) {
    this.#bytes = new Uint8Array(initialSizeBytes)
  }

  reset(): void {
    this.#length = 0
  }

  /** A copy of what was written. */
  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length)
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  /** Unsigned LEB128 of an integer from 0 to 2^53-1. */
  varint(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      this.byte((rest % 0x80) | 0x80)
      rest = Math.floor(rest / 0x80)
    }
    this.byte(rest)
  }

  /**
   * Zigzag LEB128 of an integer from -2^53 to 2^53-1. The sign takes the lowest bit of the first byte and the
   * magnitude the rest, so nothing is ever doubled beyond what a float64 holds exactly.
   */
  signedVarint(value: number): void {
    const sign = value < 0 ? 1 : 0
    const magnitude = sign ? -(value + 1) : value
    if (magnitude < 0x40) {
      this.byte((magnitude << 1) | sign)
      return
    }
    this.byte(((magnitude % 0x40) << 1) | sign | 0x80)
    this.varint(Math.floor(magnitude / 0x40))
  }

  /** One bit an item, least significant bit first, padded with zeros to a whole byte. */
  bitmap(count: number, isSet: (index: number) => boolean): void {
    for (let first = 0; first < count; first += 8) {
      let byte = 0
      for (let bit = 0; bit < 8 && first + bit < count; bit++) {
        if (isSet(first + bit)) byte |= 1 << bit
      }
      this.byte(byte)
    }
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + needed))
    larger.set(this.#bytes)
    this.#bytes = larger
  }
}

/** Reads what {@link ByteWriter} wrote. Every method throws a {@link CodecError} instead of reading past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #offset = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset
  }

  byte(): number {
    const value = this.#bytes[this.#offset]
    if (value === undefined) throw new CodecError('truncated', `no byte at ${this.#offset}`)
    this.#offset++
    return value
  }

  varint(): number {
    return this.#magnitude(0, 1)
  }

  /** Where the reader stands: what was read so far, in bytes. */
  get offset(): number {
    return this.#offset
  }

  signedVarint(): number {
    const first = this.byte()
    const low = (first >> 1) & 0x3f
    const magnitude = first & 0x80 ? this.#magnitude(low, 0x40) : low
    return first & 1 ? -magnitude - 1 : magnitude
  }

  /** The bitmap of `count` items, one byte an item (0 or 1). Bits of the padding must be zero. */
  bitmap(count: number): Uint8Array {
    const sizeBytes = Math.ceil(count / 8)
    if (sizeBytes > this.remaining) throw new CodecError('truncated', `bitmap of ${count} bits`)
    const bits = new Uint8Array(count)
    for (let index = 0; index < count; index++) {
      const byte = this.#bytes[this.#offset + (index >> 3)] ?? 0
      bits[index] = (byte >> (index & 7)) & 1
    }
    const padding = count & 7
    if (padding && (this.#bytes[this.#offset + sizeBytes - 1] ?? 0) >> padding) {
      throw new CodecError('not-canonical', 'padding bits are set')
    }
    this.#offset += sizeBytes
    return bits
  }

  // LEB128 continued at the bit that `scale` stands for; refuses overlong forms, so that a value has one encoding.
  #magnitude(start: number, startScale: number): number {
    let value = start
    let scale = startScale
    for (;;) {
      const byte = this.byte()
      const part = byte & 0x7f
      if (part > Math.floor((Number.MAX_SAFE_INTEGER - value) / scale)) {
        throw new CodecError('out-of-range', 'integer over 2^53-1')
      }
      value += part * scale
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw new CodecError('not-canonical', 'overlong integer')
        return value
      }
      scale *= 0x80
    }
  }
}
