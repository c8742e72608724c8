#!/usr/bin/env node
// Owns the command `vigie` on whatever Node the machine has: it runs src/cli/main.ts on the pinned one.
import { run } from '../../scripts/pinned-node.mjs'
import { LEAN_ENVIRONMENT, LEAN_FLAGS } from './lean.mjs'

const entry = new URL('../src/cli/main.ts', import.meta.url)
// Who waits for its messages starts it with the flags.
const isLean = LEAN_FLAGS.every((flag) => process.execArgv.includes(flag))

if (process.argv[2] === 'hub' && !isLean && !process.channel) {
  for (const [name, value] of Object.entries(LEAN_ENVIRONMENT)) process.env[name] ??= value
  await run(entry, LEAN_FLAGS)
} else {
  await run(entry)
}
