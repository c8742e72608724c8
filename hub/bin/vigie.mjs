#!/usr/bin/env node
// Owns the command `vigie` on whatever Node the machine has: it runs src/cli/main.ts on the pinned one.
import { run } from '../../scripts/pinned-node.mjs'

await run(new URL('../src/cli/main.ts', import.meta.url))
