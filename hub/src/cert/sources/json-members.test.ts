// One large JSON object, in pieces of any size: the same members as JSON.parse sees, or a fault by its name.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { membersOf } from './json-members.ts'
import { SourceFault } from './source-fault.ts'

async function* inPieces(text: string, length: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let start = 0; start < bytes.length; start += length) {
    yield await Promise.resolve(bytes.subarray(start, start + length))
  }
}

async function read(text: string, { length = 7, maxBytes = 1000 } = {}) {
  const members: [string, unknown][] = []
  for await (const member of membersOf(inPieces(text, length), maxBytes)) members.push(member)
  return members
}

async function faultOf(text: string, maxBytes?: number): Promise<string> {
  const error: unknown = await read(text, maxBytes === undefined ? {} : { maxBytes }).catch(
    (thrown: unknown) => thrown,
  )
  return error instanceof SourceFault ? error.kind : 'none'
}

describe('members of an object', () => {
  it('are those of the whole, however it is cut', async () => {
    const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())
    await fc.assert(
      fc.asyncProperty(
        object,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(3),
        async (one, length, indent) => {
          const text = JSON.stringify(one, null, indent)
          const whole: unknown = JSON.parse(text)
          expect(await read(text, { length, maxBytes: 1e6 })).toEqual(Object.entries(whole ?? {}))
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"a":{"b":1},"c":{'],
    ['a string without end', '{"a":"b}'],
    ['a list', '[{"a":1}]'],
    ['two objects', '{"a":1}{"b":2}'],
    ['words behind it', '{"a":1} and more'],
    ['a page', '<html><body>{}</body></html>'],
    ['no colon', '{"a"}'],
    ['a comma too many', '{"a":1,}'],
    ['nothing between commas', '{"a":1,,"b":2}'],
    ['brackets that do not fit', '{"a":[1}}'],
    ['a name without quotes', '{a:1}'],
  ])('of %s are bad-document', async (_, text) => {
    expect(await faultOf(text)).toBe('bad-document')
  })

  it.each([
    ['a name', `{"${'a'.repeat(2000)}":1}`],
    ['a value', `{"a":"${'b'.repeat(2000)}"}`],
    ['depth', `{"a":${'['.repeat(2000)}`],
    ['what never ends', `{"a":1,"b":"${'c'.repeat(2000)}`],
  ])('too long by %s are too-large', async (_, text) => {
    expect(await faultOf(text)).toBe('too-large')
  })

  it('that are called as what all objects have are theirs', async () => {
    expect(await read('{"__proto__":{"a":1},"constructor":2}')).toEqual([
      ['__proto__', { a: 1 }],
      ['constructor', 2],
    ])
  })
})
