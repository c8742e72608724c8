#!/usr/bin/env node
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { run } from '../../scripts/pinned-node.mjs'

// Node keeps stripped sources here: with them the daemon never loads its TypeScript compiler, 16 MiB of memory.
// Inside the installation, because a shared /tmp would let anybody put code there for us.
const cache = fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url))
process.env.NODE_COMPILE_CACHE ??= cache
module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)

await run(new URL('../src/main.ts', import.meta.url).href)
