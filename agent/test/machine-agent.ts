// The daemon as a program of its own that watches the machine whose root it is given.
import { run } from '../src/cli/run.ts'

await run(process.env, { root: process.argv[2] })
