// Owns the coding of bits by how likely they are: a binary range coder as LZMA has it, whose probabilities learn.
// (G. N. N. Martin, "Range encoding", 1979; carries are held back as in the LZMA specification.)
import { CodecError } from '@vigie/shared/codec/codec-error'

const PROBABILITY_BITS = 15
// Neither 0 nor 1 is ever certain: some 1/2^11 is left for the other.
const LEAST = 1 << (PROBABILITY_BITS - 11)
const MOST = (1 << PROBABILITY_BITS) - LEAST
/** A range stays below 2^31, where integers are quickest, and is renewed byte by byte below 2^23. */
const WHOLE = 2 ** 31 - 1
const RENEW_BELOW = 2 ** 23

const SEEN_BITS = 6
const MAX_SEEN = 48
/** How far a probability moves towards a bit, in 1/2^16, by how many bits it has seen: much at first, then less. */
const RATES = Int32Array.from({ length: MAX_SEEN + 1 }, (_, seen) => 2 ** 16 / (seen + 1.6))
const UNKNOWN = 1 << (PROBABILITY_BITS - 1 + SEEN_BITS)

/** The probabilities of zeros in numbered contexts, which learn from every bit. */
export class BitModel {
  /** A probability and, in the lowest bits, how many bits it has seen. */
  readonly #states: Int32Array

  constructor(contexts: number) {
    this.#states = new Int32Array(contexts).fill(UNKNOWN)
  }

  reset(): void {
    this.#states.fill(UNKNOWN)
  }

  zeros(context: number): number {
    return (this.#states[context] ?? 0) >> SEEN_BITS
  }

  learn(context: number, bit: number): void {
    const state = this.#states[context] ?? 0
    const seen = state & (2 ** SEEN_BITS - 1)
    const zeros = state >> SEEN_BITS
    const moved = zeros + ((((bit ? LEAST : MOST) - zeros) * (RATES[seen] ?? 0)) >> 16)
    this.#states[context] = (moved << SEEN_BITS) | (seen < MAX_SEEN ? seen + 1 : seen)
  }
}

/** Writes bits; {@link RangeEncoder.finish} gives the bytes and makes it ready for the next. */
export class RangeEncoder {
  #bytes = new Uint8Array(4096)
  #length = 0
  #low = 0
  #range = WHOLE
  #cache = 0
  #pending = 0

  bit(model: BitModel, context: number, bit: number): void {
    const bound = (this.#range >>> PROBABILITY_BITS) * model.zeros(context)
    if (bit) {
      this.#low += bound
      this.#range -= bound
    } else {
      this.#range = bound
    }
    model.learn(context, bit)
    while (this.#range < RENEW_BELOW) this.#shift()
  }

  /** The low `count` bits of a number, each as likely 0 as 1; at most 53. */
  bits(value: number, count: number): void {
    for (let left = count; left > 0; left -= 16) {
      const width = Math.min(left, 16)
      this.#range = this.#range >>> width
      this.#low += this.#range * (Math.floor(value / 2 ** (left - width)) % 2 ** width)
      while (this.#range < RENEW_BELOW) this.#shift()
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    // Of the numbers that are left to choose from, the roundest: it ends in zeros, which are left out.
    let unit = 2 ** 31
    while (Math.ceil(this.#low / unit) * unit >= this.#low + this.#range) unit /= 2
    this.#low = Math.ceil(this.#low / unit) * unit
    for (let byte = 0; byte < 5; byte++) this.#shift()
    // The first byte is the cache as it began, and a decoder reads zeros behind the end.
    let end = this.#length
    while (end > 1 && this.#bytes[end - 1] === 0) end--
    const bytes = this.#bytes.slice(1, end)
    this.#length = 0
    this.#low = 0
    this.#range = WHOLE
    this.#cache = 0
    this.#pending = 0
    return bytes
  }

  #shift(): void {
    this.#range <<= 8
    const low = this.#low
    if (low < 0xff000000 || low >= 2 ** 32) {
      const carry = low >= 2 ** 32 ? 1 : 0
      this.#push(this.#cache + carry)
      for (; this.#pending > 0; this.#pending--) this.#push(0xff + carry)
      this.#cache = (low >>> 24) & 0xff
    } else {
      this.#pending++
    }
    this.#low = (low & 0x00ffffff) * 256
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length++] = byte
  }
}

/** Reads what {@link RangeEncoder} wrote. Other bytes give some bits, or a {@link CodecError}. */
export class RangeDecoder {
  readonly #bytes: Uint8Array
  #offset = 0
  #range = WHOLE
  #code = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    for (let byte = 0; byte < 4; byte++) this.#code = this.#code * 256 + this.#next()
    this.#check()
  }

  bit(model: BitModel, context: number): number {
    const bound = (this.#range >>> PROBABILITY_BITS) * model.zeros(context)
    let bit = 0
    if (this.#code < bound) {
      this.#range = bound
    } else {
      bit = 1
      this.#code -= bound
      this.#range -= bound
    }
    model.learn(context, bit)
    while (this.#range < RENEW_BELOW) this.#shift()
    return bit
  }

  bits(count: number): number {
    let value = 0
    for (let left = count; left > 0; left -= 16) {
      const width = Math.min(left, 16)
      this.#range = this.#range >>> width
      const part = Math.min(Math.floor(this.#code / this.#range), 2 ** width - 1)
      this.#code -= part * this.#range
      this.#check()
      value = value * 2 ** width + part
      while (this.#range < RENEW_BELOW) this.#shift()
    }
    return value
  }

  #shift(): void {
    this.#range <<= 8
    this.#code = (this.#code << 8) | this.#next()
  }

  #check(): void {
    if (this.#code >= this.#range) throw new CodecError('out-of-range', 'bits that nobody wrote')
  }

  #next(): number {
    return this.#bytes[this.#offset++] ?? 0
  }
}
