// The agent's process: picks the command, turns outcomes into one line and an exit status.
import { AgentError } from './agent-error.ts'

// The daemon loads only what it runs: the command line's parser would stay in its memory for good.
const isPlainRun = process.argv.length === 3 && process.argv[2] === 'run'

try {
  if (isPlainRun) {
    const { run } = await import('./cli/run.ts')
    await run(process.env)
  } else if (process.argv[2] === 'warm-up') {
    await import('./cli/warm-up.ts')
  } else {
    const { runCommand } = await import('./cli/program.ts')
    await runCommand(process.argv)
  }
} catch (error) {
  const known = error instanceof AgentError
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`vigie-agent: ${known ? message : `unexpected failure: ${message}`}\n`)
  process.exitCode = known ? error.exitCode : 1
}
