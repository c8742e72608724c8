// The codec, the handshake and the parsers that read most, fuzzed by a loop that coverage guides (fuzz-coverage.ts): none throws
// what it may not. VIGIE_SOAK=1 takes a seed of its own, which it prints, and sixty times as many inputs.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { MAZE } from './fuzz-maze.ts'
import type { Guided } from './fuzz-coverage.ts'

const isSoak = process.env['VIGIE_SOAK'] === '1'
const SEED = isSoak ? Date.now() % 1_000_000 : 1
const INPUTS = isSoak ? 15_000 : 250
const LOOP = fileURLToPath(new URL('./fuzz-coverage.ts', import.meta.url))
const NAMES = [
  'a block',
  'the body of a history',
  'a sealed part',
  'a handshake',
  'a message of the hub, to its agents',
  'frames of the hub, to its agents',
  'an advisory',
  'a feed',
  'an affected line',
  'a line of an import',
]

async function guided(seed: number, inputs: number, ...names: string[]): Promise<Guided[]> {
  const args = [LOOP, String(seed), String(inputs), ...names]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Guided)
}

it('the loop finds what nobody finds blindly', async () => {
  const [found] = await guided(1, 20_000, MAZE)
  expect(found?.fault?.words).toContain('the end of the maze')
})

it('no parser throws what it may not', { timeout: 1_800_000 }, async () => {
  const found = await guided(SEED, INPUTS, ...NAMES)
  if (isSoak) process.stdout.write(`seed ${SEED}: ${JSON.stringify(found)}\n`)
  expect(found.map(({ parser }) => parser)).toEqual(NAMES)
  for (const { parser, kept, fault } of found) {
    expect(fault, `${parser}, seed ${SEED}`).toBeNull()
    // Coverage has led somewhere.
    expect(kept, parser).toBeGreaterThan(0)
  }
})
