#!/usr/bin/env node
// Owns the command `vigie` on whatever Node the machine has: it runs src/cli/main.ts on the pinned one.
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { run } from '../../scripts/pinned-node.mjs'
import { LEAN_ENVIRONMENT, LEAN_FLAGS } from './lean.mjs'

// What Node has compiled is kept: a command starts in two thirds of the time. Inside the installation, because a shared /tmp
// would let anybody put code there for us; where that cannot be written, nothing is kept.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/compiled', import.meta.url),
)
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)

const entry = new URL('../src/cli/main.ts', import.meta.url)
// Who waits for its messages starts it with the flags.
const isLean = LEAN_FLAGS.every((flag) => process.execArgv.includes(flag))

if (process.argv[2] === 'hub' && !isLean && !process.channel) {
  for (const [name, value] of Object.entries(LEAN_ENVIRONMENT)) process.env[name] ??= value
  await run(entry, LEAN_FLAGS)
} else {
  await run(entry)
}
