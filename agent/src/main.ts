// The agent's process: picks the command, turns outcomes into one line and an exit status.
import { AgentError } from './agent-error.ts'

// Each is loaded when it is asked for: what the daemon does not run, such as the command line's parser, would stay in
// its memory for good.
async function main([word, argument]: readonly string[]): Promise<void> {
  switch (process.argv.length === 3 && word === 'run' ? 'plain run' : word) {
    case 'plain run':
      return (await import('./cli/run.ts')).run(process.env)
    case 'run-service':
      return (await import('./cli/run-service.ts')).runService(process.env)
    case 'warm-up':
      return (await import('./cli/warm-up.ts')).warmUp()
    case 'read-inventory':
      return (await import('./inventory/inventory-process.ts')).printInventory(argument)
    case 'read-packages':
      return (await import('./inventory/packages/packages-process.ts')).printPackages(argument)
    default:
      return (await import('./cli/program.ts')).runCommand(process.argv)
  }
}

// No await at the top: the executable's form of it is a script.
main(process.argv.slice(2)).catch((error: unknown) => {
  const known = error instanceof AgentError
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`vigie-agent: ${known ? message : `unexpected failure: ${message}`}\n`)
  process.exitCode = known ? error.exitCode : 1
})
