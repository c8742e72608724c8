// Owns the command line: names, arguments and help. Each command is a module, loaded when it is called.
import { Command, CommanderError } from 'commander'
import { AgentError } from '../agent-error.ts'
import { addServiceCommands } from './service-commands.ts'
import { agentVersion } from './version.ts'

/** Runs the command that `argv` names. Throws an AgentError of exit code 2 when it is called wrongly. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(argv)
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version come here too, already printed.
    if (error.exitCode === 0) return
    const usage = error.code === 'commander.help' ? 'name a command' : error.message
    throw new AgentError(`${usage.replace(/^error: /, '')}; see: vigie-agent --help`, {
      exitCode: 2,
    })
  }
}

function createProgram(): Command {
  const program = new Command('vigie-agent')
    .description('Samples this machine every second and pushes to a Vigie hub.')
    .version(agentVersion())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
  program
    .command('sample')
    .description('print one tick of this machine as JSON; needs no hub')
    .action(async () => {
      const { sample } = await import('./sample.ts')
      await sample(process.env)
    })
  program
    .command('join <url> <token>')
    .description('enrol this machine at a hub, with a token that the hub made')
    .option('--name <name>', "what to call this machine (default: the token's, else its host name)")
    .option('--force', 'replace the identity that this machine has')
    .action(async (url: string, token: string, options: { name?: string; force?: boolean }) => {
      const { join } = await import('./join.ts')
      await join({ url, token, ...options, environment: process.env })
    })
  program
    .command('run')
    .description('sample and push until stopped')
    .action(async () => {
      const { run } = await import('./run.ts')
      await run(process.env)
    })
  addServiceCommands(program)
  return program
}
