// Texts of a megabyte that are made to hurt expressions, in every parser of what comes from outside: each comes to an end. Lint
// refuses expressions that may take more than the length of their text; what is read here is what they make of it together.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { PARSERS } from '../fuzz-parsers.ts'

/** What takes the square of its text's length would take hours. */
const PATIENCE_MS = 150_000

it('are read to their end, or refused', { timeout: PATIENCE_MS + 30_000 }, async () => {
  const entry = fileURLToPath(new URL('./long-texts.ts', import.meta.url))
  const child = spawn(process.execPath, [entry], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  })
  const [said] = await Promise.all([text(child.stdout), once(child, 'close')])
  const lines = said.trim().split('\n')
  // When it was killed: what was being read.
  expect(lines.at(-1)).toBe('end')
  expect(lines.length).toBeGreaterThan(Object.keys(PARSERS).length * 5)
})
