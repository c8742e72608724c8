// Owns the coding of bits by how likely they are: a binary arithmetic coder whose probabilities learn, and beside it plain
// bits, which stand at the end of the same bytes, last byte first (as RFC 6716, section 4.1.4, has them).
// (G. N. N. Martin, "Range encoding", 1979; without carries: a byte is written once both ends of the range begin with it.)

const PROBABILITY_BITS = 15
// Neither 0 nor 1 is ever certain: some 1/2^11 is left for the other.
const LEAST = 1 << (PROBABILITY_BITS - 11)
const MOST = (1 << PROBABILITY_BITS) - LEAST

const SEEN_BITS = 6
const MOST_SEEN = 48
/** How far a probability moves towards a bit, in 1/2^16, by how many bits it has seen: much at first, then less. */
const RATES = Int32Array.from({ length: MOST_SEEN + 1 }, (_, seen) => 2 ** 16 / (seen + 1.6))
const NEXT_SEEN = Int32Array.from(RATES, (_, seen) => Math.min(seen + 1, MOST_SEEN))
const UNKNOWN = 1 << (PROBABILITY_BITS - 1 + SEEN_BITS)

/** By numbered context the probability of a zero and, in the lowest bits, how many bits it has learnt from. */
export type BitModel = Int32Array

export function bitModel(contexts: number): BitModel {
  return new Int32Array(contexts).fill(UNKNOWN)
}

export function forget(model: BitModel): void {
  model.fill(UNKNOWN)
}

/** What a state becomes with a bit. */
function learnt(state: number, bit: number): number {
  const seen = state & ((1 << SEEN_BITS) - 1)
  const zeros = state >> SEEN_BITS
  const aim = MOST - (-bit & (MOST - LEAST))
  const moved = zeros + (Math.imul(aim - zeros, RATES[seen] ?? 0) >> 16)
  return (moved << SEEN_BITS) | (NEXT_SEEN[seen] ?? 0)
}

/** The ends of the range are unsigned numbers of 32 bits, kept as signed ones: those are quickest. */
const FIRST_BYTE = 0xff00_0000
/** Of plain bits so many are taken at once. */
const CHUNK_BITS = 24
const CHUNK = 2 ** CHUNK_BITS

/** Writes bits; {@link RangeEncoder.finish} gives the bytes and makes it ready for the next. */
export class RangeEncoder {
  readonly #coded = new ByteList()
  readonly #plain = new ByteList()
  #low = 0
  #high = -1
  /** Plain bits that are no byte yet, and how many. */
  #rest = 0
  #restBits = 0

  bit(model: BitModel, context: number, bit: number): void {
    const state = model[context] ?? 0
    const middle = split(this.#low, this.#high, state)
    const ones = -bit
    this.#low = (this.#low + ((middle + 1 - this.#low) & ones)) | 0
    this.#high = (this.#high + ((middle - this.#high) & ~ones)) | 0
    model[context] = learnt(state, bit)
    if (((this.#low ^ this.#high) & FIRST_BYTE) === 0) this.#renew()
  }

  #renew(): void {
    do {
      this.#coded.push(this.#high >>> 24)
      this.#low <<= 8
      this.#high = (this.#high << 8) | 0xff
    } while (((this.#low ^ this.#high) & FIRST_BYTE) === 0)
  }

  /** The low `count` bits of a number, each as likely 0 as 1; at most 53. */
  bits(value: number, count: number): void {
    let left = count
    if (left > CHUNK_BITS) {
      left = CHUNK_BITS
      this.bits(Math.floor(value / CHUNK), count - CHUNK_BITS)
    }
    this.#rest = (this.#rest << left) | (value & ((1 << left) - 1))
    this.#restBits += left
    while (this.#restBits >= 8) {
      this.#restBits -= 8
      this.#plain.push(this.#rest >>> this.#restBits)
    }
    this.#rest &= (1 << this.#restBits) - 1
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#pushEnd()
    if (this.#restBits > 0) this.#plain.push(this.#rest << (8 - this.#restBits))
    const coded = this.#coded.taken()
    const plain = this.#plain.taken().reverse()
    const bytes = new Uint8Array(coded.length + plain.length)
    bytes.set(coded)
    bytes.set(plain, coded.length)
    this.#low = 0
    this.#high = -1
    this.#rest = 0
    this.#restBits = 0
    return bytes
  }

  /** As few bytes as give a number of the range, whatever follows them. */
  #pushEnd(): void {
    const [low, high] = [this.#low >>> 0, this.#high >>> 0]
    for (let count = 0, unit = 2 ** 32; count <= 4; count++, unit /= 2 ** 8) {
      const first = Math.ceil(low / unit) * unit
      if (first + unit - 1 > high) continue
      for (let byte = 0; byte < count; byte++) this.#coded.push(first >>> (24 - 8 * byte))
      return
    }
  }
}

/** Reads what {@link RangeEncoder} wrote. Other bytes give some bits. */
export class RangeDecoder {
  readonly #bytes: Uint8Array
  #offset = 0
  #end: number
  #low = 0
  #high = -1
  #code = 0
  #rest = 0
  #restBits = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#end = bytes.length
    for (let byte = 0; byte < 4; byte++) this.#take()
  }

  bit(model: BitModel, context: number): number {
    const state = model[context] ?? 0
    const middle = split(this.#low, this.#high, state)
    const bit = this.#code >>> 0 > middle >>> 0 ? 1 : 0
    if (bit) this.#low = (middle + 1) | 0
    else this.#high = middle
    model[context] = learnt(state, bit)
    while (((this.#low ^ this.#high) & FIRST_BYTE) === 0) {
      this.#low <<= 8
      this.#high = (this.#high << 8) | 0xff
      this.#take()
    }
    return bit
  }

  bits(count: number): number {
    if (count > CHUNK_BITS) {
      const high = this.bits(count - CHUNK_BITS)
      return high * CHUNK + this.bits(CHUNK_BITS)
    }
    while (this.#restBits < count) {
      this.#rest = (this.#rest << 8) | (this.#bytes[--this.#end] ?? 0)
      this.#restBits += 8
    }
    this.#restBits -= count
    const value = this.#rest >>> this.#restBits
    this.#rest &= (1 << this.#restBits) - 1
    return value
  }

  #take(): void {
    this.#code = (this.#code << 8) | (this.#bytes[this.#offset++] ?? 0)
  }
}

/** The last number of a range that stands for a zero. */
function split(low: number, high: number, state: number): number {
  return (low + Math.imul((high - low) >>> PROBABILITY_BITS, state >> SEEN_BITS)) | 0
}

class ByteList {
  #bytes = new Uint8Array(4096)
  #length = 0

  push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2)
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    this.#bytes[this.#length++] = byte
  }

  /** A view of all bytes, good until the next one is pushed; the list is empty then. */
  taken(): Uint8Array {
    const bytes = this.#bytes.subarray(0, this.#length)
    this.#length = 0
    return bytes
  }
}
