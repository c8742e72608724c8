#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { isPinned, run } from '../../scripts/pinned-node.mjs'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

// Node keeps stripped sources here: with them the daemon never loads its TypeScript compiler, 30 MiB of memory.
// Inside the installation, because a shared /tmp would let anybody put code there for us.
process.env.NODE_COMPILE_CACHE ??= at('../node_modules/.cache/compiled')

// A tick costs a millisecond a second: optimised code and room for garbage would cost more memory than they save time.
// One thread to compile and to collect garbage is enough, and wakes no other.
const LEAN = [
  '--max-semi-space-size=1',
  '--no-opt',
  '--no-maglev',
  '--optimize-for-size',
  '--single-threaded',
]

if (!isPinned) {
  await run(import.meta.url)
} else if (process.argv[2] === 'run' && typeof process.execve === 'function') {
  // The first process fills the cache and ends; the daemon then takes this one's place, with its pid.
  const command = [...LEAN, at('../src/main.ts')]
  spawnSync(process.execPath, [...command, 'warm-up'], { stdio: 'ignore' })
  const args = [process.execPath, ...command, ...process.argv.slice(2)]
  process.execve(process.execPath, args, process.env)
} else {
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
  await import('../src/main.ts')
}
