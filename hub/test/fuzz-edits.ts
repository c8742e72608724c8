// Owns what is wrong about right input, for the tests that fuzz parsers: a few edits, anywhere, of bytes that have hurt before.
import { Buffer } from 'node:buffer'
import fc from 'fast-check'

export interface Edit {
  readonly how: 'flip' | 'cut' | 'double' | 'insert' | 'remove' | 'repeat'
  readonly at: number
  readonly length: number
  readonly bytes: Uint8Array
}

/** What has hurt parsers before. */
const HURTFUL = [
  '"',
  '\\',
  '{',
  '[',
  '<![CDATA[',
  '&',
  '\0',
  '\ud800',
  '-',
  '9'.repeat(30),
  '\n',
  'null',
  '__proto__',
  '💥',
]

export const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc.record({
    how: fc.constantFrom('flip', 'cut', 'double', 'insert', 'remove', 'repeat'),
    at: fc.nat(4000),
    length: fc.integer({ min: 1, max: 40 }),
    bytes: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      fc.constantFrom(...HURTFUL).map((text) => Uint8Array.from(Buffer.from(text))),
    ),
  }),
  { minLength: 1, maxLength: 4 },
)

export function edited(
  before: Buffer<ArrayBuffer>,
  { how, at, length, bytes }: Edit,
): Buffer<ArrayBuffer> {
  const place = at % (before.length + 1)
  const [head, tail] = [before.subarray(0, place), before.subarray(place)]
  switch (how) {
    case 'flip': {
      const changed = Buffer.from(before)
      if (place < changed.length) changed[place] = (changed[place] ?? 0) ^ (1 << (length % 8))
      return changed
    }
    case 'cut':
      return head
    case 'double':
      return Buffer.concat([head, tail.subarray(0, length), tail])
    case 'insert':
      return Buffer.concat([head, bytes, tail])
    case 'remove':
      return Buffer.concat([head, tail.subarray(length)])
    case 'repeat':
      return Buffer.concat([head, ...new Array<Uint8Array>(length * 25).fill(bytes), tail])
  }
}
