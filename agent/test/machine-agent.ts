// The daemon as a program of its own that watches the machine whose root it is given.
import { run } from '../src/cli/run.ts'

await run(process.env, process.argv[2])
