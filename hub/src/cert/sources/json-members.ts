// Owns the cutting of one large JSON object into its members as its bytes come, so that only one of them is held at a time.
import { SourceFault } from './source-fault.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const SPACES: ReadonlySet<number> = new Set([0x20, 0x0a, 0x0d, 0x09])

/**
 * Gives each member of the object as its name and value.
 * @throws {SourceFault} `bad-document` for what is not one whole JSON object, `too-large` for a member that is longer
 *   than `maxMemberBytes`.
 */
export async function* membersOf(
  chunks: AsyncIterable<Uint8Array>,
  maxMemberBytes: number,
): AsyncGenerator<[string, unknown]> {
  const cutter = new MemberCutter(maxMemberBytes)
  for await (const chunk of chunks) {
    for (const text of cutter.push(chunk)) yield* Object.entries(parsed(text))
  }
  cutter.end()
}

// Outside strings, brackets and commas are all that has to be known; what stands between them is for JSON.parse.
class MemberCutter {
  readonly #maxBytes: number
  #depth = 0
  #isInString = false
  #isEscaped = false
  #isEnded = false
  #hasMembers = false
  #held: Uint8Array[] = []
  #heldBytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The texts of members, each as an object of its own. */
  *push(chunk: Uint8Array): Generator<string> {
    let start = 0
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] ?? 0
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false
        else if (byte === BACKSLASH) this.#isEscaped = true
        else if (byte === QUOTE) this.#isInString = false
        continue
      }
      if (this.#depth === 0) {
        if (this.#isOpening(byte)) start = index + 1
        continue
      }
      if (byte === QUOTE) this.#isInString = true
      else if (isOpen(byte)) this.#depth++
      else if (isClose(byte) && --this.#depth === 0) {
        this.#isEnded = true
        this.#hold(chunk.subarray(start, index))
        const text = this.#take()
        if (text.trim() !== '' || this.#hasMembers) yield text
      } else if (byte === COMMA && this.#depth === 1) {
        this.#hold(chunk.subarray(start, index))
        this.#hasMembers = true
        start = index + 1
        yield this.#take()
      }
    }
    if (this.#depth > 0) this.#hold(chunk.slice(start))
  }

  /** @throws {SourceFault} when the object has not ended. */
  end(): void {
    if (!this.#isEnded) throw new SourceFault('bad-document', 'the data ends before its end')
  }

  #isOpening(byte: number): boolean {
    if (SPACES.has(byte)) return false
    if (this.#isEnded || byte !== 0x7b) {
      throw new SourceFault('bad-document', 'the data is not one JSON object')
    }
    this.#depth = 1
    return true
  }

  #hold(bytes: Uint8Array): void {
    this.#heldBytes += bytes.length
    if (this.#heldBytes > this.#maxBytes) {
      throw new SourceFault(
        'too-large',
        `a part of the data is larger than ${this.#maxBytes} bytes`,
      )
    }
    this.#held.push(bytes)
  }

  #take(): string {
    const text = Buffer.concat(this.#held).toString('utf8')
    this.#held = []
    this.#heldBytes = 0
    return text
  }
}

const isOpen = (byte: number): boolean => byte === 0x7b || byte === 0x5b
const isClose = (byte: number): boolean => byte === 0x7d || byte === 0x5d

function parsed(member: string): object {
  try {
    const one: unknown = JSON.parse(`{${member}}`)
    if (typeof one === 'object' && one !== null && Object.keys(one).length === 1) return one
  } catch (error) {
    throw new SourceFault('bad-document', 'a part of the data is no JSON', { cause: error })
  }
  throw new SourceFault('bad-document', 'a part of the data is no JSON')
}
