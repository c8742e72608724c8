// Every parser of what comes from outside (fuzz-parsers.ts), on right input with something wrong about it: each gives what it reads,
// or the error that it is known to throw, and nothing else. VIGIE_SOAK=1 tries twenty times as often.
import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { edited, edits } from './fuzz-edits.ts'
import { PARSERS, readWith } from './fuzz-parsers.ts'

const RUNS = process.env['VIGIE_SOAK'] === '1' ? 20_000 : 1000

it.each(Object.entries(PARSERS))('%s', { timeout: 600_000 }, async (_, parser) => {
  const seeds = parser.seeds.map((each) => Buffer.from(each as string))
  // As it is, it is read, and nothing is thrown: else all that follows says nothing.
  for (const each of seeds) {
    const given = await parser.read(each)
    if (parser.gives) expect(given).toBeDefined()
  }
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...seeds), edits, (right, wrong) =>
      readWith(parser, wrong.reduce(edited, right)),
    ),
    { numRuns: RUNS },
  )
})
