// What is left in memory of ticks that are gone. Takes minutes: only with VIGIE_SOAK=1.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('./memory-run.ts', import.meta.url))
const TICKS = 18_000
// A tick that is kept takes hundreds; what Node itself keeps of its warming up is some ten.
const BYTES_PER_TICK = 60

it.runIf(process.env['VIGIE_SOAK'] === '1').each(['there', 'away'])(
  'is next to nothing, with the hub %s',
  { timeout: 600_000 },
  async (where) => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', PROGRAM, where])
    const heapBytes = stdout.trim().split('\n').map(Number)
    expect(heapBytes).toHaveLength(10)
    const grownBytes = (heapBytes.at(-1) ?? NaN) - (heapBytes[0] ?? NaN)
    expect(grownBytes / TICKS).toBeLessThan(BYTES_PER_TICK)
  },
)
