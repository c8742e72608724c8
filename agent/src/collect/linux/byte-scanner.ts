// Owns the parsing of the kernel's text as bytes: no strings and no objects are made on the tick.
const SPACE = 0x20
const TAB = 0x09
const LINE_FEED = 0x0a
const ZERO = 0x30
const DOT = 0x2e
const MINUS = 0x2d
const COLON = 0x3a
const ENDS_NAME: ReadonlySet<number> = new Set([SPACE, TAB, LINE_FEED, COLON])

/** A place in a text that moves forward. Fields are separated by spaces or tabs. */
export class ByteScanner {
  #bytes: Uint8Array = new Uint8Array(0)
  #end = 0
  position = 0

  over(bytes: Uint8Array, end: number, position = 0): this {
    this.#bytes = bytes
    this.#end = end
    this.position = position
    return this
  }

  get atEnd(): boolean {
    return this.position >= this.#end
  }

  /** The byte here, or -1 at the end. */
  peek(): number {
    return this.position < this.#end ? (this.#bytes[this.position] ?? -1) : -1
  }

  skipSpaces(): void {
    for (let byte = this.peek(); byte === SPACE || byte === TAB; byte = this.peek()) this.position++
  }

  /** Reads the next field as a decimal number; NaN where there is none. Integers above 2^53 lose their last bits. */
  number(): number {
    this.skipSpaces()
    const negative = this.peek() === MINUS
    if (negative) this.position++
    const start = this.position
    let value = 0
    for (let digit = this.#digit(); digit >= 0; digit = this.#digit()) {
      value = value * 10 + digit
      this.position++
    }
    if (this.position === start) return NaN
    if (this.peek() === DOT) value += this.#fraction()
    return negative ? -value : value
  }

  skipField(): void {
    this.skipSpaces()
    for (
      let byte = this.peek();
      byte !== SPACE && byte !== TAB && byte !== LINE_FEED && byte !== -1;
      byte = this.peek()
    )
      this.position++
  }

  skipFields(count: number): void {
    for (let field = 0; field < count; field++) this.skipField()
  }

  /** Moves behind the next line feed. */
  skipLine(): void {
    while (this.position < this.#end && this.#bytes[this.position] !== LINE_FEED) this.position++
    this.position++
  }

  /** Moves behind `expected` if it stands here. */
  skipIf(expected: Uint8Array): boolean {
    if (this.position + expected.length > this.#end) return false
    for (let index = 0; index < expected.length; index++) {
      if (this.#bytes[this.position + index] !== expected[index]) return false
    }
    this.position += expected.length
    return true
  }

  /** A copy of the field here together with the byte that ends it, so that no other name begins with it. */
  name(): Buffer {
    const start = this.position
    while (!this.atEnd && !ENDS_NAME.has(this.peek())) this.position++
    return Buffer.from(this.#bytes.subarray(start, Math.min(this.position + 1, this.#end)))
  }

  #digit(): number {
    const digit = this.peek() - ZERO
    return digit >= 0 && digit <= 9 ? digit : -1
  }

  #fraction(): number {
    this.position++
    let value = 0
    let scale = 1
    for (let digit = this.#digit(); digit >= 0; digit = this.#digit()) {
      value = value * 10 + digit
      scale *= 10
      this.position++
    }
    return value / scale
  }
}

/** A text of which the first `length` bytes are what the last reading gave. */
interface Text {
  readonly bytes: Buffer
  readonly length: number
}

/** The number behind `label`, which must occur once; NaN where it does not. */
export function numberAfter(scanner: ByteScanner, text: Text, label: Buffer): number {
  const at = text.bytes.indexOf(label)
  // Behind the text stands what an earlier, longer reading left.
  if (at < 0 || at + label.length >= text.length) return NaN
  return scanner.over(text.bytes, text.length, at + label.length).number()
}
