// Owns the command line of the hub. Each command's work is in a file of its own, loaded when it runs.
import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { addAccessCommands } from './access-commands.ts'
import { addActingCommands } from './acting-commands.ts'
import { addAlertCommands } from './alert-commands.ts'
import { addCareCommands } from './care-commands.ts'
import { CommandError } from './command-error.ts'
import type { EnrolOptions } from './enrol-terms.ts'
import { HUB_OPTION } from './hub-option.ts'
import { addCertCommands } from './cert-commands.ts'
import { addHostCommands } from './host-commands.ts'
import { addDataCommands } from './data-commands.ts'
import { printJson, printLine } from './print.ts'
import { addReadingCommands } from './reading-commands.ts'
import { addStatusPageCommands } from './status-page-commands.ts'

const WRONG_USAGE = 2

function createProgram(): Command {
  const program = new Command('vigie')
    .description('The hub of Vigie: every second of every machine')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(oneLine(text)) })

  // Commands load what they need when they run: asking for the version should not open a database.
  program
    .command('hub')
    .description('run the hub in the foreground')
    .option('--sign-in-link', 'print a one-time sign-in link even where no terminal shows it')
    .action(async ({ signInLink = false }: { signInLink?: boolean }) => {
      const { runHub } = await import('../main.ts')
      process.exitCode = await runHub({ isLinkWanted: signInLink })
    })

  program
    .command('enrol')
    .description('invite a machine: prints a single-use token and the command to run there')
    .option('--name <name>', "the host's name (the machine's own when left out)")
    .option('--host <host>', 'a host that is there, of which the machine becomes the agent')
    .option('--uses <number>', 'how many machines may join with it (1)')
    .option('--for <span>', 'how long it is good, such as 8h, 30d (15min)')
    .option('--json', 'print {"token","command","expiresAtMs", ...}')
    .option(...HUB_OPTION)
    .action(async ({ json, ...wanted }: EnrolOptions & { json?: true }) => {
      const { besides, enrol } = await import('./enrol.ts')
      const invitation = await enrol(wanted)
      if (json) {
        printJson(invitation)
        return
      }
      printLine(`Run this on the new machine, before ${timeOf(invitation.expiresAtMs)}:`)
      printLine(`\n  ${invitation.command}\n`)
      for (const line of besides(invitation)) printLine(line)
    })

  addReadingCommands(program)
  addAlertCommands(program)
  addCertCommands(program)
  addActingCommands(program)
  addHostCommands(program)
  addDataCommands(program)
  addAccessCommands(program)
  addStatusPageCommands(program)
  addCareCommands(program)

  // What exits and writes by itself is inherited by commands only when they are made; do the same for each.
  for (const command of allOf(program)) command.copyInheritedSettings(program)
  return program
}

function allOf(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allOf(child)])
}

function timeOf(timeMs: number): string {
  return new Date(timeMs).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}

function oneLine(text: string): string {
  return `vigie: ${text
    .trim()
    .replace(/^error: /, '')
    .replace(/\p{Cc}+/gu, ' ')}\n`
}

/** Runs a command line. Resolves when it is done; the exit status is in `process.exitCode`. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  // Who reads has had enough, as `head` does: there is nobody left to tell anything.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
  try {
    await createProgram().parseAsync(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE
      return
    }
    const { message } = error instanceof Error ? error : new Error(String(error))
    process.stderr.write(oneLine(message))
    process.exitCode = error instanceof CommandError ? error.exitCode : 1
  }
}

await runCommandLine(process.argv.slice(2))
