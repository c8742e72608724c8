// The daemon as a program of its own: that watches the machine whose root it is given, and judges what it costs each so many
// milliseconds.
import { run } from '../src/cli/run.ts'

const [, , root, budgetWindowMs] = process.argv
await run(process.env, {
  ...(root && { root }),
  ...(budgetWindowMs && { budgetWindowMs: Number(budgetWindowMs) }),
})
