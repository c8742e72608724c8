#!/usr/bin/env node
import { run } from '../../scripts/pinned-node.mjs'

await run(new URL('../src/main.ts', import.meta.url).href)
