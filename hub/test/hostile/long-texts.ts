// Owns the reading of long hostile texts by every parser of what comes from outside, in a process that is killed when it does not
// come to an end. It prints the name of each parser and text before it reads, and `end` at last.
import { Buffer } from 'node:buffer'
import { PARSERS, readWith } from '../fuzz-parsers.ts'

const LENGTH = 1_000_000

/** What makes expressions try again and again, over and over: alone, and before something that fits nowhere. */
const PIECES = ['a', ' ', '1.', '<a ', '&#x41;', 'versions antérieures à ', '\\"', '{"a":', '-*']

for (const [name, parser] of Object.entries(PARSERS)) {
  const [seed = ''] = parser.seeds
  const right = Buffer.from(seed as string)
  const middle = right.length >> 1
  for (const piece of PIECES) {
    process.stdout.write(`${name}, of ${JSON.stringify(piece)}\n`)
    const long = Buffer.from(piece.repeat(LENGTH / piece.length))
    for (const parts of [
      [long, Buffer.from('\u0001')],
      [right.subarray(0, middle), long, right.subarray(middle)],
    ]) {
      await readWith(parser, Buffer.concat(parts))
    }
  }
}
process.stdout.write('end\n')
