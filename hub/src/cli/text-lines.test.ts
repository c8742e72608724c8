import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linesOf } from './text-lines.ts'

async function* chunksOf(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  let start = 0
  for (const size of [...sizes, bytes.length]) {
    yield Promise.resolve(bytes.subarray(start, start + size))
    start += size
  }
}

async function read(text: string, sizes: readonly number[], maxBytes = 1000): Promise<string[]> {
  const found: string[] = []
  for await (const lines of linesOf(chunksOf(text, sizes), maxBytes)) {
    for (const { number, bytes } of lines) {
      found.push(bytes.toString())
      expect(number).toBe(found.length)
    }
  }
  return found
}

describe('lines of a stream', () => {
  it('are the same however it was cut', async () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '"', ' ') })).map((lines) => lines.join('\n')) // prettier-ignore
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(12)), async (written, sizes) => {
        const lines = written.split('\n')
        if (lines.at(-1) === '') lines.pop()
        expect(await read(written, sizes)).toEqual(lines)
      }),
    )
  })

  it('are no longer than they may be, ended or not', async () => {
    await expect(read('ab\nabcdef\n', [3, 2], 5)).rejects.toMatchObject({ number: 2 })
    await expect(read('ab\nabcdef', [1], 5)).rejects.toMatchObject({ number: 2 })
    expect(await read('ab\nabcde', [1], 5)).toEqual(['ab', 'abcde'])
  })
})
