// The daemon as a program of its own: that watches the machine whose root it is given, judges what it costs each so many
// milliseconds, and has used so many megabytes before it begins.
import { run } from '../src/cli/run.ts'

const [, , root, budgetWindowMs, usedMb] = process.argv
useMemory(Number(usedMb ?? 0))
await run(process.env, {
  ...(root && { root }),
  ...(budgetWindowMs && { budgetWindowMs: Number(budgetWindowMs) }),
})

/** In many small pieces, as a program has them: of what is one piece V8 gives the pages back by itself. */
function useMemory(megabytes: number): void {
  const pieces = Array.from({ length: megabytes * 1000 }, () => Array.from({ length: 125 }))
  pieces.length = 0
}
